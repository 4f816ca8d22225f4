import { FailureError, failureOf, userFailure, type Failure } from '#core/failure';
import type { ImageHostCatalogue } from '#core/image-host';
import { capsOf, initialSettings } from '#core/settings';
import type { NodeCatalogue } from '#core/node';
import type { PodHostCatalogue } from '#core/pod';
import type { ProviderCatalogue } from '#core/provider';
import { nextSeq } from '#core/next-seq';
import type { RunEvent } from '#core/run';
import type { VerifyReport } from '#core/storage';
import type { Engine, EngineOptions, Run } from '#engine/contract';
import { environmentImageHost, environmentSetting, type Environment } from '#engine/data-folder';
import { readOwnModels } from '#engine/own-models';
import type { EngineCall, EngineCalls, EngineValues, FromEngine, ToEngine } from '../engine-calls';
import { galleryHandlers } from './gallery-handlers';
import { keepPods } from './keep-pods';
import { podHandlers } from './pod-handlers';

interface EnginePort {
  postMessage(message: FromEngine): void;
  onMessage(listener: (message: ToEngine) => void): void;
}

interface ServeOptions {
  createEngine(options: EngineOptions): Promise<Engine>;
  nodes: NodeCatalogue;
  providers: ProviderCatalogue;
  imageHosts: ImageHostCatalogue;
  podHosts: PodHostCatalogue;
  environment: Environment;
  /** A stored picture's file as a PNG. */
  toPng(file: string): Promise<Uint8Array>;
  /** Ends the process. */
  exit(): void;
}

/** Milliseconds that run events are gathered before they are sent: one message a frame at most. */
const gatherTime = 16;

/**
 * Milliseconds after the start at which cut runs are looked for again: after a crash the old engine may take a second to
 * end, and one whose process number was given to another program counts as alive for 16.
 */
const laterLooks = [2000, 5000, 20_000];

type Handlers = {
  [C in EngineCall]: (
    input: EngineCalls[C]['input'],
  ) => EngineCalls[C]['output'] | Promise<EngineCalls[C]['output']>;
};

