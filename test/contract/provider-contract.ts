import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, describe, expect, test } from 'vitest';
import type { Failure } from '#core/failure';
import type { ImageHost } from '#core/image-host';
import type { JsonValue } from '#core/json';
import type { Provider } from '#core/provider';
import type { RunEvent } from '#core/run';
import type { TaskKind } from '#core/task';
import { isImageRef, type ImageRef, type Size } from '#core/values';
import type { Run } from '#engine/contract';
import { engineBench, type EngineBench } from '#test/kit/engine-bench';
import { temporaryFolder } from '#test/kit/temporary-folder';
import { otherPicture } from '#test/kit/fake-other-job';
import type { FakeVendor, Fault, FaultDetail, RequestPoint } from '#test/kit/fake-vendor';
import { contractNodes, oneNode } from './contract-nodes';

/** One task the provider must do, and what must come of it. */
export interface ContractTask {
  kind: TaskKind;
  model: string;
  params?: Readonly<Record<string, JsonValue>>;
  /** Sizes of the pictures it gets, in their order. */
  references?: readonly Size[];
  /** Sizes of the pictures it gives, in their order. */
  gives: readonly Size[];
  /** The paid request. */
  sends?: { path: string; body(given: { requestId: string; references: readonly ImageRef[] }): unknown };
}

export interface ProviderContract {
  provider: Provider;
  /** The fake vendor; left out for a provider that calls nobody. */
  vendor?: {
    start(): Promise<FakeVendor>;
    /** Its jobs never end by themselves. */
    startStuck(): Promise<FakeVendor>;
    key: string;
    /** Settings besides the address, where it needs any. */
    settings?: Readonly<Record<string, string>>;
  };
  /** For a vendor that takes links only. */
  imageHost?: ImageHost;
  /** The first task's answer comes as events: what had come of it when it was cut is the result. */
  streams?: true;
  /** The first is the one that everything is tried on; one of several pictures and one with references should be among them. */
  tasks: readonly [ContractTask, ...ContractTask[]];
}

interface Surroundings {
  bench: EngineBench;
  /** Everything the vendor saw; `undefined` for a provider without one. */
  vendor: FakeVendor | undefined;
  run(task: ContractTask): Promise<Ran>;
  references(task: ContractTask): Promise<readonly ImageRef[]>;
  submits(): number;
}
interface Ran {
  events: RunEvent[];
  outcome: string;
  spent: number;
  pictures: ImageRef[];
  failure: Failure | undefined;
}

const noSuchRequest = 'this vendor has no such request';
const namesNoJob = 'this answer of the vendor names no job';
const colors = ['#c0392b', '#27ae60', '#2980b9', '#8e44ad'];

/**
 * What every provider must hold to, run through the real engine over a workflow of one node, on a clock that leaps. It says
 * of each fault how often the vendor would have charged and how the step must end, by the provider's class of recovery.
 */
