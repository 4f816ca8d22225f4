import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Charge, FakeVendor, RequestPoint } from './fake-vendor';
import {
  bytesAnswer,
  emptyAnswer,
  jsonAnswer,
  startFakeVendor,
  textAnswer,
  type Answer,
  type Call,
} from './fake-vendor-server';
import { FakeWorkerComfyui, type Handled, type WorkerFault, type WorkerShape } from './fake-worker-comfyui';

/** When jobs begin and end, by a clock of the test. Milliseconds. */
export interface EndpointTime {
  now(): number;
  /** Most workers; none of them is up at first. */
  workers: number;
  coldStart: number;
  jobTime: number;
}

export interface FakeRunpodServerlessOptions extends Partial<WorkerShape> {
  key?: string;
  endpoint?: string;
  /** Without `time`: the question with this number is the first that finds the job ended. */
  pollsUntilDone?: number;
  time?: EndpointTime;
  /** In the place of what the worker would draw. */
  picture?: Buffer;
  /** What `/health` says of the workers, where there is no `time`. */
  workers?: Record<string, number>;
}

interface Job {
  id: string;
  input: unknown;
  policy: { executionTimeout: number };
  polls: number;
  /** By the clock. */
  begins: number;
  ends: number;
  fault: WorkerFault;
  cancelled: boolean;
  handled?: Promise<Handled>;
}

export interface FakeRunpodServerless extends FakeVendor {
  /** How many jobs were in the endpoint's hands at once, at most; with `time`. */
  readonly mostTogether: number;
  /** Jobs by the worker that took them; with `time`. */
  readonly perWorker: readonly number[];
}

const mostPayload = 10_000_000;
const keptFor = 30 * 60_000;
const executionTime = 5234;

const orderSchema = z.strictObject({
  input: z.looseObject({}),
  policy: z
    .strictObject({
      executionTimeout: z.int().min(5000).max(604_800_000).default(600_000),
      ttl: z.int().min(10_000).max(604_800_000).optional(),
    })
    .default({ executionTimeout: 600_000 }),
});

const refused = (status: number, error: string): Answer => jsonAnswer(status, { error });

