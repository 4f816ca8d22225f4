import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { WorkflowDocument } from '#core/document/schema';
import { userFailure, type Failure } from '#core/failure';
import type { RunSummary } from '#core/ipc';
import { canRun, planRun } from '#core/plan/plan';
import { providerInfo } from '#core/provider';
import type { RunEvent } from '#core/run';
import { systemClock } from './clock';
import type { Engine, EngineOptions, PlanRequest, Run, RunRequest, Started } from './contract';
import { PictureIntake, relativePath } from './files/survey';
import { knowledgeOf } from './knowledge';
import { Redactor } from './network/redact';
import { createBlobStore } from './pictures/blob-store';
import { createPictureTools } from './pictures/picture-tools';
import { createPreviewStore } from './pictures/preview-store';
import { Gates } from './run/gates';
import type { EngineParts } from './run/parts';
import { RunExecution } from './run/run-execution';
import { Owner } from './store/owner';
import { Store, type RunRow } from './store/store';

/** Opens a data folder and makes the engine that works on it. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { dataFolder, nodes, providers, clock = systemClock } = options;
  mkdirSync(dataFolder, { recursive: true });
  const store = new Store(dataFolder);
  const owner = new Owner(store);
  const blobs = createBlobStore(join(dataFolder, 'blobs'));
  const passingFolder = join(dataFolder, 'passing', String(process.pid));
  rmSync(passingFolder, { recursive: true, force: true });
  const passing = createBlobStore(passingFolder);
  const previews = createPreviewStore(join(dataFolder, 'previews'), blobs);
  const intake = new PictureIntake(store, blobs);
  const parts: EngineParts = {
    options,
    clock,
    store,
    owner,
    blobs,
    passing,
    pictures: createPictureTools(blobs),
    redactor: new Redactor(),
    gates: new Gates(),
    underWay: new Map(),
  };
  const infos = new Map([...providers].map(([id, provider]) => [id, providerInfo(provider)]));
  const active = new Map<string, Run>();

  async function planOf({ document, folder, outFolder, targets }: PlanRequest) {
    const survey = await intake.survey(document, nodes, folder);
    const known = knowledgeOf(parts, survey, document.id, outFolder);
    return planRun({ document, catalogue: nodes, providers: infos, known }, targets);
  }

  async function execute(
    request: RunRequest,
    row: Omit<RunRow, 'steps'>,
    events: RunEvent[],
  ): Promise<Started> {
    const { plan, resolved } = await planOf(request);
    if (!canRun(plan)) return { ok: false, issues: plan.issues };
    const full: RunRow = { ...row, steps: plan.steps.length };
    const run = new RunExecution(parts, request, plan, resolved, full, { events, entries: events.length });
    active.set(run.id, run);
    const forget = () => active.delete(run.id);
    void run.done.then(forget, forget);
    return { ok: true, run };
  }

  return {
    plan: async (request) => (await planOf(request)).plan,

    start: (request) => {
      const openedAt = new Date(clock.now()).toISOString();
      const { document } = request;
      return execute(
        request,
        {
          run: runId(openedAt),
          title: document.title,
          documentId: document.id,
          openedAt,
          spent: 0,
          owner: owner.id,
          request: keptRequest(request),
        },
        [],
      );
    },

    cutRuns: () =>
      store
        .runs()
        .filter((row) => row.closedAt === undefined && !active.has(row.run) && !owner.isAlive(row.owner))
        .reverse()
        .map(summaryOf),

    resume: async (id) => {
      const row = store.run(id);
      if (row === undefined) return refuse(`There is no run "${id}".`, 'unknown-run');
      if (active.has(id)) return refuse(`Run ${id} is under way.`, 'run-under-way');
      const canGoOn = row.closedAt !== undefined || !owner.isAlive(row.owner);
      if (!canGoOn || !(await store.takeRun(id, row.owner, owner.id)))
        return refuse(`Run ${id} is under way in another Seedloom.`, 'run-under-way');
      const taken = store.run(id)!;
      const { folder, outFolder, targets, budget } = taken.request;
      const request: RunRequest = {
        document: taken.request.document as WorkflowDocument,
        folder,
        outFolder,
        ...(targets === undefined ? {} : { targets }),
        ...(budget === undefined ? {} : { budget }),
      };
      const events = store.entries(id);
      return execute(request, { ...taken, spent: spentIn(events) }, events);
    },

    answer: (run, step) => answerDoubt(store, run, step),

    runs: () => store.runs().map(summaryOf),

    show: (run) => (store.run(run) === undefined ? undefined : store.entries(run)),

    importFile: async (file, folder) => {
      const image = await intake.file(file);
      const path = relativePath(file, folder);
      return {
        file: { name: basename(file), ...(path === undefined ? {} : { path }), hash: image.hash },
        image,
      };
    },

    importBytes: async (bytes, name) => {
      const image = await intake.bytes(bytes);
      return { file: { name, hash: image.hash }, image };
    },

    pictureFile: (hash) => blobs.path(hash) ?? passing.path(hash),

    previewFile: async (hash, width) => (await previews.file(hash, width)) ?? passing.path(hash),

    close: async () => {
      for (const run of active.values()) run.cancel();
      await Promise.allSettled([...active.values()].map((run) => run.done));
      owner.close();
      await store.close();
      rmSync(passingFolder, { recursive: true, force: true });
    },
  };
}

function refuse(message: string, code: string): Started {
  return { ok: false, issues: [{ code, severity: 'error', message, place: {} }] };
}

/** `20261121-041203-3f9a`: sorts by time, can be typed. */
function runId(openedAt: string): string {
  const time = openedAt.slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  return `${time}-${randomBytes(2).toString('hex')}`;
}

function keptRequest({ document, folder, outFolder, targets, budget }: RunRequest): RunRow['request'] {
  return {
    document,
    folder,
    outFolder,
    ...(targets === undefined ? {} : { targets: [...targets] }),
    ...(budget === undefined ? {} : { budget }),
  };
}

function summaryOf({ run, title, openedAt, closedAt, outcome, spent, steps }: RunRow): RunSummary {
  return {
    run,
    title,
    openedAt,
    spent,
    steps,
    ...(closedAt === undefined ? {} : { closedAt }),
    ...(outcome === undefined ? {} : { outcome }),
  };
}

function spentIn(events: readonly RunEvent[]): number {
  return events.reduce((sum, event) => (event.type === 'step-finished' ? sum + event.price : sum), 0);
}

/**
 * Both answers close the question, so that the step can be made again. `resend` is the person's word that it shall be;
 * `give-up` leaves the step undone until the person runs it.
 */
async function answerDoubt(store: Store, run: string, step: string): Promise<Failure | undefined> {
  const found = store
    .openJobs()
    .find(({ job }) => job.state === 'in-doubt' && job.run === run && job.step === step);
  if (found === undefined)
    return userFailure(
      'not-in-doubt',
      `Step ${step} of run ${run} is not in doubt; there is nothing to answer.`,
    );
  await store.together(() => store.removeOpenJob(found.key));
  return undefined;
}
