import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import sharp from 'sharp';
import { afterEach, describe, expect, test } from 'vitest';
import type { WorkflowDocument } from '#core/document/schema';
import type { RunEvent } from '#core/run';
import { isImageRef } from '#core/values';
import type { EngineOptions, Run } from '#engine/contract';
import comfyui from '#providers/comfyui.provider';
import { engineBench, temporaryFolder, type EngineBench } from '#test/kit/engine-bench';
import { ofType } from '#test/kit/engine-fixture';
import { createFakeComfyui, type FakeComfyui, type FakeComfyuiOptions } from '#test/kit/fake-comfyui';
import { small } from '#test/kit/small-catalogue';

/** The real engine and a ComfyUI that is cut off, restarted, replaced, full, or hidden behind a gateway. */

let cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
  cleanUp = [];
});

async function comfyuiPod(options: FakeComfyuiOptions = {}): Promise<FakeComfyui> {
  const pod = await createFakeComfyui({ stepsPerJob: 1, ...options });
  cleanUp.push(() => pod.close());
  return pod;
}

function dataFolder(): string {
  const folder = temporaryFolder();
  cleanUp.push(async () => folder.remove());
  return folder.path;
}

async function engineOn(
  address: string,
  { folder = dataFolder(), key, ...changes }: { folder?: string; key?: string } & Partial<EngineOptions> = {},
): Promise<EngineBench> {
  const bench = await engineBench(folder, [comfyui], {
    secret: () => key,
    setting: (_provider, name) => (name === 'baseUrl' ? address : undefined),
    ...changes,
  });
  cleanUp.push(() => bench.engine.close());
  return bench;
}

const onComfyui = (document: WorkflowDocument): WorkflowDocument => ({
  ...document,
  routes: { generate: 'comfyui/sdxl', edit: 'comfyui/sdxl' },
});
const size = { width: 512, height: 512 };
const oneMade = (prompt = 'a cat') => onComfyui(small([['make', 'make', { size, seed: 7, prompt }]]));
/** A picture, and another one made from it. */
const madeAndChanged = (prompt = 'make it blue') =>
  onComfyui(
    small(
      [
        ['make', 'make', { size, seed: 7 }],
        ['change', 'change', { prompt }],
      ],
      ['make.image > change.images'],
    ),
  );

async function started(bench: EngineBench, document: WorkflowDocument) {
  const begun = await bench.engine.start(bench.request(document));
  if (!begun.ok) throw new Error(begun.issues.map(({ message }) => message).join('\n'));
  const events: RunEvent[] = [];
  begun.run.listen((event) => events.push(event));
  return { run: begun.run as Run, events };
}

/** Turns of the event loop until something has come about. */
async function until(isSo: () => boolean) {
  while (!isSo()) await nextTurn();
}

const failureOf = (events: readonly RunEvent[]) => ofType(events, 'step-failed')[0]?.failure;
const at = (pod: FakeComfyui, point: 'submit' | 'upload') =>
  pod.requests.filter(({ points }) => points.includes(point));
const joined = (pod: FakeComfyui) => pod.requests.filter(({ path }) => path === '/ws').length;
const pictureIn = (events: readonly RunEvent[], node: string) =>
  ofType(events, 'step-finished')
    .filter((event) => event.node === node)
    .flatMap(({ outputs }) => outputs['image'] ?? [])
    .find(isImageRef)!;
type Prompt = Record<string, { class_type: string; inputs: Record<string, unknown> }>;
const promptOf = (pod: FakeComfyui, number: number) =>
  (at(pod, 'submit')[number]!.body as { prompt: Prompt }).prompt;

describe('the websocket', () => {
  test('cut in the middle it is joined anew, progress pictures go on, and the job is sent once', async () => {
    const pod = await comfyuiPod({ manual: true, stepsPerJob: 4 });
    const bench = await engineOn(pod.url);
    const { run, events } = await started(bench, oneMade());
    const previews = () => ofType(events, 'preview-arrived');
    await until(() => joined(pod) === 1);
    await pod.advance(2);
    await until(() => previews().length > 0);
    pod.dropSockets();
    await until(() => joined(pod) === 2);
    const before = previews().length;
    await pod.advance(1);
    await until(() => previews().length > before);
    const { hash } = previews().at(-1)!;
    const preview = await sharp(readFileSync(bench.engine.pictureFile(hash)!)).metadata();
    expect(preview).toMatchObject({ format: 'jpeg', width: 64 });
    await pod.advance(100);
    expect((await run.done).outcome).toBe('done');
    expect({ submits: at(pod, 'submit').length, charges: pod.charges.length }).toEqual({
      submits: 1,
      charges: 1,
    });
  });

  test('that never opens: the picture is found by asking', async () => {
    const pod = await comfyuiPod();
    const folder = dataFolder();
    const deaf = { ...comfyui };
    delete deaf.watch;
    const bench = await engineBench(folder, [deaf], {
      setting: (_provider, name) => (name === 'baseUrl' ? pod.url : undefined),
    });
    cleanUp.push(() => bench.engine.close());
    expect(await bench.run(oneMade())).toMatchObject({ outcome: 'done' });
    expect(joined(pod)).toBe(0);
  });
});