/** Answers the main process with the engine; goes on with the runs that were cut. */
export function serveEngine(port: EnginePort, options: ServeOptions): void {
  let values: EngineValues = { settings: initialSettings, secrets: {} };
  let engine: Promise<Engine> | undefined;
  const active = new Map<string, Run>();
  const gathered: RunEvent[] = [];
  let verifying: AbortController | undefined;
  let isClosing = false;

  function tell(event: RunEvent): void {
    if (gathered.length === 0) setTimeout(sendGathered, gatherTime);
    gathered.push(event);
  }

  function sendGathered(): void {
    if (gathered.length > 0) port.postMessage({ kind: 'run', events: gathered.splice(0) });
  }

  async function open(dataFolder: string): Promise<Engine> {
    return options.createEngine({
      dataFolder,
      nodes: options.nodes,
      // What is wrong with the person's own was told by the main process, which reads them too.
      providers: readOwnModels(dataFolder, options.providers).providers,
      imageHosts: options.imageHosts,
      podHosts: options.podHosts,
      imageHost: () => environmentImageHost(options.environment) ?? values.settings.imageHost,
      secret: (provider, name) => values.secrets[`${provider}.${name}`],
      setting: (provider, name) =>
        environmentSetting(options.environment, provider, name) ??
        values.settings.providers[`${provider}.${name}`],
      price: (route) => values.settings.prices[route],
      caps: () => capsOf(values.settings),
      carryWorkflow: () => values.settings.carryWorkflow,
    });
  }

  /** `from`: entries before this number were told when they happened. */
  function follow(opened: Engine, run: Run, from = 0): void {
    // A cut run of the queue may be gone on with before the queue comes to it.
    if (active.has(run.id)) return;
    active.set(run.id, run);
    run.listen((event) => {
      if (!('seq' in event) || event.seq >= from) tell(event);
    });
    void whenDone(opened, run);
  }

  async function whenDone(opened: Engine, run: Run): Promise<void> {
    await run.done;
    active.delete(run.id);
    // A job that could not be stopped is asked for until it ends: it is paid for.
    await collectLate(opened);
  }

  /** Collects what runs that are closed have left at their vendors. */
  async function collectLate(opened: Engine): Promise<void> {
    try {
      const left = opened.lateJobs().length;
      if (left > 0) port.postMessage({ kind: 'trouble', failure: collecting(left) });
      await opened.collectLate(tell);
    } catch (error) {
      port.postMessage({ kind: 'trouble', failure: failureOf(error) });
    }
  }

  async function goOn(opened: Engine, id: string): Promise<void> {
    const from = nextSeq(opened.show(id) ?? []);
    const started = await opened.resume(id);
    if (started.ok) {
      follow(opened, started.run, from);
      return;
    }
    // Somebody else was faster; nothing is wrong.
    if (started.issues.some(({ code }) => code === 'run-under-way')) return;
    const why = started.issues.map(({ message }) => message).join(' ');
    const failure = userFailure('cannot-resume', `The run ${id} could not go on. ${why}`);
    port.postMessage({ kind: 'trouble', failure });
  }

  async function goOnWithCut(opened: Engine): Promise<void> {
    // A later look that comes while the engine closes finds no store any more.
    if (isClosing) return;
    for (const { run } of opened.cutRuns())
      try {
        await goOn(opened, run);
      } catch (error) {
        port.postMessage({ kind: 'trouble', failure: failureOf(error) });
      }
    await collectLate(opened);
  }

  /** Always: what is paused waits, and another process on this data folder goes first if it was first. */
  function workOnQueue(opened: Engine): void {
    opened.queue.listen((state) => port.postMessage({ kind: 'queue', state }));
    const started = (run: Run, from: number) => follow(opened, run, from);
    opened.queue.work({ untilEmpty: false, started }).done.catch((error: unknown) => {
      port.postMessage({ kind: 'trouble', failure: failureOf(error) });
    });
  }

  async function verify(opened: Engine): Promise<VerifyReport> {
    verifying?.abort();
    const own = new AbortController();
    verifying = own;
    let told = -1;
    return opened.storage.verify((progress) => {
      // A hundred messages, however many pictures there are.
      const percent = Math.floor((progress.checked / progress.of) * 100);
      if (percent !== told) port.postMessage({ kind: 'storage', progress });
      told = percent;
    }, own.signal);
  }

  async function begin(dataFolder: string): Promise<void> {
    engine = open(dataFolder);
    try {
      const opened = await engine;
      port.postMessage({ kind: 'ready' });
      for (const failure of opened.notices) port.postMessage({ kind: 'trouble', failure });
      void goOnWithCut(opened);
      workOnQueue(opened);
      void keepPods(opened.pods, (message) => port.postMessage(message));
      for (const delay of laterLooks) setTimeout(() => void goOnWithCut(opened), delay).unref();
    } catch (error) {
      port.postMessage({ kind: 'trouble', failure: failureOf(error) });
    }
  }

  const handlersOf = (opened: Engine): Handlers => ({
    plan: (request) => opened.plan(request),
    checkKey: ({ provider }) => opened.checkKey(provider),
    listLoras: ({ provider }) => opened.listLoras(provider),
    readLoras: ({ provider, files }) => opened.readLoras(provider, files),
    compareRoutes: (asked) => opened.compareRoutes(asked ?? undefined),
    moveBranch: (asked) => opened.moveBranch(asked),
    start: async (request) => {
      const started = await opened.start(request);
      if (!started.ok) return { issues: started.issues };
      follow(opened, started.run);
      return { run: started.run.id };
    },
    cancel: ({ run }) => {
      const found = active.get(run);
      if (found === undefined)
        throw new FailureError(userFailure('run-not-active', 'This run is not under way here.'));
      found.cancel();
      return null;
    },
    runs: () => opened.runs(),
    show: ({ run }) => {
      const events = opened.show(run);
      if (events === undefined)
        throw new FailureError(userFailure('unknown-run', `There is no run "${run}".`));
      return events;
    },
    receipts: ({ run }) => opened.receipts(run),
    compare: ({ a, b }) => opened.compare(a, b),
    earlierPrompts: ({ document }) => opened.earlierPrompts(document),
    documentOf: ({ run }) => opened.documentOf(run),
    exportRun: ({ run, folder }) => opened.exportRun(run, folder),
    workflowOf: ({ file }) => opened.workflowOf(file),
    savePictureAs: async ({ hash, path }) => {
      await opened.savePictureAs(hash, path);
      return null;
    },
    writeBundle: ({ path, results, ...request }) => opened.writeBundle(request, path, { results }),
    unpackBundle: ({ file, folder }) => opened.unpackBundle(file, folder),
    answer: async ({ run, steps, answer }) => {
      const from = nextSeq(opened.show(run) ?? []);
      const failures: Failure[] = [];
      for (const step of steps) {
        const failure = await opened.answer(run, step, answer);
        if (failure !== undefined) failures.push(failure);
      }
      for (const event of opened.show(run) ?? []) if ('seq' in event && event.seq >= from) tell(event);
      if (failures.length === steps.length) orThrow(failures[0]);
      if (answer === 'resend') {
        await active.get(run)?.done;
        await goOn(opened, run);
      }
      return null;
    },
    money: (asked) => opened.money(asked),
    queueAdd: async (request) => {
      const added = await opened.queue.add(request);
      return added.ok ? { entry: added.entry } : { issues: added.issues };
    },
    queueMove: async ({ run, before }) => orThrow(await opened.queue.move(run, before)),
    queueRemove: async ({ run }) => orThrow(await opened.queue.remove(run)),
    queuePause: async ({ paused }) => {
      await (paused ? opened.queue.pause() : opened.queue.resume());
      return null;
    },
    queueState: () => opened.queue.state(),
    ...podHandlers(opened.pods, (message) => port.postMessage(message)),
    storageReport: () => opened.storage.report(),
    verifyStorage: () => verify(opened),
    stopVerify: () => {
      verifying?.abort();
      return null;
    },
    cleanUp: (request) => opened.storage.cleanUp(request),
    importFile: ({ file, folder }) => opened.importFile(file, folder),
    importBytes: ({ bytes, name }) => opened.importBytes(bytes, name),
    pictureFile: ({ hash }) => opened.pictureFile(hash) ?? null,
    previewFile: async ({ hash, width }) => (await opened.previewFile(hash, width)) ?? null,
    ...galleryHandlers(opened, options.toPng),
    picturePng: ({ hash }) => {
      const file = opened.pictureFile(hash);
      if (file === undefined)
        throw new FailureError(userFailure('missing-picture', 'This picture is not there any more.'));
      return options.toPng(file);
    },
  });

  async function answer({ id, name, input }: Extract<ToEngine, { kind: 'call' }>): Promise<void> {
    try {
      if (engine === undefined) throw new Error('the engine was asked before it was started');
      // The name and its input belong together by the type of the message; the compiler cannot follow that here.
      const handler = handlersOf(await engine)[name] as (given: unknown) => unknown;
      port.postMessage({ kind: 'answer', id, answer: { ok: true, value: await handler(input) } });
    } catch (error) {
      port.postMessage({ kind: 'answer', id, answer: { ok: false, failure: failureOf(error) } });
    }
  }

  async function close(): Promise<void> {
    isClosing = true;
    verifying?.abort();
    try {
      await (await engine)?.close();
    } finally {
      sendGathered();
      port.postMessage({ kind: 'closed' });
      options.exit();
    }
  }

  port.onMessage((message) => {
    switch (message.kind) {
      case 'start':
        values = message.values;
        void begin(message.dataFolder);
        return;
      case 'values':
        values = message.values;
        return;
      case 'call':
        void answer(message);
        return;
      case 'close':
        void close();
    }
  });
}

function collecting(jobs: number): Failure {
  return {
    code: 'collecting',
    act: 'wait',
    charge: 'none',
    message: `${jobs === 1 ? 'A picture' : `${jobs} pictures`} of earlier runs may still come: the service is asked until it says how they ended.`,
  };
}

function orThrow(failure: Failure | undefined): null {
  if (failure !== undefined) throw new FailureError(failure);
  return null;
}
