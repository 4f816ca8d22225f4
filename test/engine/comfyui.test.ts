import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { RunEvent } from '#core/run';
import { isImageRef } from '#core/values';
import comfyui from '#providers/comfyui.provider';
import {
  afterwards,
  at,
  comfyuiPod,
  dataFolder,
  engineOn,
  failureOf,
  joined,
  madeAndChanged,
  oneMade,
  size,
  started,
  until,
} from '#test/kit/comfyui-bench';
import { engineBench } from '#test/kit/engine-bench';
import { ofType } from '#test/kit/engine-fixture';
import type { FakeComfyui } from '#test/kit/fake-comfyui';

/** The real engine and a ComfyUI that is cut off, restarted, replaced or full. */

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
    afterwards(() => bench.engine.close());
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