describe('a server that is restarted in the middle', () => {
  test('the job is said to be lost, nothing is charged, and running again is a new job', async () => {
    const pod = await comfyuiPod({ manual: true });
    const bench = await engineOn(pod.url);
    const { run, events } = await started(bench, oneMade());
    await until(() => joined(pod) === 1);
    await pod.advance(1);
    await until(() => ofType(events, 'job-accepted').length > 0);
    pod.restart();
    expect(await run.done).toMatchObject({ outcome: 'failed', spent: 0 });
    expect(failureOf(events)).toMatchObject({
      code: 'lost',
      act: 'user',
      charge: 'none',
      message: expect.stringMatching(
        /restarted.*Only your GPU's time is gone.*Running again is safe/s,
      ) as string,
    });
    expect(at(pod, 'submit')).toHaveLength(1);
    const again = await started(bench, oneMade());
    await until(() => joined(pod) >= 2 && at(pod, 'submit').length === 2);
    await pod.advance(100);
    expect((await again.run.done).outcome).toBe('done');
    const ids = at(pod, 'submit').map(({ body }) => (body as { prompt_id: string }).prompt_id);
    expect(new Set(ids).size).toBe(2);
  });

  test('after the picture was saved: it is fetched all the same', async () => {
    const pod = await comfyuiPod({ manual: true });
    const bench = await engineOn(pod.url);
    const { run, events } = await started(bench, oneMade());
    await until(() => ofType(events, 'job-accepted').length > 0);
    // One question stays without an answer from before the picture to after the restart.
    pod.fail({ kind: 'slow', on: 'status' });
    await pod.held();
    await pod.advance(100);
    pod.restart();
    pod.release();
    expect(await run.done).toMatchObject({ outcome: 'done' });
    expect(pictureIn(events, 'make')).toMatchObject(size);
    expect({ submits: at(pod, 'submit').length, charges: pod.charges.length }).toEqual({
      submits: 1,
      charges: 1,
    });
  });
});

describe('a full memory', () => {
  test('is said with what to do, and costs nothing', async () => {
    const pod = await comfyuiPod();
    const bench = await engineOn(pod.url);
    pod.fail({ kind: 'job-failed', on: 'submit' });
    const { outcome, spent, events } = await bench.run(oneMade());
    expect({ outcome, spent }).toEqual({ outcome: 'failed', spent: 0 });
    expect(failureOf(events)).toMatchObject({
      code: 'out-of-memory',
      act: 'user',
      charge: 'none',
      message: expect.stringContaining('Choose a smaller size') as string,
    });
  });
});

const cloudflare = (status: number) =>
  `<!DOCTYPE html>\n<html lang="en-US"><head><title>proxy.runpod.net | ${status}: A timeout occurred</title></head><body>Cloudflare Ray ID</body></html>`;

describe("a proxy's own page", () => {
  test.each([
    [524, true],
    [502, true],
    [502, false],
    [530, false],
  ])('%i for the prompt (taken: %s): it is asked for by our id, and made once', async (status, taken) => {
    const pod = await comfyuiPod();
    const bench = await engineOn(pod.url);
    pod.fail({ kind: 'refuse', status, body: cloudflare(status), taken, on: 'submit' });
    expect(await bench.run(oneMade())).toMatchObject({ outcome: 'done' });
    expect(pod.charges).toHaveLength(1);
    expect(at(pod, 'submit')).toHaveLength(taken ? 1 : 2);
  });

  test.each([502, 524])('%i while the job runs is waited out', async (status) => {
    const pod = await comfyuiPod();
    const bench = await engineOn(pod.url);
    pod.fail({ kind: 'refuse', status, body: cloudflare(status), on: 'status', times: 30 });
    expect(await bench.run(oneMade())).toMatchObject({ outcome: 'done' });
    expect(pod.charges).toHaveLength(1);
  });

  test('before anything is sent: the pod is said to be away, without the page', async () => {
    const pod = await comfyuiPod();
    const bench = await engineOn(pod.url);
    pod.fail({ kind: 'refuse', status: 524, body: cloudflare(524), on: 'catalogue', times: 99 });
    const { outcome, events } = await bench.run(oneMade());
    expect(outcome).toBe('failed');
    expect(failureOf(events)).toMatchObject({
      code: 'pod-away',
      act: 'wait',
      charge: 'none',
      message: expect.stringContaining('HTTP 524') as string,
    });
    expect(JSON.stringify(events)).not.toContain('Cloudflare');
    expect(at(pod, 'submit')).toHaveLength(0);
  });
});

