import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FailureError, type Failure } from '#core/failure';
import { stepsAfter } from '#core/pod';
import { temporaryFolder } from '../kit/temporary-folder';
import type { FakeRunpod } from '../kit/fake-runpod';
import { computer, runpodIn, runpodKey, wish, type Computer } from '../kit/pod-bench';

let folder: ReturnType<typeof temporaryFolder>;
let runpod: FakeRunpod;
let here: Computer;
const others: Computer[] = [];

beforeEach(async () => {
  folder = temporaryFolder();
  runpod = await runpodIn(folder.path, { deafImages: ['deaf/comfyui'] });
  here = await computer(folder.path, runpod);
});
afterEach(async () => {
  for (const one of [here, ...others.splice(0)]) await one.close();
  await runpod.close();
  folder.remove();
});

async function failureOfCall(call: Promise<unknown>): Promise<Failure> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof FailureError) return error.failure;
  throw new Error(`No failure, but ${String(error)}`);
}

const orders = () => runpod.requests.filter(({ method, path }) => method === 'POST' && path === '/v2/pods');

async function nextStart(): Promise<Computer> {
  const next = await computer(folder.path, runpod);
  others.push(next);
  return next;
}

describe('an order', () => {
  it('is written down before it leaves', async () => {
    runpod.fail({ kind: 'slow', on: 'submit' });
    const creating = here.engine.pods.create(wish());
    await runpod.held();
    expect(here.engine.pods.known()).toMatchObject([{ phase: 'ordered', kept: true }]);
    runpod.release();
    expect(await creating).toMatchObject({
      id: 'pod1x',
      phase: 'starting',
      perHour: 0.6,
      watchdog: 'expected',
    });
  });

  it('asks for what was wished: GPU, template, volume, ports, environment', async () => {
    await here.engine.pods.create(
      wish(
        {},
        {
          name: 'my pod',
          gpu: { id: 'NVIDIA A40', count: 2 },
          networkVolume: { id: 'vol1', path: '/workspace' },
          dataCenters: ['US-KS-2'],
          ports: ['8188/http', '22/tcp'],
          env: { HF_TOKEN: 'hf_secret-of-the-person' },
          start: undefined,
        },
      ),
    );
    expect(orders().map(({ body }) => body)).toEqual([
      {
        name: 'my pod',
        gpu: { id: 'NVIDIA A40', count: 2 },
        cloud: 'SECURE',
        image: 'runpod/comfyui:latest',
        disk: 50,
        mounts: { network: [{ volumeId: 'vol1', path: '/workspace' }] },
        dataCenterIds: ['US-KS-2'],
        ports: ['8188/http', '22/tcp'],
        env: { HF_TOKEN: 'hf_secret-of-the-person', SEEDLOOM_POD: expect.stringMatching(/^seedloom-/) },
      },
    ]);
    expect(here.engine.pods.known()).toMatchObject([
      { name: 'my pod', gpu: '2 × NVIDIA A40', watchdog: 'none' },
    ]);
  });

  it.each(['cut-during', 'cut-after', 'truncated-json'] as const)(
    'that was taken without an answer (%s) is found, and not sent again',
    async (kind) => {
      runpod.fail({ kind, on: 'submit' });
      expect(await here.engine.pods.create(wish())).toMatchObject({ id: 'pod1x' });
      expect(orders()).toHaveLength(1);
      expect(runpod.pods).toHaveLength(1);
    },
  );

  it('of which nobody can tell is looked for, not sent again, and forgotten when it was never taken', async () => {
    runpod.fail({ kind: 'cut-before', on: 'submit' });
    const failure = await failureOfCall(here.engine.pods.create(wish()));
    expect(failure).toMatchObject({ code: 'pod-in-doubt', charge: 'possible' });
    expect(here.engine.pods.known()).toMatchObject([{ phase: 'ordered' }]);
    here.keep();
    await runpod.clock.pass(11);
    expect(here.engine.pods.known()).toEqual([]);
    expect(orders()).toHaveLength(1);
  });

  it('cut by a crash is found by the next start, which looks after the pod', async () => {
    runpod.fail({ kind: 'slow', on: 'submit' });
    void here.engine.pods.create(wish()).catch(() => undefined);
    await runpod.held();
    await here.crash();
    const next = await nextStart();
    runpod.release();
    await next.engine.pods.look();
    expect(next.engine.pods.known()).toMatchObject([{ id: 'pod1x', phase: 'starting', kept: true }]);
    expect(orders()).toHaveLength(1);
  });

  const refused: [string, (fake: FakeRunpod) => void, Partial<Parameters<typeof wish>[1]>, string][] = [
    ['no balance', (fake) => (fake.balance = 0.1), {}, 'no-balance'],
    ['used up', (fake) => void fake.soldOut.add('NVIDIA GeForce RTX 4090'), {}, 'no-stock'],
    ['bad key', (fake) => fake.fail({ kind: 'bad-key', on: 'submit' }), {}, 'bad-key'],
    ['may not', (fake) => fake.fail({ kind: 'refuse', on: 'submit', status: 403 }), {}, 'forbidden'],
    ['no such GPU', () => undefined, { gpu: { id: 'Abacus', count: 1 } }, 'refused'],
    ['wrong port', () => undefined, { ports: ['8188'] }, 'refused'],
  ];
  it.each(refused)(
    'that is refused (%s) leaves nothing behind and says what to do',
    async (_what, prepare, changes, code) => {
      prepare(runpod);
      const failure = await failureOfCall(here.engine.pods.create(wish({}, changes)));
      expect(failure).toMatchObject({ code, charge: 'none' });
      if (code !== 'refused') expect(stepsAfter(failure).length).toBeGreaterThan(0);
      expect(here.engine.pods.known()).toEqual([]);
      expect(runpod.pods).toEqual([]);
      expect(orders()).toHaveLength(1);
    },
  );

  it('without a key asks nobody', async () => {
    const keyless = await computer(join(folder.path, 'other'), runpod, '');
    others.push(keyless);
    expect(await failureOfCall(keyless.engine.pods.create(wish()))).toMatchObject({ code: 'no-key' });
    expect(runpod.requests).toEqual([]);
    expect(keyless.engine.pods.known()).toEqual([]);
  });

  it('leaves no key and nothing of the environment in files or words', async () => {
    const secret = 'hf_secret-of-the-person';
    const body = { title: 'Bad', status: 400, detail: `no: ${runpodKey} ${secret}` };
    runpod.fail({ kind: 'refuse', on: 'submit', status: 400, body });
    const failure = await failureOfCall(here.engine.pods.create(wish({}, { env: { HF_TOKEN: secret } })));
    await here.engine.pods.create(wish({}, { env: { HF_TOKEN: secret } }));
    await here.engine.close();
    const files = readdirSync(folder.path, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder.path, name))
      .filter((path) => !path.includes('containers') && statSync(path).isFile());
    expect(files.length).toBeGreaterThan(0);
    for (const text of [JSON.stringify(failure), ...files.map((path) => readFileSync(path, 'latin1'))])
      for (const word of [runpodKey, secret]) expect(text.includes(word)).toBe(false);
  });
});

