import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { FailureError, userFailure } from '#core/failure';
import { initialSettings } from '#core/settings';
import type { RunEvent } from '#core/run';
import type { QueueState } from '#core/queue';
import type { Engine, EngineOptions, LateJob, QueueWorker, Run, RunQueue, Storage } from '#engine/contract';
import type { Pods } from '#engine/pods/contract';
import type { FromEngine, ToEngine } from '../../../electron/engine-calls';
import { serveEngine } from '../../../electron/engine-host/serve-engine';

/** A run whose events the test tells. */
function makeRun(id: string, earlier: RunEvent[] = []) {
  const listeners: ((event: RunEvent) => void)[] = [];
  let finish: (result: { outcome: 'done'; spent: number }) => void = () => undefined;
  const run: Run = {
    id,
    listen(listener) {
      earlier.forEach(listener);
      listeners.push(listener);
      return () => undefined;
    },
    cancel: vi.fn(),
    done: new Promise((resolve) => {
      finish = resolve;
    }),
  };
  return {
    run,
    tell: (event: RunEvent) => listeners.forEach((listener) => listener(event)),
    end: () => finish({ outcome: 'done', spent: 0 }),
  };
}

const emptyQueue: QueueState = { paused: false, underWay: null, waiting: [], worker: 'this' };

/** A queue in which nothing happens, but for what the test makes of it. */
function idleQueue(changes: Partial<RunQueue> = {}): RunQueue {
  return {
    add: async () => ({ ok: false, issues: [] }),
    move: async () => undefined,
    remove: async () => undefined,
    pause: async () => undefined,
    resume: async () => undefined,
    state: () => emptyQueue,
    listen: () => () => undefined,
    work: () => ({ done: new Promise(() => undefined), stop: () => undefined }),
    ...changes,
  };
}

function closedAt(run: string, seq: number): RunEvent {
  return { type: 'run-closed', outcome: 'done', spent: 0, run, seq, at: '2026-01-01T00:00:00Z' };
}

function serve(engine: Partial<Engine> | Error, environment: Record<string, string> = {}) {
  const told: FromEngine[] = [];
  const exit = vi.fn();
  let options: EngineOptions | undefined;
  let receive: (message: ToEngine) => void = () => undefined;
  serveEngine(
    { postMessage: (message) => told.push(message), onMessage: (listener) => (receive = listener) },
    {
      createEngine: async (given) => {
        options = given;
        if (engine instanceof Error) throw engine;
        return {
          notices: [],
          cutRuns: () => [],
          queue: idleQueue(),
          lateJobs: () => [],
          collectLate: async () => 0,
          close: async () => undefined,
          pods: { left: () => [], known: () => [], keep: async () => undefined } as unknown as Pods,
          ...engine,
        } as Engine;
      },
      nodes: new Map(),
      providers: new Map(),
      imageHosts: new Map(),
      podHosts: new Map(),
      environment,
      toPng: async (file) => new TextEncoder().encode(`png of ${file}`),
      exit,
    },
  );
  receive({ kind: 'start', dataFolder: '/data', values: { settings: initialSettings, secrets: {} } });
  let id = 0;
  async function ask(name: string, input: unknown) {
    id += 1;
    const asked = id;
    receive({ kind: 'call', id: asked, name, input } as ToEngine);
    const answer = () => {
      const found = told.find((message) => message.kind === 'answer' && message.id === asked);
      if (found?.kind !== 'answer') throw new Error('not answered yet');
      return found.answer;
    };
    return vi.waitFor(answer, { timeout: 20_000 });
  }
  return { told, exit, ask, send: (message: ToEngine) => receive(message), options: () => options! };
}

const runEvents = (told: FromEngine[]) =>
  told.flatMap((message) => (message.kind === 'run' ? message.events : []));