export function describeProvider(contract: ProviderContract): void {
  const { provider, tasks } = contract;
  const [first] = tasks;
  const canAsk = provider.recovery === 'own-id' || provider.recovery === 'idempotency-key';
  let cleanUp: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const step of cleanUp.splice(0).reverse()) await step();
    cleanUp = [];
  });

  async function start(given?: FakeVendor, key = contract.vendor?.key): Promise<Surroundings> {
    const folder = temporaryFolder();
    const vendor = given ?? (await contract.vendor?.start());
    const bench = await engineBench(folder.path, [provider], {
      nodes: contractNodes,
      secret: (_provider, name) => (name === 'key' ? key : undefined),
      ...(contract.imageHost === undefined ? {} : chosen(contract.imageHost)),
      setting: (_provider, name) => (name === 'baseUrl' ? vendor?.url : contract.vendor?.settings?.[name]),
    });
    cleanUp.push(
      async () => folder.remove(),
      async () => vendor?.close(),
      async () => bench.engine.close(),
    );
    async function references(task: ContractTask): Promise<readonly ImageRef[]> {
      const place = join(folder.path, 'references');
      mkdirSync(place, { recursive: true });
      const images: ImageRef[] = [];
      for (const [index, { width, height }] of (task.references ?? []).entries()) {
        const background = colors[index % colors.length]!;
        const bytes = await sharp({ create: { width, height, channels: 3, background } })
          .png()
          .toBuffer();
        const file = join(place, `${index + 1}.png`);
        writeFileSync(file, bytes);
        images.push((await bench.engine.importFile(file, folder.path)).image);
      }
      return images;
    }
    async function run(task: ContractTask): Promise<Ran> {
      await references(task);
      const ran = await bench.run(documentOf(task));
      return { ...ran, pictures: picturesOf(ran.events), failure: failureIn(ran.events) };
    }
    const submits = () => vendor?.requests.filter(({ points }) => points.includes('submit')).length ?? 0;
    return { bench, vendor, run, references, submits };
  }

  function documentOf({ kind, model, params, references = [] }: ContractTask) {
    const given = references.length === 0 ? {} : inputsOf(kind);
    return oneNode(kind, `${provider.id}/${model}`, { ...params, ...given });
  }

  describe.each(tasks.map((task) => [`${task.kind} on ${task.model}`, task] as const))(
    '%s',
    (_name, task) => {
      test('gives the pictures asked for, is charged once, and costs nothing the second time', async () => {
        const { bench, vendor, run, submits } = await start();
        const ran = await run(task);
        expect(ran.failure).toBeUndefined();
        expect(ran.outcome).toBe('done');
        expect(ran.pictures.map(({ width, height }) => ({ width, height }))).toEqual(task.gives);
        for (const { hash, width } of ran.pictures) {
          const stored = readFileSync(bench.engine.pictureFile(hash)!);
          expect((await sharp(stored).metadata()).width).toBe(width);
        }
        if (vendor !== undefined) {
          expect(vendor.charges).toMatchObject([{ pictures: task.gives.length }]);
          expect(submits()).toBe(1);
          expect(
            vendor.requests.every(({ authorized, headers }) => authorized || !headers['authorization']),
          ).toBe(true);
        }
        const asked = vendor?.requests.length;
        const again = await run(task);
        expect(again).toMatchObject({ outcome: 'done', spent: 0, pictures: ran.pictures });
        expect(again.events.some(({ type }) => type === 'job-intended')).toBe(false);
        expect(vendor?.requests.length).toBe(asked);
      });

      const { sends } = task;
      test.runIf(sends !== undefined)('sends what its interface asks for', async () => {
        const { vendor, run, references } = await start();
        const { events } = await run(task);
        const intended = events.find((event) => event.type === 'job-intended');
        const request = vendor?.requests.find(({ points }) => points.includes('submit'));
        const given = { requestId: intended?.requestId ?? '', references: await references(task) };
        expect(request?.path).toBe(sends?.path);
        expect(request?.body).toEqual(sends?.body(given));
      });
    },
  );

  if (contract.vendor === undefined) return;
  const { key, startStuck } = contract.vendor;

  test.runIf(provider.checkKey)('the key is checked without spending', async () => {
    const { bench, vendor, submits } = await start();
    expect(await bench.engine.checkKey(provider.id)).toMatchObject({ state: 'works' });
    const wrong = await start(undefined, 'a-wrong-key');
    const check = await wrong.bench.engine.checkKey(provider.id);
    expect(check).toMatchObject({
      state: 'refused',
      failure: { code: 'bad-key', act: 'user', charge: 'none' },
    });
    expect(JSON.stringify(check)).not.toContain('a-wrong-key');
    expect({ charges: vendor!.charges, submits: submits() }).toEqual({ charges: [], submits: 0 });
    expect({ charges: wrong.vendor!.charges, submits: wrong.submits() }).toEqual({ charges: [], submits: 0 });
  });

  describe('a submit that is refused', () => {
    const refusals: [string, FaultDetail][] = [
      ['401', { kind: 'refuse', status: 401 }],
      ['402', { kind: 'refuse', status: 402 }],
      ['403', { kind: 'refuse', status: 403 }],
      ['422', { kind: 'refuse', status: 422 }],
      ['a wrong key', { kind: 'bad-key' }],
      ['no balance', { kind: 'no-balance' }],
      ['moderation', { kind: 'moderation' }],
    ];
    test.for(refusals)('%s: the person is told, nothing is charged', async ([, fault], { skip }) => {
      const { vendor, run, submits } = await start();
      if (!vendor?.can(fault.kind, 'submit')) return skip('this vendor has no such answer');
      vendor.fail({ ...fault, on: 'submit' } as Fault);
      const { outcome, spent, failure } = await run(first);
      expect(outcome).toBe('failed');
      expect(failure).toMatchObject({ act: 'user', charge: 'none' });
      expect({ spent, charges: vendor.charges, submits: submits() }).toEqual({
        spent: 0,
        charges: [],
        submits: 1,
      });
      expect(await run(first)).toMatchObject({ outcome: 'done' });
    });

    test.each(['seconds', 'date'])(
      '429 with Retry-After in %s: waits that long, then is done',
      async (form) => {
        const { bench, vendor, run, submits } = await start();
        const date = new Date(bench.clock.now() + 17_000).toUTCString();
        const headers = { 'retry-after': form === 'seconds' ? '17' : date };
        vendor?.fail({ kind: 'refuse', status: 429, headers, on: 'submit' });
        expect(await run(first)).toMatchObject({ outcome: 'done' });
        expect(Math.max(...bench.clock.slept)).toBeGreaterThanOrEqual(16_000);
        expect({ charges: vendor?.charges.length, submits: submits() }).toEqual({ charges: 1, submits: 2 });
      },
    );

    test('no key is told, logged or kept', async () => {
      const { bench, vendor, run } = await start();
      vendor?.fail({
        kind: 'refuse',
        status: 401,
        body: `{"detail":"The key ${key} is not valid"}`,
        on: 'submit',
      });
      const { events } = await run(first);
      expect(JSON.stringify([events, bench.engine.runs()])).not.toContain(key);
    });
  });

  const unclear: [string, FaultDetail][] = [
    ['500', { kind: 'refuse', status: 500 }],
    ['500, taken all the same', { kind: 'refuse', status: 500, taken: true }],
    ['503', { kind: 'refuse', status: 503 }],
    ['524, taken all the same', { kind: 'refuse', status: 524, taken: true }],
    ['a page of HTML', { kind: 'html' }],
    ['an empty answer', { kind: 'empty' }],
    ['half an answer', { kind: 'truncated-json' }],
    ['an answer of wrong types', { kind: 'wrong-types' }],
    ['cut before it was taken', { kind: 'cut-before' }],
    ['cut before the answer', { kind: 'cut-during' }],
    ['cut in the answer', { kind: 'cut-after' }],
  ];
  describe('a submit whose answer proves nothing', () => {
    test.each(unclear)('%s', async (_name, fault) => {
      const { bench, vendor, run, submits } = await start();
      vendor!.fail({ ...fault, on: 'submit' } as Fault);
      const ran = await run(first);
      expect(vendor!.faults).toEqual([]);
      if (canAsk) {
        expect(ran).toMatchObject({ outcome: 'done', failure: undefined });
        expect(vendor!.charges).toHaveLength(1);
        return;
      }
      if (contract.streams === true && (fault.kind === 'cut-after' || fault.kind === 'truncated-json')) {
        expect(ran.outcome).toBe('done');
        expect(ran.pictures.length).toBeGreaterThan(0);
        expect(ran.pictures.length).toBeLessThan(first.gives.length);
        expect(await run(first)).toMatchObject({ outcome: 'done', spent: 0, pictures: ran.pictures });
        expect({ submits: submits(), charges: vendor!.charges.length }).toEqual({ submits: 1, charges: 1 });
        return;
      }
      expect(ran.outcome).toBe('waiting');
      expect(ran.events.at(-2)).toMatchObject({ type: 'step-in-doubt', failure: { charge: 'possible' } });
      expect(vendor!.charges.length).toBeLessThanOrEqual(1);
      const asked = vendor!.requests.length;
      const second = await run(first);
      expect(second.outcome).toBe('waiting');
      expect(vendor!.requests).toHaveLength(asked);
      const charged = vendor!.charges.length;
      await bench.engine.answer(second.events[0]!.run, 'it#0', 'resend');
      expect(await run(first)).toMatchObject({ outcome: 'done' });
      expect({ submits: submits(), charges: vendor!.charges.length }).toEqual({
        submits: 2,
        charges: charged + 1,
      });
    });
  });

  describe.each(['status', 'result'] as const)('trouble at the %s', (on) => {
    const troubles: [string, FaultDetail & { times?: number }][] = [
      ...unclear,
      ['429', { kind: 'refuse', status: 429, headers: { 'retry-after': '3' } }],
      ['a long outage', { kind: 'refuse', status: 503, times: 11 }],
    ];
    test.for(troubles)('%s: is asked again until the paid picture is there', async ([, fault], { skip }) => {
      const { vendor, run, submits } = await start();
      if (!vendor!.can(fault.kind, on)) return skip(noSuchRequest);
      vendor!.fail({ ...fault, on } as Fault);
      expect(await run(first)).toMatchObject({ outcome: 'done', failure: undefined });
      expect(vendor!.faults).toEqual([]);
      expect({ submits: submits(), charges: vendor!.charges.length }).toEqual({ submits: 1, charges: 1 });
    });
  });

  test.for(['status', 'result'] as const)(
    'an answer at the %s that is about another job is not taken for an answer',
    async (on, { skip }) => {
      const { vendor, run, submits } = await start();
      if (!vendor!.can('other-job', on)) return skip(noSuchRequest);
      // More than it takes until the job is done: whoever takes one of them for an answer does not ask for the others.
      vendor!.fail({ kind: 'other-job', on, times: 4 });
      const ran = await run(first);
      if (!vendor!.requests.some(({ fault }) => fault === 'other-job')) return skip(namesNoJob);
      expect(ran).toMatchObject({ outcome: 'done', failure: undefined });
      expect(vendor!.faults).toEqual([]);
      expect(vendor!.requests.filter(({ path }) => path === otherPicture)).toEqual([]);
      expect({ submits: submits(), charges: vendor!.charges.length }).toEqual({ submits: 1, charges: 1 });
    },
  );

  test('answers that make no sense leave the job open, and a later run collects it', async ({ skip }) => {
    const { vendor, run, submits } = await start();
    if (!vendor!.can('html', 'status')) return skip(noSuchRequest);
    vendor!.fail({ kind: 'html', on: 'status', times: 16 });
    const outcomes: string[] = [];
    while (outcomes.at(-1) !== 'done' && outcomes.length < 4) outcomes.push((await run(first)).outcome);
    expect(outcomes[0]).toBe('waiting');
    expect(outcomes.at(-1)).toBe('done');
    expect({ submits: submits(), charges: vendor!.charges.length }).toEqual({ submits: 1, charges: 1 });
  });

  describe('the upload of a reference', () => {
    const task = tasks.find(({ references }) => references !== undefined);
    const passing: [string, FaultDetail][] = [
      ['503', { kind: 'refuse', status: 503 }],
      ['429', { kind: 'refuse', status: 429 }],
      ['cut', { kind: 'cut-during' }],
    ];
    test.runIf(task).for(passing)('%s: is done again', async ([, fault], { skip }) => {
      const { vendor, run } = await start();
      if (!vendor!.can(fault.kind, 'upload')) return skip(noSuchRequest);
      vendor!.fail({ ...fault, on: 'upload' } as Fault);
      expect(await run(task!)).toMatchObject({ outcome: 'done' });
      expect(vendor!.charges).toHaveLength(1);
    });

    const ending: [string, FaultDetail][] = [
      ['413', { kind: 'refuse', status: 413 }],
      ['a page of HTML', { kind: 'html' }],
      ['an answer of wrong types', { kind: 'wrong-types' }],
    ];
    test.runIf(task).for(ending)('%s: fails before anything is sent', async ([, fault], { skip }) => {
      const { vendor, run, submits } = await start();
      if (!vendor!.can(fault.kind, 'upload')) return skip(noSuchRequest);
      vendor!.fail({ ...fault, on: 'upload' } as Fault);
      const { outcome, failure } = await run(task!);
      expect(outcome).toBe('failed');
      expect(failure).toMatchObject({ charge: 'none' });
      expect(submits()).toBe(0);
    });
  });

  describe('the picture itself', () => {
    test.for([
      ['503', { kind: 'refuse', status: 503 }],
      ['cut in the middle', { kind: 'cut-after' }],
      ['its link has run out, and there is a fresh one', { kind: 'expired', status: 410 }],
    ] as [string, FaultDetail][])('%s: is fetched again', async ([, fault], { skip }) => {
      const { vendor, run } = await start();
      if (!vendor!.can(fault.kind, 'download')) return skip(noSuchRequest);
      if (fault.kind === 'expired' && provider.check === undefined)
        return skip('nobody can be asked for one');
      vendor!.fail({ ...fault, on: 'download' } as Fault);
      expect(await run(first)).toMatchObject({ outcome: 'done' });
      expect(vendor!.charges).toHaveLength(1);
    });

    test.for([
      ['its link is dead', { kind: 'expired', status: 404 }],
      ['its link is gone', { kind: 'expired', status: 410 }],
      ['it is no picture', { kind: 'not-a-picture' }],
      ['it is a page of HTML', { kind: 'html' }],
    ] as [string, FaultDetail][])(
      '%s: is said so, and never asked for anew by itself',
      async ([, fault], { skip }) => {
        const { vendor, run, submits } = await start();
        if (!vendor!.can(fault.kind, 'download')) return skip(noSuchRequest);
        vendor!.fail({ ...fault, on: 'download', times: 9 } as Fault);
        const { outcome, failure, pictures } = await run(first);
        expect({ outcome, pictures, submits: submits() }).toEqual({
          outcome: 'failed',
          pictures: [],
          submits: 1,
        });
        expect(failure?.act).not.toBe('us');
      },
    );
  });

  const ends: [string, FaultDetail, RequestPoint, string][] = [
    ['the job fails', { kind: 'job-failed' }, 'submit', 'failed'],
    ['the job fails at its result', { kind: 'job-failed' }, 'result', 'failed'],
    ['moderation after it was taken', { kind: 'moderation' }, 'result', 'failed'],
    ['the vendor forgets the job', { kind: 'lost' }, 'status', 'failed'],
  ];
  test.for(ends)('%s', async ([, fault, on, expected], { skip }) => {
    const { vendor, run, submits } = await start();
    if (!vendor!.can(fault.kind, on)) return skip('this vendor has no such answer');
    vendor!.fail({ ...fault, on } as Fault);
    const { outcome, failure } = await run(first);
    expect(outcome).toBe(expected);
    expect(failure?.act).not.toBe('us');
    expect(submits()).toBe(1);
  });

  const several = tasks.find(({ gives }) => gives.length > 1);
  test.runIf(several)('some pictures of a batch: those that were made are kept', async () => {
    const { vendor, run } = await start();
    vendor!.fail({ kind: 'partial', pictures: 1, on: 'submit' });
    const { outcome, pictures } = await run(several!);
    expect({ outcome, pictures: pictures.length }).toEqual({ outcome: 'done', pictures: 1 });
    expect(vendor!.charges).toHaveLength(1);
  });

  test.runIf(provider.check)(
    'a run that is cancelled asks the vendor to stop, where it can, and sends nothing more',
    async () => {
      const { bench, vendor, references, submits } = await start(await startStuck());
      await references(first);
      const started = await bench.engine.start(bench.request(documentOf(first)));
      if (!started.ok) throw new Error(JSON.stringify(started.issues));
      const outcome = await cancelledWhenAccepted(started.run);
      // A vendor that forgets what it takes out of its queue can only say that it knows no such job.
      expect(['cancelled', 'failed']).toContain(outcome);
      expect(submits()).toBe(1);
      if (provider.cancel !== undefined) {
        expect(vendor!.requests.some(({ points }) => points.includes('cancel'))).toBe(true);
        return;
      }
      // What cannot be stopped is paid for, and collected later.
      const held = bench.engine.show(started.run.id)!.find((event) => event.type === 'step-waiting');
      expect(held).toMatchObject({
        for: 'vendor',
        failure: { message: expect.stringContaining('could not be stopped') },
      });
      expect(bench.engine.lateJobs()).toHaveLength(1);
    },
  );

  test.runIf(provider.check === undefined)(
    'a run that is cancelled while the answer is on its way keeps what was paid for',
    async () => {
      const { bench, vendor, run, references, submits } = await start();
      await references(first);
      vendor!.fail({ kind: 'slow', on: 'submit' });
      const started = await bench.engine.start(bench.request(documentOf(first)));
      if (!started.ok) throw new Error(JSON.stringify(started.issues));
      await vendor!.held();
      started.run.cancel();
      vendor!.release();
      await started.run.done;
      const again = await run(first);
      expect(again).toMatchObject({ outcome: 'done', spent: 0 });
      expect(again.pictures).toHaveLength(first.gives.length);
      expect({ submits: submits(), charges: vendor!.charges.length }).toEqual({ submits: 1, charges: 1 });
    },
  );
}

function chosen(host: ImageHost) {
  return { imageHosts: new Map([[host.id, host]]), imageHost: () => host.id };
}

function inputsOf(kind: TaskKind): Record<string, JsonValue> {
  if (kind === 'edit') return { references: { path: 'references' } };
  return { picture: { name: '1.png', path: 'references/1.png' } };
}

function picturesOf(events: readonly RunEvent[]): ImageRef[] {
  const finished = events.find((event) => event.type === 'step-finished');
  return (finished?.outputs['image'] ?? []).filter(isImageRef);
}

function failureIn(events: readonly RunEvent[]): Failure | undefined {
  return events.find((event) => event.type === 'step-failed')?.failure;
}

async function cancelledWhenAccepted(run: Run): Promise<string> {
  run.listen((event) => {
    if (event.type === 'job-accepted') run.cancel();
  });
  return (await run.done).outcome;
}