describe('an order in doubt', () => {
  it('that the person stops is stopped as soon as it is seen', async () => {
    runpod.fail({ kind: 'slow', on: 'submit' });
    const creating = here.engine.pods.create(wish());
    await runpod.held();
    const [ordered] = here.engine.pods.known();
    const failure = await failureOfCall(here.engine.pods.stop(ordered!.id));
    expect(failure).toMatchObject({ code: 'not-now', message: expect.stringContaining('as soon as') });
    runpod.release();
    await creating;
    await here.engine.pods.look();
    expect(runpod.pods.map(({ isUp }) => isUp)).toEqual([false]);
  });

  it('that is answered after it was given up is looked after all the same', async () => {
    runpod.fail({ kind: 'slow', on: 'submit' });
    const creating = here.engine.pods.create(wish({}, { start: undefined }));
    await runpod.held();
    // Taken there, and not in the list yet: a list may be older than a pod.
    const [pod] = runpod.pods.splice(0);
    here.actor.isAwake = false;
    await runpod.clock.pass(11);
    expect(await here.engine.pods.list()).toEqual([]);
    runpod.pods.push(pod!);
    runpod.release();
    expect(await creating).toMatchObject({ id: pod!.id, kept: true, phase: 'starting' });
    here.actor.isAwake = true;
    here.keep();
    await runpod.clock.pass(40);
    expect(pod!.stops.map(({ by }) => by)).toEqual(['seedloom']);
  });
});