/** RunPod's queue before an endpoint, and the endpoint's workers. A job is charged when it is taken; not when it is cancelled in the queue. */
export async function createFakeRunpodServerless(
  options: FakeRunpodServerlessOptions = {},
): Promise<FakeRunpodServerless> {
  const { key = 'test-key', endpoint = 'abc123xyz', pollsUntilDone = 1, time } = options;
  const { gives = 'base64', objectInfo } = options;
  const worker = new FakeWorkerComfyui({ gives, objectInfo });
  const charges: Charge[] = [];
  const jobs = new Map<string, Job>();
  const freeAt: number[] = [];
  const perWorker: number[] = [];
  let mostTogether = 0;

  const route = new RegExp(`^/v2/([^/]+)/(run|status|cancel|health)(?:/([^/]+))?$`);

  function pointsOf(method: string, path: string): readonly RequestPoint[] {
    if (path.startsWith('/bucket/')) return ['download'];
    const verb = route.exec(path)?.[2];
    if (verb === 'status') return ['status', 'result'];
    if (verb === 'cancel') return ['cancel'];
    return method === 'POST' && verb === 'run' ? ['submit'] : [];
  }

  /** First come, first served: by a worker that is free first, or by a new one where that is sooner. */
  function planned(now: number): Pick<Job, 'begins' | 'ends'> {
    if (time === undefined) return { begins: 0, ends: 0 };
    const soonest = freeAt.indexOf(Math.min(...freeAt));
    const isNew = freeAt.length < time.workers && (freeAt.length === 0 || freeAt[soonest]! > now);
    const taken = isNew ? freeAt.length : soonest;
    const begins = isNew ? now + time.coldStart : Math.max(now, freeAt[taken]!);
    freeAt[taken] = begins + time.jobTime;
    perWorker[taken] = (perWorker[taken] ?? 0) + 1;
    return { begins, ends: begins + time.jobTime };
  }

  function run({ request, raw, fault }: Call): Answer {
    if (raw.length > mostPayload) return refused(400, 'request payload too large');
    const { data, error } = orderSchema.safeParse(request.body);
    if (data === undefined) return refused(400, `bad request: ${z.prettifyError(error)}`);
    const now = time?.now() ?? 0;
    const job: Job = {
      id: `${randomUUID()}-u1`,
      input: data.input,
      policy: data.policy,
      polls: 0,
      ...planned(now),
      fault: {
        failure: fault?.kind === 'job-failed' ? (fault.message ?? 'Allocation on device ') : undefined,
        limit: fault?.kind === 'partial' ? fault.pictures : undefined,
      },
      cancelled: false,
    };
    jobs.set(job.id, job);
    mostTogether = Math.max(mostTogether, [...jobs.values()].filter(({ ends }) => ends > now).length);
    const pictures = Math.min(job.fault.limit ?? Infinity, worker.pictures(job.input));
    charges.push({ jobId: job.id, pictures, at: Date.now() });
    return jsonAnswer(200, { id: job.id, status: 'IN_QUEUE' });
  }

  function stateOf(job: Job): 'queue' | 'progress' | 'ended' | 'gone' {
    if (time === undefined) {
      if (job.polls >= pollsUntilDone) return 'ended';
      return job.polls <= 1 ? 'queue' : 'progress';
    }
    const now = time.now();
    if (now < job.begins) return 'queue';
    if (now < job.ends) return 'progress';
    return now > job.ends + keptFor ? 'gone' : 'ended';
  }

  async function status(job: Job, origin: string): Promise<Answer> {
    job.polls += 1;
    const { id } = job;
    const state = stateOf(job);
    if (job.cancelled) return jsonAnswer(200, { id, status: 'CANCELLED' });
    if (state === 'gone') return refused(404, 'job not found');
    if (state === 'queue') return jsonAnswer(200, { id, status: 'IN_QUEUE' });
    const facts = { id, delayTime: job.begins, workerId: 'worker-1' };
    if (state === 'progress') return jsonAnswer(200, { ...facts, status: 'IN_PROGRESS' });
    const worked = { ...facts, executionTime: time?.jobTime ?? executionTime };
    if (worked.executionTime > job.policy.executionTimeout)
      return jsonAnswer(200, { ...facts, status: 'TIMED_OUT', executionTime: job.policy.executionTimeout });
    if (options.picture !== undefined && job.fault.failure === undefined) {
      const images = [
        { filename: 'it_00001_.png', type: 'base64', data: options.picture.toString('base64') },
      ];
      return jsonAnswer(200, { ...worked, status: 'COMPLETED', output: { images } });
    }
    job.handled ??= worker.handle(id, job.input, origin, job.fault);
    const handled = await job.handled;
    const isFailed = 'error' in handled;
    return jsonAnswer(200, { ...worked, status: isFailed ? 'FAILED' : 'COMPLETED', ...handled });
  }

  function cancel(job: Job): Answer {
    const state = stateOf(job);
    if (state === 'ended' || state === 'gone') return refused(400, 'job is already finished');
    job.cancelled = true;
    const charge = charges.findIndex(({ jobId }) => jobId === job.id);
    if (state === 'queue' && charge >= 0) charges.splice(charge, 1);
    return jsonAnswer(200, { id: job.id, status: 'CANCELLED' });
  }

  function health(): Answer {
    const now = time?.now() ?? 0;
    const all = [...jobs.values()].filter(({ cancelled }) => !cancelled);
    const isUp = (at: number) => at <= now;
    const running = all.filter((job) => time !== undefined && job.begins <= now && now < job.ends).length;
    const inQueue = all.filter((job) => stateOf(job) === 'queue').length;
    const starting = time === undefined ? 0 : freeAt.filter((free) => free - time.jobTime > now).length;
    const idle = freeAt.filter(isUp).length;
    return jsonAnswer(200, {
      jobs: {
        completed: all.length - running - inQueue,
        failed: 0,
        inProgress: running,
        inQueue,
        retried: 0,
      },
      workers: options.workers ?? {
        idle,
        initializing: running === 0 ? starting : 0,
        ready: idle,
        running,
        throttled: 0,
        unhealthy: 0,
      },
    });
  }

  async function handle(call: Call): Promise<Answer> {
    const { method, path } = call.request;
    if (path.startsWith('/bucket/')) {
      const stored = worker.stored(path);
      return stored ? bytesAnswer(200, stored, 'image/png') : textAnswer(404, 'NoSuchKey');
    }
    const [, asked, verb, id] = route.exec(path) ?? [];
    if (asked !== endpoint) return refused(404, 'endpoint not found');
    if (method === 'GET' && verb === 'health') return health();
    if (method === 'POST' && verb === 'run') return run(call);
    if (call.fault?.kind === 'lost') jobs.delete(id ?? '');
    const job = jobs.get(id ?? '');
    if (job === undefined) return refused(404, 'job not found');
    if (call.fault?.kind === 'job-failed') job.fault.failure = call.fault.message ?? 'Allocation on device ';
    if (method === 'GET' && verb === 'status') return status(job, call.origin);
    return method === 'POST' && verb === 'cancel' ? cancel(job) : refused(405, 'method not allowed');
  }

  const fake = await startFakeVendor(
    {
      authorization: `Bearer ${key}`,
      points: pointsOf,
      lacks: ['catalogue', 'upload', ...(gives === 's3' ? [] : (['download'] as const))],
      isOpen: (path) => path.startsWith('/bucket/'),
      shows: {
        partial: ['submit'],
        'job-failed': ['submit', 'result'],
        lost: ['status', 'result', 'cancel'],
      },
      badKey: () => emptyAnswer(401),
      // RunPod's papers name no status for this one.
      noBalance: (code) => refused(code ?? 402, 'insufficient balance'),
      refusal: (code) => refused(code, `refused with ${code}`),
      expired: (code) => textAnswer(code, code === 410 ? 'Gone' : 'Request has expired'),
      handle,
    },
    charges,
  );
  return {
    ...fake,
    get mostTogether() {
      return mostTogether;
    },
    perWorker,
  };
}