describe('the engine host', () => {
  it('asks the engine what was, and tells by a failure that a run is not there', async () => {
    const failure = userFailure('unknown-run', 'There is no run "gone".');
    const { ask } = serve({
      receipts: (run) => ({ run, own: [], reused: [], bundled: [], sum: { ours: 0, vendors: 0 } }),
      compare: () => {
        throw new FailureError(failure);
      },
      exportRun: async (run, folder) => ({ path: `${folder}/${run}`, pictures: 1, missing: [] }),
    });
    expect(await ask('receipts', { run: 'r1' })).toMatchObject({ ok: true, value: { run: 'r1' } });
    expect(await ask('exportRun', { run: 'r1', folder: '/out' })).toMatchObject({
      value: { path: '/out/r1' },
    });
    expect(await ask('compare', { a: 'r1', b: 'gone' })).toEqual({ ok: false, failure });
  });

  it('knows the newest settings and secrets, and the address of the environment wins', async () => {
    const environment: Record<string, string> = { SEEDLOOM_FAL_URL: 'http://127.0.0.1:1' };
    const { ask, send, options } = serve({ runs: () => [] }, environment);
    await ask('runs', null);
    expect(options().imageHost?.()).toBe('');
    expect(options().secret('fal', 'key')).toBeUndefined();
    const settings = {
      ...initialSettings,
      providers: { 'fal.baseUrl': 'https://gateway', 'poyo.baseUrl': 'https://other', 'fal.region': 'eu' },
      prices: { 'fal/seedream-4.5': 0.01 },
      imageHost: 's3',
    };
    send({ kind: 'values', values: { settings, secrets: { 'fal.key': 'sk-1' } } });
    expect(options().secret('fal', 'key')).toBe('sk-1');
    expect(options().setting('fal', 'baseUrl')).toBe('http://127.0.0.1:1');
    expect(options().setting('poyo', 'baseUrl')).toBe('https://other');
    expect(options().setting('fal', 'region')).toBe('eu');
    expect(options().price('fal/seedream-4.5')).toBe(0.01);
    expect(options().imageHost?.()).toBe('s3');
    environment['SEEDLOOM_IMAGE_HOST'] = 'fal';
    expect(options().imageHost?.()).toBe('fal');
  });

  it('starts a run, tells its events in few messages, and cancels it', async () => {
    const { run, tell, end } = makeRun('r1');
    const { ask, told } = serve({ start: async () => ({ ok: true, run }) });
    expect(await ask('start', {})).toEqual({ ok: true, value: { run: 'r1' } });
    const events = Array.from({ length: 100 }, (_, seq) => closedAt('r1', seq));
    events.forEach(tell);
    await expect.poll(() => runEvents(told)).toEqual(events);
    expect(told.filter(({ kind }) => kind === 'run')).toHaveLength(1);
    expect(await ask('cancel', { run: 'r1' })).toEqual({ ok: true, value: null });
    expect(run.cancel).toHaveBeenCalledOnce();
    end();
    await run.done;
    expect(await ask('cancel', { run: 'r1' })).toMatchObject({
      ok: false,
      failure: { code: 'run-not-active' },
    });
  });

  it('gives the issues that stand in the way of a run', async () => {
    const issues = [{ code: 'x', severity: 'error' as const, message: 'No.', place: {} }];
    const { ask } = serve({ start: async () => ({ ok: false, issues }) });
    expect(await ask('start', {})).toEqual({ ok: true, value: { issues } });
  });

  it('goes on with cut runs and tells only what is new', async () => {
    const before = [closedAt('r1', 0), closedAt('r1', 1)];
    const { run, tell } = makeRun('r1', before);
    const summary = { run: 'r1', title: '', openedAt: '', spent: 0, reserved: 0, steps: 0 };
    const lost = { ...summary, run: 'r2' };
    const { told } = serve({
      cutRuns: () => [summary, lost],
      show: () => before,
      resume: async (id) =>
        id === 'r1'
          ? { ok: true, run }
          : { ok: false, issues: [{ code: 'x', severity: 'error', message: 'It is gone.', place: {} }] },
    });
    await expect.poll(() => told.some(({ kind }) => kind === 'trouble')).toBe(true);
    expect(told.find(({ kind }) => kind === 'trouble')).toMatchObject({
      failure: { code: 'cannot-resume', message: expect.stringContaining('It is gone.') },
    });
    tell(closedAt('r1', 2));
    await expect.poll(() => runEvents(told)).toEqual([closedAt('r1', 2)]);
  });

  it('looks for cut runs again, for an owner that took its time to end', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { run } = makeRun('r1');
    const summary = { run: 'r1', title: '', openedAt: '', spent: 0, reserved: 0, steps: 0 };
    const cut = [[], [summary], [], []];
    const resume = vi.fn(async () => ({ ok: true as const, run }));
    const { told } = serve({ cutRuns: () => cut.shift() ?? [], resume, show: () => [] });
    await expect.poll(() => told).toEqual([{ kind: 'ready' }]);
    expect(resume).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(resume).toHaveBeenCalledExactlyOnceWith('r1');
    expect(cut).toEqual([]);
  });

  it('goes on with the other cut runs when one cannot be read, and says so', async () => {
    const resumed: string[] = [];
    const { told } = serve({
      cutRuns: () =>
        ['one', 'two'].map((run) => ({ run, title: '', openedAt: '', spent: 0, reserved: 0, steps: 0 })),
      show: () => [],
      resume: async (run) => {
        resumed.push(run);
        throw new Error('input/output error');
      },
    });
    await expect.poll(() => resumed).toEqual(['one', 'two']);
    await expect.poll(() => told.filter(({ kind }) => kind === 'trouble')).toHaveLength(2);
  });

  it('works on the queue as long as it is open, and tells its runs and how it stands', async () => {
    let worker: QueueWorker | undefined;
    let hear: (state: QueueState) => void = () => undefined;
    const queue = idleQueue({
      work: (given) => {
        worker = given;
        return { done: new Promise(() => undefined), stop: () => undefined };
      },
      listen: (listener) => {
        hear = listener;
        return () => undefined;
      },
    });
    const { ask, told } = serve({ queue });
    await expect.poll(() => worker?.untilEmpty).toBe(false);
    hear({ ...emptyQueue, paused: true });
    expect(told.at(-1)).toEqual({ kind: 'queue', state: { ...emptyQueue, paused: true } });
    const { run, tell } = makeRun('r1');
    await worker!.started(run, 1);
    tell(closedAt('r1', 0));
    tell(closedAt('r1', 1));
    await expect.poll(() => runEvents(told)).toEqual([closedAt('r1', 1)]);
    expect(await ask('cancel', { run: 'r1' })).toMatchObject({ ok: true });
  });

  it('tells a cut run of the queue once, whoever goes on with it first', async () => {
    const { run, tell } = makeRun('r1');
    let worker: QueueWorker | undefined;
    const queue = idleQueue({
      work: (given) => {
        worker = given;
        return { done: new Promise(() => undefined), stop: () => undefined };
      },
    });
    const summary = { run: 'r1', title: '', openedAt: '', spent: 0, reserved: 0, steps: 0 };
    const resume = async (id: string) =>
      id === 'r1'
        ? { ok: true as const, run }
        : {
            ok: false as const,
            issues: [{ code: 'run-under-way', severity: 'error' as const, message: 'Busy.', place: {} }],
          };
    const { told } = serve({
      queue,
      resume,
      cutRuns: () => [summary, { ...summary, run: 'r2' }],
      show: () => [],
    });
    await expect.poll(() => worker).toBeDefined();
    await worker!.started(run, 0);
    tell(closedAt('r1', 0));
    await expect.poll(() => runEvents(told)).toEqual([closedAt('r1', 0)]);
    expect(told.some(({ kind }) => kind === 'trouble')).toBe(false);
  });

  it('changes the queue, and makes failures of what it refuses', async () => {
    const entry = { run: 'r1', title: 'Cat', documentId: 'd', queuedAt: '2026-01-01', price: 0.04 };
    const issues = [{ code: 'x', severity: 'error' as const, message: 'No.', place: {} }];
    const calls: unknown[] = [];
    const gone = userFailure('not-queued', 'Not there.');
    const queue = idleQueue({
      add: async ({ outFolder }) => (outFolder === 'fine' ? { ok: true, entry } : { ok: false, issues }),
      move: async (run, before) => {
        calls.push([run, before]);
        return run === 'r1' ? undefined : gone;
      },
      remove: async () => gone,
      pause: async () => void calls.push('pause'),
      resume: async () => void calls.push('resume'),
    });
    const { ask } = serve({ queue });
    expect(await ask('queueAdd', { outFolder: 'fine' })).toEqual({ ok: true, value: { entry } });
    expect(await ask('queueAdd', {})).toEqual({ ok: true, value: { issues } });
    expect(await ask('queueMove', { run: 'r1', before: null })).toEqual({ ok: true, value: null });
    expect(await ask('queueMove', { run: 'r2', before: 'r1' })).toEqual({ ok: false, failure: gone });
    expect(await ask('queueRemove', { run: 'r1' })).toEqual({ ok: false, failure: gone });
    await ask('queuePause', { paused: true });
    await ask('queuePause', { paused: false });
    expect(calls).toEqual([['r1', null], ['r2', 'r1'], 'pause', 'resume']);
    expect(await ask('queueState', null)).toEqual({ ok: true, value: emptyQueue });
  });

  it('sends again only what the person asked for', async () => {
    const { run } = makeRun('r1');
    const resume = vi.fn(async () => ({ ok: true as const, run }));
    const answer = vi.fn(async (_run: string, step: string) =>
      step === 'gen#0' ? undefined : userFailure('not-in-doubt', 'No doubt.'),
    );
    const { ask } = serve({ answer, resume, show: () => [] });
    await ask('answer', { run: 'r1', steps: ['gen#0'], answer: 'give-up' });
    expect(resume).not.toHaveBeenCalled();
    await ask('answer', { run: 'r1', steps: ['gen#0'], answer: 'resend' });
    expect(resume).toHaveBeenCalledExactlyOnceWith('r1');
    expect(await ask('answer', { run: 'r1', steps: ['gen#1'], answer: 'resend' })).toMatchObject({
      ok: false,
      failure: { code: 'not-in-doubt' },
    });
  });

  it('says that it collects what closed runs have left, and tells what comes', async () => {
    const left: LateJob = {
      run: 'r1',
      step: 'gen#0',
      route: { provider: 'p', model: 'm' },
      worstPrice: 0.04,
      at: '2026-01-01T00:00:00Z',
    };
    const { told } = serve({
      lateJobs: () => [left],
      collectLate: async (listener) => {
        listener(closedAt('r1', 7));
        return 1;
      },
    });
    await expect.poll(() => runEvents(told)).toEqual([closedAt('r1', 7)]);
    expect(told.find(({ kind }) => kind === 'trouble')).toMatchObject({
      failure: { code: 'collecting', act: 'wait', charge: 'none' },
    });
  });

  it('says why the engine could not be opened, to everyone who asks', async () => {
    const { told, ask } = serve(new Error('the disk is full'));
    const failure = { code: 'unexpected', message: expect.stringContaining('the disk is full') };
    expect(await ask('runs', null)).toMatchObject({ ok: false, failure });
    expect(told.find(({ kind }) => kind === 'trouble')).toMatchObject({ failure });
    expect(told.some(({ kind }) => kind === 'ready')).toBe(false);
  });

  it('gives pictures for the clipboard and names the missing ones', async () => {
    const { ask } = serve({ pictureFile: (hash) => (hash === 'here' ? '/blobs/here' : undefined) });
    expect(await ask('pictureFile', { hash: 'gone' })).toEqual({ ok: true, value: null });
    const answer = await ask('picturePng', { hash: 'here' });
    expect(answer.ok && new TextDecoder().decode(answer.value as Uint8Array)).toBe('png of /blobs/here');
    expect(await ask('picturePng', { hash: 'gone' })).toMatchObject({ failure: { code: 'missing-picture' } });
  });

  it('tells how far a check of the pictures is, a hundred times at most, and stops it', async () => {
    const verify = vi.fn<Storage['verify']>(async (onProgress, signal) => {
      for (let checked = 1; checked <= 5000; checked += 1) onProgress({ checked, of: 5000 });
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return {
        checked: { count: 5000, bytes: 1 },
        damaged: [],
        folder: '',
        database: 'sound',
        isStopped: true,
      };
    });
    const { ask, told } = serve({ storage: { verify } as unknown as Storage });
    const answer = ask('verifyStorage', null);
    await expect.poll(() => verify).toHaveBeenCalledOnce();
    expect(await ask('stopVerify', null)).toEqual({ ok: true, value: null });
    expect(await answer).toMatchObject({ ok: true, value: { isStopped: true } });
    const progress = told.filter(({ kind }) => kind === 'storage');
    expect(progress.length).toBeGreaterThan(90);
    expect(progress.length).toBeLessThanOrEqual(101);
  });

  it('tells what became of the data folder as trouble', async () => {
    const notice = userFailure('damaged-store', 'It was set aside.');
    const { told } = serve({ notices: [notice] });
    await expect.poll(() => told).toEqual([{ kind: 'ready' }, { kind: 'trouble', failure: notice }]);
  });

  it('closes the engine before it ends', async () => {
    const order: string[] = [];
    const { send, exit, told } = serve({ close: async () => void order.push('closed') });
    exit.mockImplementation(() => order.push('exit'));
    send({ kind: 'close' });
    await expect.poll(() => order).toEqual(['closed', 'exit']);
    expect(told.at(-1)).toEqual({ kind: 'closed' });
  });
});
