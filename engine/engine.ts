import { setMaxListeners } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { FailureError, userFailure } from '#core/failure';
import { catalogueOf } from '#core/document/subgraph';
import { withMoveCosts } from '#core/move-costs';
import { compareRoutes } from '#core/plan/compare-routes';
import { moveBranch } from '#core/plan/move-branch';
import { routeRows, withCosts, type RouteComparison } from '#core/route-comparison';
import { reusable } from './bundle/reusable';
import { unpackBundle, unpackOnce } from './bundle/unpack-bundle';
import { writeBundle } from './bundle/write-bundle';
import { systemClock } from './clock';
import type { Engine, EngineOptions, PlanRequest } from './contract';
import { pictureCalls } from './files/picture-calls';
import { PictureIntake } from './files/survey';
import { costsKnown } from './history/costs-known';
import { createGallery } from './history/gallery';
import { MadePictures } from './history/made-pictures';
import { runHistory } from './history/run-history';
import { speedsSeen } from './history/speeds-seen';
import { Loras } from './loras/loras';
import { checkKey } from './network/check-key';
import { Redactor } from './network/redact';
import { createBlobStore } from './pictures/blob-store';
import { createLoraFiles } from './loras/lora-files';
import { createPictureTools } from './pictures/picture-tools';
import { createPreviewStore } from './pictures/preview-store';
import { Planning } from './planning';
import { createPods } from './pods/pods';
import { answerDoubt } from './run/answer-doubt';
import { BegunRuns, newRunId } from './run/begun-runs';
import { Budget, dayOf } from './run/budget';
import { Gates } from './run/gates';
import { LateJobs } from './run/late-jobs';
import type { EngineParts } from './run/parts';
import { Queue } from './run/queue';
import { createStorage } from './storage/storage';
import { checkDataFolder } from './store/check-data-folder';
import { KeyRows } from './store/key-rows';
import { LoraRows } from './store/lora-rows';
import { Ledger } from './store/ledger';
import { Owner } from './store/owner';
import { PictureRows } from './store/picture-rows';
import { PinRows } from './store/pin-rows';
import { PodRows } from './store/pod-rows';
import { Store } from './store/store';
import { Traffic } from './store/traffic';
import { UploadRows } from './store/upload-rows';

