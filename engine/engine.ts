import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { FailureError, userFailure, type Failure } from '#core/failure';
import type { RunSummary } from '#core/ipc';
import { flatten } from '#core/document/flatten';
import { catalogueOf } from '#core/document/subgraph';
import { upgradeNodes } from '#core/document/upgrade';
import { withMoveCosts } from '#core/move-costs';
import { podIssues, providersAsked } from '#core/plan/check-pods';
import { compareRoutes } from '#core/plan/compare-routes';
import { moveBranch } from '#core/plan/move-branch';
import { canRun, planRun } from '#core/plan/plan';
import type { Plan } from '#core/plan/planned';
import { isRehearsal } from '#core/plan/rehearsal';
import type { PlanContext } from '#core/plan/step';
import { providerInfo } from '#core/provider-info';
import { routeRows, withCosts, type RouteComparison } from '#core/route-comparison';
import type { RunEvent } from '#core/run';
import type { Outcome } from '#core/journal';
import { reusable } from './bundle/reusable';
import { unpackBundle, unpackOnce } from './bundle/unpack-bundle';
import { writeBundle } from './bundle/write-bundle';
import { systemClock } from './clock';
import type { Engine, EngineOptions, PlanRequest, RunRequest, Started } from './contract';
import { pictureCalls } from './files/picture-calls';
import { PictureIntake } from './files/survey';
import { costsKnown } from './history/costs-known';
import { createGallery } from './history/gallery';
import { MadePictures } from './history/made-pictures';
import { runHistory } from './history/run-history';
import { speedsSeen } from './history/speeds-seen';
import { knowledgeOf } from './knowledge';
import { Loras, type WantedLora } from './loras/loras';
import { checkKey } from './network/check-key';
import { Redactor } from './network/redact';
import { createBlobStore } from './pictures/blob-store';
import { createLoraFiles } from './loras/lora-files';
import { createPictureTools } from './pictures/picture-tools';
import { createPreviewStore } from './pictures/preview-store';
import { createPods } from './pods/pods';
import { answerDoubt } from './run/answer-doubt';
import { Budget, dayOf } from './run/budget';
import { cannotRun } from './run/closed-run';
import { Gates } from './run/gates';
import { Journal } from './run/journal';
import { keptRequest, requestOf } from './run/kept-request';
import { LateJobs } from './run/late-jobs';
import type { EngineParts } from './run/parts';
import { Queue } from './run/queue';
import { RunExecution } from './run/run-execution';
import { createStorage } from './storage/storage';
import { checkDataFolder } from './store/check-data-folder';
import { KeyRows } from './store/key-rows';
import { LoraRows } from './store/lora-rows';
import { Ledger } from './store/ledger';
import { Owner } from './store/owner';
import { PictureRows } from './store/picture-rows';
import { PinRows } from './store/pin-rows';
import { PodRows } from './store/pod-rows';
import { Store, type RunRow } from './store/store';
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
  const pins = new PinRows(store);
  const loras = new Loras(parts, providers, new LoraRows(store));
  /** As the person's settings make them just now. */
  const infos = () =>
    new Map([...providers].map(([id, provider]) => [id, providerInfo(provider, options.setting)]));
  const active = new Map<string, RunExecution>();
  /** Runs whose row is written and that are not active yet. */
  const opening = new Set<string>();

  async function planContext({ document: given, folder, outFolder }: PlanRequest): Promise<PlanContext> {
    // A request that was written down by an older Seedloom has to mean what it meant: its keys are known.
    const document = upgradeNodes(given, nodes);
    const flat = flatten(document, nodes);
    const survey = await intake.survey(flat.document, flat.catalogue, folder);
    const known = knowledgeOf({ ...parts, loras }, survey, document.id, outFolder);
    return { document, catalogue: nodes, providers: infos(), known };
  }

  async function planOf(request: PlanRequest) {
    // A plan is worth more than the note: on a full disk it says what stands in the way.
    await pins.note(request.document).catch(() => undefined);
    return planRun(await planContext(request), request.targets);
  }

  /** The plan by what the LoRAs of its steps say of themselves now. */
  async function planToRun(request: PlanRequest) {
    await pins.note(request.document).catch(() => undefined);
    const context = await planContext(request);
    const wanted = new Map<string, WantedLora>();
    const lora = (provider: string, name: string) => {
      wanted.set(`${provider}/${name}`, { provider, name });
      return context.known.lora(provider, name);
    };
    const planned = planRun({ ...context, known: { ...context.known, lora } }, request.targets);
    const isOther = wanted.size > 0 && (await loras.learn([...wanted.values()]));
    return isOther ? planRun(await planContext(request), request.targets) : planned;
  }

  /** With what stands in the way at the pods the work would go to. */
  const withPods = (plan: Plan): Plan => ({
    ...plan,
    issues: [...plan.issues, ...podIssues(plan, infos(), pods.usedBy)],
  });

  async function planWithPods(request: PlanRequest) {
    const planned = await planToRun(request);
    await pods.lookAtUsed(providersAsked(planned.plan));
    return { ...planned, plan: withPods(planned.plan) };
  }

  /** Runs that are being planned. */
  const beginning = new Set<Promise<Started>>();

  async function execute(...order: Parameters<typeof begin>): Promise<Started> {
    const begun = begin(...order);
    beginning.add(begun);
    try {
      return await begun;
    } finally {
      beginning.delete(begun);
    }
  }

  async function begin(
    request: RunRequest,
    row: Omit<RunRow, 'steps'>,
    events: RunEvent[],
    claim?: (row: RunRow) => Promise<boolean>,
  ): Promise<Started> {
    // What was begun is gone on with whatever its pod does: it may only have to be collected.
    const { plan, resolved } = await (events.length === 0 ? planWithPods : planToRun)(request);
    if (leaving.signal.aborted) return refuse('Seedloom is closing.', 'closing');
    if (!canRun(plan)) return { ok: false, issues: plan.issues };
    const full: RunRow = { ...row, steps: plan.steps.length };
    if (claim !== undefined && !(await claim(full))) return { ok: false, issues: [] };
    const run = new RunExecution(parts, request, plan, resolved, full, events, queue.gateOf(row.run));
    active.set(run.id, run);
    if (leaving.signal.aborted) run.leave();
    const forget = () => {
      active.delete(run.id);
      queue.changed();
    };
    void run.done.then(forget);
    return { ok: true, run };
  }

  async function closeRun(row: RunRow, outcome: Outcome, failure: Failure): Promise<void> {
    const journal = new Journal(row.run, store, clock, () => undefined);
    await journal.durable((add) => {
      add({ type: 'run-closed', outcome, spent: ledger.totals('run', row.run).billed, failure });
      store.putRun({ ...row, outcome, closedAt: journal.at() });
    });
  }

  let closed: Promise<void> | undefined;
  async function close(): Promise<void> {
    queue.stop();
    leaving.abort();
    await Promise.allSettled(beginning);
    for (const run of active.values()) run.leave();
    await Promise.all([
      ...[...active.values()].map((run) => run.done),
      lateJobs.ended(),
      queue.ended(),
      pods.ended(),
    ]);
    await owner.close();
    await store.close();
    rmSync(passingFolder, { recursive: true, force: true });
  }

  const isUnderWay = (row: RunRow) =>
    active.has(row.run) || opening.has(row.run) || (row.owner !== owner.id && owner.isAlive(row.owner));

  function summaryOf(row: RunRow): RunSummary {
    const { run, title, documentId, openedAt, closedAt, outcome, waitsFor, steps } = row;
    const { billed, reserved } = ledger.totals('run', run);
    return {
      run,
      title,
      openedAt,
      spent: billed,
      reserved,
      steps,
      ...(isRehearsal(documentId) ? { rehearsal: true as const } : {}),
      ...(closedAt === undefined ? {} : { closedAt }),
      ...(outcome === undefined ? {} : { outcome }),
      ...(waitsFor === undefined ? {} : { waitsFor }),
    };
  }

  function newRow(run: string, request: RunRequest, openedAt: string): Omit<RunRow, 'steps'> {
    const { title, id: documentId } = request.document;
    return { run, title, documentId, openedAt, owner: owner.id, request: keptRequest(request) };
  }

  async function resume(id: string): Promise<Started> {
    const row = store.run(id);
    if (row === undefined) return refuse(`There is no run "${id}".`, 'unknown-run');
    if (active.has(id) || opening.has(id)) return refuse(`Run ${id} is under way.`, 'run-under-way');
    opening.add(id);
    try {
      const canGoOn = row.closedAt !== undefined || row.owner === owner.id || !owner.isAlive(row.owner);
      if (!canGoOn || !(await store.takeRun(id, row, owner.id)))
        return refuse(`Run ${id} is under way in another Seedloom.`, 'run-under-way');
      const taken = store.run(id)!;
      const started = await execute(requestOf(taken.request), taken, store.entries(id));
      // It cannot go on as it is (a picture is gone): closed, so that it is not tried again at each start.
      if (!started.ok && !leaving.signal.aborted) await closeRun(taken, 'failed', cannotRun(started.issues));
      return started;
    } finally {
      opening.delete(id);
    }
  }

  const costed = (comparison: RouteComparison) => {
    const { machine, work } = costsKnown({ store, pods, providers, options, clock });
    return withCosts(comparison, machine, work);
  };

  const allRoutes = () => {
    const speeds = speedsSeen(store);
    const seen = (route: string) => speeds.get(route);
    return costed({ rows: routeRows(infos().values(), (route) => options.price(route), seen) });
  };

  const queue = new Queue(parts, {
    plan: async (request) => (await planToRun(request)).plan,
    newRunId: runId,
    open: async (run, request, claim) => {
      opening.add(run);
      try {
        return await execute(request, newRow(run, request, new Date(clock.now()).toISOString()), [], claim);
      } finally {
        opening.delete(run);
      }
    },
    resume,
    isBusy: () => active.size > 0,
    active: (run) => active.get(run),
  });

  return {
    notices,

    plan: async (request) => withPods((await planOf(request)).plan),

    planToRun: async (request) => (await planWithPods(request)).plan,

    start: (request) => {
      const openedAt = new Date(clock.now()).toISOString();
      return execute(request, newRow(runId(openedAt), request, openedAt), []);
    },

    compareRoutes: async (asked) => {
      if (asked === undefined) return allRoutes();
      const speeds = speedsSeen(store);
      return costed(compareRoutes(await planContext(asked), asked.node, (route) => speeds.get(route)));
    },

    moveBranch: async ({ nodes: moving, to, models, ...request }) => {
      const move = moveBranch(await planContext(request), moving, to, models);
      return withMoveCosts(move, allRoutes().rows);
    },

    queue,

    cutRuns: () =>
      store
        .openRuns()
        .filter((row) => !isUnderWay(row))
        .reverse()
        .map(summaryOf),

    resume,

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

    // A queued run has its id from when it was queued, so the ids are not in the order of opening.
    runs: () =>
      store
        .runs()
        .map(summaryOf)
        .sort((left, right) =>
          left.openedAt < right.openedAt ? 1 : left.openedAt > right.openedAt ? -1 : 0,
        ),

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
      const kept = results ? reusable((await planOf(request)).plan, store) : [];
      return writeBundle({ document: request.document, nodes, survey, blobs, results: kept }, path);
    },

    unpackBundle: async (file, folder) =>
      folder === null
        ? unpackOnce(parts, file, join(dataFolder, 'bundles'))
        : unpackBundle(parts, file, folder),

    ...pictureCalls({ ...parts, intake, previews }),

    gallery: createGallery({ ...parts, pictureRows, intake }),

    pods,

    storage: createStorage(parts, async (request) => (await planOf(request)).plan),

    close: () => (closed ??= close()),

    leaveAtOnce: () => store.seal(),
  };
}

function refuse(message: string, code: string): Started {
  return { ok: false, issues: [{ code, severity: 'error', message, place: {} }] };
}

/** `20261121-041203-1a73f9c`: date, time, milliseconds in hex and four random digits. Sorts by time, can be typed. */
function runId(openedAt: string): string {
  const time = openedAt.slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  const milliseconds = Number(openedAt.slice(20, 23)).toString(16).padStart(3, '0');
  return `${time}-${milliseconds}${randomBytes(2).toString('hex')}`;
}