describe('starting and stopping', () => {
  it('a pod that runs goes on being looked after when a second start does not get through', async () => {
    const pod = runpod.make({ name: 'mine' });
    await here.engine.pods.start(pod.id);
    here.network = 'cut';
    await failureOfCall(Promise.race([here.engine.pods.start(pod.id), passing()]));
    here.network = 'up';
    here.actor.isAwake = true;
    here.keep();
    await runpod.clock.pass(40);
    expect(pod.stops.map(({ by }) => by)).toEqual(['seedloom']);
  });

  it('a stop that was cut on its way is done later, also of a pod that was thought to be stopped', async () => {
    const pod = runpod.make({ name: 'mine' });
    await here.engine.pods.start(pod.id);
    await here.engine.pods.stop(pod.id);
    pod.start();
    here.network = 'cut';
    await failureOfCall(Promise.race([here.engine.pods.stop(pod.id), passing()]));
    here.network = 'up';
    await here.engine.pods.look();
    expect(pod.isUp).toBe(false);
  });

  it('a pod that came up without its GPU is asked to stop until it has', async () => {
    const pod = runpod.make({ name: 'mine' });
    runpod.zeroGpus = 'none-given';
    pod.locked = true;
    expect(await failureOfCall(here.engine.pods.start(pod.id))).toMatchObject({ code: 'no-gpu' });
    expect(pod.isUp).toBe(true);
    pod.locked = false;
    await here.engine.pods.look();
    expect(pod.isUp).toBe(false);
  });

  it.each(['refused', 'none-given'] as const)(
    'a pod whose machine has no GPU free (%s) says so and does not stay up',
    async (how) => {
      const pod = runpod.make({ name: 'mine' });
      runpod.zeroGpus = how;
      const failure = await failureOfCall(here.engine.pods.start(pod.id));
      expect(failure).toMatchObject({ code: 'no-gpu', act: 'user' });
      expect(stepsAfter(failure)).toEqual(['wait-and-start', 'redeploy']);
      expect(pod.isUp).toBe(false);
    },
  );

  it("of somebody else's pod says that it is none of this account", async () => {
    for (const call of ['start', 'stop', 'terminate'] as const)
      expect(await failureOfCall(here.engine.pods[call]('xyz123'))).toMatchObject({ code: 'not-your-pod' });
    expect(here.engine.pods.known()).toEqual([]);
  });

  it('is done once however often it is asked for', async () => {
    const pod = runpod.make({ name: 'mine' });
    await here.engine.pods.start(pod.id);
    await here.engine.pods.start(pod.id);
    expect(pod.isUp).toBe(true);
    await here.engine.pods.stop(pod.id);
    expect(await here.engine.pods.stop(pod.id)).toMatchObject({ phase: 'stopped', sinceStart: 0 });
    expect(pod.stops).toHaveLength(1);
    await here.engine.pods.terminate(pod.id);
    expect([pod.status, here.engine.pods.known()]).toEqual(['TERMINATED', []]);
  });

  it('says that a locked pod goes on costing', async () => {
    const pod = runpod.make({ name: 'mine' });
    await here.engine.pods.start(pod.id);
    pod.locked = true;
    expect(await failureOfCall(here.engine.pods.stop(pod.id))).toMatchObject({ code: 'pod-locked' });
    expect(pod.isUp).toBe(true);
    // Wanted is wanted: it is tried again until it is done.
    pod.locked = false;
    await here.engine.pods.look();
    expect(pod.isUp).toBe(false);
  });

  it('a stop that was cut on its way is done by the next look', async () => {
    const { id } = await here.engine.pods.create(wish());
    here.network = 'cut';
    expect(await failureOfCall(Promise.race([here.engine.pods.stop(id), passing()]))).toMatchObject({
      charge: 'none',
    });
    here.network = 'up';
    await here.engine.pods.look();
    expect(runpod.pod(id).isUp).toBe(false);
  });

  it("leaves a pod of the person's own making alone that they start elsewhere", async () => {
    const pod = runpod.make({ name: 'mine' });
    await here.engine.pods.start(pod.id);
    await here.engine.pods.stop(pod.id);
    pod.start();
    await here.engine.pods.list();
    here.keep();
    await runpod.clock.pass(180);
    expect(pod.isUp).toBe(true);
    expect(await here.engine.pods.list()).toMatchObject([{ id: pod.id, kept: false, phase: 'idle' }]);
  });
});

/** Time goes on while a call waits between its tries; never resolves. */
async function passing(): Promise<never> {
  here.actor.isAwake = false;
  await runpod.clock.pass(5);
  return new Promise(() => undefined);
}