/** Opens a data folder and makes the engine that works on it. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { dataFolder, nodes, providers, clock = systemClock } = options;
  const notices = await checkDataFolder(dataFolder, {
    now: () => clock.now(),
    ...(options.networkDrive === undefined ? {} : { networkDrive: options.networkDrive }),
  });
  const store = await Store.open(dataFolder);
  const owner = new Owner(store);
  const blobs = createBlobStore(join(dataFolder, 'blobs'));
  const passingFolder = join(dataFolder, 'passing', String(process.pid));
  rmSync(passingFolder, { recursive: true, force: true });
  const passing = createBlobStore(passingFolder);
  const previews = createPreviewStore(join(dataFolder, 'previews'), blobs);
  const intake = new PictureIntake(store, blobs);
  const ledger = new Ledger(store);
  const traffic = new Traffic(store, (id) => owner.isAlive(id));
  const keyRows = new KeyRows(store);
  const pictureRows = new PictureRows(store);
  const madePictures = new MadePictures(store, keyRows, pictureRows, nodes);
  const leaving = new AbortController();
  // Every job under way listens to it; many are no leak.
  setMaxListeners(0, leaving.signal);
  const parts: EngineParts = {
    options,
    clock,
    store,
    keyRows,
    madePictures,
    owner,
    blobs,
    passing,
    pictures: createPictureTools(blobs),
    loras: createLoraFiles(blobs),
    redactor: new Redactor(),
    gates: new Gates(traffic, owner.id, clock),
    traffic,
    ledger,
    uploads: new UploadRows(store),
    budget: new Budget(ledger, clock, () => options.caps?.() ?? {}),
    leaving: leaving.signal,
    underWay: new Map(),
  };
  const lateJobs = new LateJobs(parts);
  const pods = createPods({ ...parts, podRows: new PodRows(store) }, leaving.signal);
  const loras = new Loras(parts, providers, new LoraRows(store));
  const planning = new Planning(parts, { intake, pins: new PinRows(store), loras, pods });
  const runs = new BegunRuns(parts, planning, {
    gateOf: (run) => queue.gateOf(run),
    changed: () => queue.changed(),
  });
  const queue = new Queue(parts, {
    plan: async (request) => (await planning.toRun(request)).plan,
    newRunId,
    open: (run, request, claim) => runs.open(run, request, claim),
    resume: (run) => runs.resume(run),
    isBusy: () => runs.isBusy,
    active: (run) => runs.active(run),
  });
  const planOf = async (request: PlanRequest) => (await planning.plan(request)).plan;

  let closed: Promise<void> | undefined;
  async function close(): Promise<void> {
    queue.stop();
    leaving.abort();
    await runs.begun();
    await Promise.all([runs.left(), lateJobs.ended(), queue.ended(), pods.ended()]);
    await owner.close();
    await store.close();
    rmSync(passingFolder, { recursive: true, force: true });
  }

  const costed = (comparison: RouteComparison) => {
    const { machine, work } = costsKnown({ store, pods, providers, options, clock });
    return withCosts(comparison, machine, work);
  };

  const allRoutes = () => {
    const speeds = speedsSeen(store);
    const seen = (route: string) => speeds.get(route);
    return costed({ rows: routeRows(planning.infos().values(), (route) => options.price(route), seen) });
  };

  return {
    notices,

    plan: async (request) => planning.withPods(await planOf(request)),

    planToRun: async (request) => (await planning.toRunWithPods(request)).plan,

    start: (request) => runs.start(request),

    compareRoutes: async (asked) => {
      if (asked === undefined) return allRoutes();
      const speeds = speedsSeen(store);
      return costed(compareRoutes(await planning.context(asked), asked.node, (route) => speeds.get(route)));
    },

    moveBranch: async ({ nodes: moving, to, models, ...request }) => {
      const move = moveBranch(await planning.context(request), moving, to, models);
      return withMoveCosts(move, allRoutes().rows);
    },

    queue,

    cutRuns: () => runs.cut(),

    resume: (run) => runs.resume(run),

    collectLate: (listener) => lateJobs.collect(listener),

    lateJobs: () =>
      lateJobs
        .list()
        .map(({ job: { run, step, route, worstPrice, at } }) => ({ run, step, route, worstPrice, at })),

    money: ({ run, workflow }) => ({
      run: run === null ? { billed: 0, reserved: 0 } : ledger.totals('run', run),
      workflow: ledger.totals('workflow', workflow),
      day: ledger.totals('day', dayOf(clock.now())),
    }),

    answer: (run, step, answer) => answerDoubt(parts, run, step, answer),

    runs: () => runs.all(),

    show: (run) => (store.run(run) === undefined ? undefined : store.entries(run)),

    checkKey: async (id) => {
      const provider = providers.get(id);
      if (provider !== undefined) return checkKey(provider, parts);
      const message = `There is no provider "${id}"; there are ${[...providers.keys()].join(', ')}.`;
      throw new FailureError(userFailure('unknown-provider', message));
    },

    listLoras: (provider) => loras.list(provider),

    readLoras: (provider, files) => loras.read(provider, files),

    ...runHistory(parts),

    writeBundle: async (request, path, { results }) => {
      const kinds = catalogueOf(request.document, nodes);
      const survey = await intake.survey(request.document, kinds, request.folder);
      const kept = results ? reusable(await planOf(request), store, request.document.id) : [];
      return writeBundle({ document: request.document, nodes, survey, blobs, results: kept }, path);
    },

    unpackBundle: async (file, folder) =>
      folder === null
        ? unpackOnce(parts, file, join(dataFolder, 'bundles'))
        : unpackBundle(parts, file, folder),

    ...pictureCalls({ ...parts, intake, previews }),

    gallery: createGallery({ ...parts, pictureRows, intake }),

    pods,

    storage: createStorage(parts, planOf),

    close: () => (closed ??= close()),

    leaveAtOnce: () => store.seal(),
  };
}