test('node errors inside a 200: what would be half is stopped, and said', async () => {
  const pod = await comfyuiPod({ manual: true });
  const bench = await engineOn(pod.url);
  const errors = [{ type: 'value_not_in_list', message: 'Value not in list', details: "x: 'y' not in []" }];
  const body = { prompt_id: 'x', number: 0, node_errors: { save: { class_type: 'SaveImage', errors } } };
  pod.fail({ kind: 'refuse', status: 200, body, taken: true, on: 'submit' });
  const { outcome, spent, events } = await bench.run(oneMade());
  expect({ outcome, spent, submits: at(pod, 'submit').length }).toEqual({
    outcome: 'failed',
    spent: 0,
    submits: 1,
  });
  expect(failureOf(events)).toMatchObject({
    code: 'prompt-refused',
    charge: 'none',
    message: expect.stringContaining('Value not in list') as string,
  });
  const queue = (await (await fetch(`${pod.url}/queue`)).json()) as object;
  expect(queue).toEqual({ queue_running: [], queue_pending: [] });
});

test('a prompt that somebody on the way posts twice is one job with one picture', async () => {
  const pod = await comfyuiPod({ manual: true });
  const bench = await engineOn(pod.url);
  const { run, events } = await started(bench, oneMade());
  await until(() => ofType(events, 'job-accepted').length > 0);
  await fetch(`${pod.url}/prompt`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(at(pod, 'submit')[0]!.body),
  });
  expect(pod.charges).toMatchObject([{ jobId: pod.charges[1]?.jobId }, {}]);
  await pod.advance(100);
  expect(await run.done).toMatchObject({ outcome: 'done' });
  expect(ofType(events, 'step-finished')[0]?.outputs['image']).toHaveLength(1);
  expect(ofType(events, 'job-intended')).toHaveLength(1);
});

describe('a picture that is on the pod', () => {
  test('made there: the next node names it where it lies, nothing is uploaded', async () => {
    const pod = await comfyuiPod();
    const bench = await engineOn(pod.url);
    expect(await bench.run(madeAndChanged())).toMatchObject({ outcome: 'done' });
    const { prompt_id: id } = at(pod, 'submit')[0]!.body as { prompt_id: string };
    expect(promptOf(pod, 1)['input']?.inputs['image']).toBe(`seedloom/${id}_00001_.png [output]`);
    expect(at(pod, 'upload')).toHaveLength(0);
  });

  test('restarted, it is still there; on another pod it is uploaded, once', async () => {
    const folder = dataFolder();
    const pod = await comfyuiPod();
    const first = await engineOn(pod.url, { folder });
    await first.run(madeAndChanged());
    pod.restart();
    expect(await first.run(madeAndChanged('make it green'))).toMatchObject({ outcome: 'done' });
    expect(at(pod, 'upload')).toHaveLength(0);
    await first.engine.close();

    const other = await comfyuiPod();
    const second = await engineOn(other.url, { folder });
    const ran = await second.run(madeAndChanged('make it red'));
    expect(ran.outcome).toBe('done');
    await second.run(madeAndChanged('make it white'));
    const { hash } = pictureIn(ran.events, 'make');
    expect(at(other, 'upload')).toHaveLength(1);
    for (const number of [0, 1])
      expect(promptOf(other, number)['input']?.inputs['image']).toBe(`seedloom/${hash}.png`);
  });

  test('another file under its name is written over', async () => {
    const folder = dataFolder();
    const pod = await comfyuiPod();
    const bench = await engineOn(pod.url, { folder });
    await bench.run(madeAndChanged());
    pod.restart(true);
    const ran = await bench.run(madeAndChanged('make it green'));
    const { hash } = pictureIn(ran.events, 'make');
    expect(at(pod, 'upload')).toHaveLength(1);
    const form = new FormData();
    form.append('image', new Blob(['cut off']), `${hash}.png`);
    form.append('subfolder', 'seedloom');
    form.append('overwrite', 'true');
    await fetch(`${pod.url}/upload/image`, { method: 'POST', body: form });
    expect(await bench.run(madeAndChanged('make it red'))).toMatchObject({ outcome: 'done' });
    expect(at(pod, 'upload')).toHaveLength(3);
  });
});