describe('looking after pods', () => {
  it('tells price and money since the start while a pod runs', async () => {
    const { id } = await here.engine.pods.create(wish({ idle: null }));
    here.keep();
    await runpod.clock.pass(60);
    expect(here.reports).toMatchObject([{ id, phase: 'idle', perHour: 0.6, watchdog: 'there' }]);
    expect(here.reports[0]!.sinceStart).toBeCloseTo(runpod.pod(id).cost, 1);
    expect(here.reports[0]!.address).toContain(id);
  });

  it('asks nobody while there is nothing to look after', async () => {
    here.keep();
    await runpod.clock.pass(60);
    expect(runpod.requests).toEqual([]);
  });

  it('finds at the next start what was left running', async () => {
    const { id } = await here.engine.pods.create(wish());
    here.keep();
    await runpod.clock.pass(5);
    expect(here.engine.pods.left()).toEqual([]);
    await here.close();
    const next = await nextStart();
    expect(next.engine.pods.left()).toMatchObject([{ id, perHour: 0.6, phase: 'idle' }]);
    await next.engine.pods.look();
    expect(next.engine.pods.left()).toEqual([]);
    expect(next.engine.pods.known()).toMatchObject([{ id, phase: 'idle' }]);
    next.keep();
    await runpod.clock.pass(10);
    await next.engine.pods.stop(id);
    expect(runpod.pod(id).isUp).toBe(false);
  });

  it('remembers how long ComfyUI took to answer, between two looks, and keeps it while the pod is stopped', async () => {
    const { id, startsSeen } = await here.engine.pods.create(wish({ idle: null }));
    expect(startsSeen).toBeUndefined();
    here.keep();
    await runpod.clock.pass(5);
    const [first] = here.reports;
    // It takes three minutes; it is looked at every thirty seconds.
    const { low, high } = first!.startsSeen!;
    expect(low).toBeLessThanOrEqual(180);
    expect(high).toBeGreaterThanOrEqual(180);
    expect(high - low).toBeLessThanOrEqual(31);
    await here.engine.pods.stop(id);
    await runpod.clock.pass(2);
    const stopped = here.engine.pods.at(first!.address!)?.pod;
    expect(stopped).toMatchObject({ id, phase: 'stopped', perHour: 0.6, startsSeen: first!.startsSeen });
    await here.engine.pods.start(id);
    await runpod.clock.pass(5);
    expect(here.reports[0]?.startsSeen?.starts).toBe(2);
    expect(here.engine.pods.at('http://127.0.0.1:8188')).toBeUndefined();
  });

  it('counts no start that was not watched', async () => {
    await here.engine.pods.create(wish({ idle: null }));
    await here.close();
    await runpod.clock.pass(10);
    const next = await nextStart();
    next.keep();
    await runpod.clock.pass(2);
    expect(next.reports[0]?.phase).toBe('idle');
    expect(next.reports[0]?.startsSeen).toBeUndefined();
  });

  it('says when nothing is heard of the watchdog', async () => {
    const { id } = await here.engine.pods.create(wish({ idle: null }, { image: 'deaf/comfyui' }));
    here.keep();
    await runpod.clock.pass(10);
    expect(here.reports).toMatchObject([{ id, watchdog: 'expected', trouble: { code: 'no-watchdog' } }]);
  });

  it('says when the watchdog may not stop its pod', async () => {
    runpod.podKeys = 'refused';
    const { id } = await here.engine.pods.create(wish({ idle: null }));
    here.keep();
    await runpod.clock.pass(12);
    expect(here.reports).toMatchObject([{ id, watchdog: 'cannot-stop', trouble: { code: 'no-watchdog' } }]);
  });

  it('leaves a pod with nothing to do to its watchdog when the key is gone', async () => {
    const { id } = await here.engine.pods.create(wish({ idle: 8, lease: 6 }));
    here.keep();
    await runpod.clock.pass(5);
    here.key = '';
    const pod = runpod.pod(id);
    await runpod.clock.pass(60, () => !pod.isUp);
    expect(here.reports).toMatchObject([{ phase: 'unseen', trouble: { code: 'no-key' } }]);
    expect(pod.stops.map(({ by }) => by)).toEqual(['watchdog']);
    expect(pod.minutes).toBeLessThanOrEqual(5 + 8 + 6 + 2);
  });

  it('keeps the lease of a pod that works, with the key gone', async () => {
    const { id } = await here.engine.pods.create(wish({ idle: 8, lease: 6 }));
    here.keep();
    await runpod.clock.pass(5);
    here.key = '';
    const pod = runpod.pod(id);
    pod.work(30);
    await runpod.clock.pass(33);
    expect(pod.isUp).toBe(true);
    await runpod.clock.pass(60, () => !pod.isUp);
    expect(pod.stops).toMatchObject([{ by: 'watchdog', duringJob: false }]);
  });

  it('goes on after a mistake of ours', async () => {
    const { id } = await here.engine.pods.create(wish({ idle: 8 }));
    here.keep();
    await runpod.clock.pass(4);
    here.isFaulty = true;
    await runpod.clock.pass(20);
    expect(here.failures).toMatchObject([{ code: 'unexpected' }]);
    expect(runpod.pod(id).stops.map(({ by }) => by)).toEqual(['seedloom']);
  });

  it('finds at the next start a pod of its making that was started in the console meanwhile', async () => {
    const { id } = await here.engine.pods.create(wish({ idle: 8 }, { start: undefined }));
    await here.engine.pods.stop(id);
    await here.close();
    const pod = runpod.pod(id);
    pod.start();
    const next = await nextStart();
    next.keep();
    await runpod.clock.pass(30);
    expect(pod.stops.map(({ by }) => by)).toEqual(['seedloom', 'seedloom']);
  });

  it('says that a pod was stopped elsewhere, until it is started again', async () => {
    const { id } = await here.engine.pods.create(wish());
    here.keep();
    await runpod.clock.pass(5);
    runpod.pod(id).stop('the host: no balance');
    await runpod.clock.pass(2);
    await here.engine.pods.list();
    expect(here.engine.pods.known()).toMatchObject([
      { phase: 'stopped', trouble: { code: 'stopped-elsewhere' } },
    ]);
    expect((await here.engine.pods.start(id)).trouble).toBeUndefined();
  });

  it('repeats nothing of an answer that cannot be read: it holds the environment of pods', async () => {
    const body = { pods: [{ id: 7, env: { HF_TOKEN: 'hf_somebodys' } }] };
    runpod.fail({ kind: 'refuse', status: 200, on: 'status', body });
    const failure = await failureOfCall(here.engine.pods.list());
    expect(failure.code).toBe('unreadable');
    expect(JSON.stringify(failure)).not.toContain('hf_somebodys');
  });

  it('says that RunPod cannot be asked, renews the lease all the same, and goes on afterwards', async () => {
    const { id } = await here.engine.pods.create(wish({ idle: 60 }));
    here.keep();
    await runpod.clock.pass(5);
    runpod.fail({ kind: 'refuse', on: 'status', status: 503, times: 60 });
    await runpod.clock.pass(25);
    expect(here.reports).toMatchObject([{ phase: 'unseen', trouble: { code: 'vendor-down' } }]);
    expect(runpod.pod(id).isUp).toBe(true);
    await runpod.clock.pass(10);
    expect(here.reports[0]).toMatchObject({ phase: 'idle' });
    expect(here.reports[0]!.trouble).toBeUndefined();
  });

  it('a pod that was terminated elsewhere is said to be gone, once it certainly is', async () => {
    const { id } = await here.engine.pods.create(wish());
    here.keep();
    await runpod.clock.pass(12);
    runpod.pod(id).stop('somebody', 'TERMINATED');
    await runpod.clock.pass(2);
    expect(here.reports).toMatchObject([{ id, phase: 'gone', trouble: { code: 'not-your-pod' } }]);
  });

  it('tells GPUs with price and stock, and volumes', async () => {
    runpod.soldOut.add('NVIDIA A40');
    expect(await here.engine.pods.offers('secure')).toEqual([
      {
        id: 'NVIDIA GeForce RTX 4090',
        name: 'RTX 4090',
        memory: 24,
        secure: 0.6,
        community: 0.36,
        stock: 'high',
      },
      { id: 'NVIDIA A40', name: 'A40', memory: 48, secure: 0.4, stock: 'none' },
      { id: 'NVIDIA H100 PCIe', name: 'H100 PCIe', memory: 80, secure: 2.4, community: 2, stock: 'high' },
    ]);
    expect(await here.engine.pods.volumes()).toEqual([
      expect.objectContaining({ id: 'vol1', name: 'models', size: 100, dataCenter: 'US-KS-2' }),
    ]);
  });
});