/** Everything Seedloom has written. */
function written(folder: string): string {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n');
}

describe('a gateway before it', () => {
  const secrets: [string, string, string[]][] = [
    ['a token', 'token-3f9a77', ['token-3f9a77']],
    ['a name and password', 'ada:pa55-wörd', ['pa55-wörd', Buffer.from('ada:pa55-wörd').toString('base64')]],
  ];
  test.each(secrets)('%s opens it: calls, pictures, websocket', async (_name, key) => {
    const pod = await comfyuiPod({ key });
    const bench = await engineOn(pod.url, { key });
    expect(await bench.run(madeAndChanged())).toMatchObject({ outcome: 'done' });
    expect(pod.requests.every(({ authorized }) => authorized)).toBe(true);
    expect(joined(pod)).toBeGreaterThan(0);
  });

  test.each(secrets)('%s that is wrong is told in no file, error or event', async (_name, key, traces) => {
    const folder = dataFolder();
    const pod = await comfyuiPod({ key: 'another' });
    const bench = await engineOn(pod.url, { folder, key });
    pod.fail({
      kind: 'refuse',
      status: 401,
      body: `Not let in: ${traces.join(' ')} ${key}`,
      on: 'catalogue',
      times: 99,
    });
    const { outcome, events } = await bench.run(oneMade());
    expect(outcome).toBe('failed');
    expect(failureOf(events)).toMatchObject({ code: 'bad-key', act: 'user', charge: 'none' });
    expect(failureOf(events)?.message).toContain('"name:password"');
    await bench.engine.close();
    for (const trace of traces) {
      expect(JSON.stringify(events)).not.toContain(trace);
      expect(written(folder)).not.toContain(trace);
    }
  });

  test('a password in the address is refused, and not repeated', async () => {
    const folder = dataFolder();
    const pod = await comfyuiPod();
    const address = pod.url.replace('http://', 'http://ada:pa55word@');
    const bench = await engineOn(address, { folder });
    const { outcome, events } = await bench.run(oneMade());
    expect(outcome).toBe('failed');
    expect(failureOf(events)).toMatchObject({ code: 'password-in-address', act: 'user', charge: 'none' });
    expect(await bench.engine.checkKey('comfyui')).toMatchObject({
      failure: { code: 'password-in-address' },
    });
    await bench.engine.close();
    expect(pod.requests).toHaveLength(0);
    expect(JSON.stringify(events)).not.toContain('pa55word');
    expect(written(folder)).not.toContain('pa55word');
  });
});

describe('an address that is no ComfyUI', () => {
  test.each([
    ['a page for every path', 200, 'text/html', '<!doctype html><title>My blog</title>'],
    ['an empty object for every path', 200, 'application/json', '{}'],
    ['another interface', 200, 'application/json', '{"object":"list","data":[]}'],
    ['a list', 200, 'application/json', '[]'],
    ['nothing at any path', 404, 'text/plain', '404 page not found'],
    ['no such method', 405, 'text/plain', 'Method Not Allowed'],
  ])('%s: it is said so before anything is sent', async (_name, status, type, body) => {
    const methods: string[] = [];
    const server = createServer((request, response) => {
      methods.push(request.method ?? '');
      response.writeHead(status, { 'content-type': type }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanUp.push(async () => void server.close());
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const bench = await engineOn(address);
    const { outcome, events } = await bench.run(oneMade());
    expect(outcome).toBe('failed');
    expect(failureOf(events)).toMatchObject({ code: 'not-comfyui', act: 'user', charge: 'none' });
    expect(failureOf(events)?.message).toContain(`What answers at ${address} is not ComfyUI.`);
    expect(new Set(methods)).toEqual(new Set(['GET']));
    expect(await bench.engine.checkKey('comfyui')).toMatchObject({
      state: 'unknown',
      failure: { code: 'not-comfyui' },
    });
  });
});
