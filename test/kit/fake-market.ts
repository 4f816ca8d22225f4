import { FakeJobs, type FakeJob } from './fake-jobs';
import type { FakeVendor, FaultKind, RequestPoint } from './fake-vendor';
import {
  jsonAnswer,
  startFakeVendor,
  textAnswer,
  type Answer,
  type Call,
  type VendorDescription,
} from './fake-vendor-server';

export interface FakeMarketOptions {
  key?: string;
  /** The question with this number is the first that finds the task ended. */
  pollsUntilDone?: number;
  /** So many questions after the order find no record yet. */
  unknownAtFirst?: number;
  /** Whether a refusal comes as an HTTP 200 with a code in its body, or with that code as its status too. */
  refuses?: 'inside' | 'by-status';
}

/** What an order asks for, or what is wrong with it. */
export type MarketInput =
  { width: number; height: number; pictures: number; links: readonly string[] } | { problem: string };

/** How kie.ai and ModKie differ. */
export interface MarketDescription {
  read(model: string, input: unknown): MarketInput;
  states: { new: string; working: string };
  resultJson(links: readonly string[]): unknown;
  /** Whether a task that fails is given its money back. */
  refunds: boolean;
  /** What the question for a task must have besides the id. */
  question?: Readonly<Record<string, string>>;
  /** What a record has besides. */
  record(job: FakeJob): Record<string, unknown>;
  upload?: { path: string; take(call: Call): Answer; file(path: string): Answer | undefined };
}

const sizesOf2K: Readonly<Record<string, readonly [number, number]>> = {
  '1:1': [2048, 2048],
  '4:3': [2304, 1728],
  '3:4': [1728, 2304],
  '16:9': [2560, 1440],
  '9:16': [1440, 2560],
  '3:2': [2496, 1664],
  '2:3': [1664, 2496],
  '21:9': [3024, 1296],
};

/** ByteDance's size for an aspect at 2K, times `scale`. */
export function marketSize(aspect: string, scale: number): { width: number; height: number } {
  const [width, height] = sizesOf2K[aspect]!;
  return { width: width * scale, height: height * scale };
}

/** An answer that says no. */
export function marketRefusal(code: number, msg: string, refuses: 'inside' | 'by-status' = 'inside'): Answer {
  return jsonAnswer(refuses === 'inside' ? 200 : code, { code, msg, data: null });
}

/**
 * createTask and recordInfo on one origin. Charges: every picture that was asked for, when the task is taken. It cannot be
 * asked to stop.
 */
export async function startFakeMarket(
  description: MarketDescription,
  options: FakeMarketOptions,
): Promise<FakeVendor> {
  const { key = 'test-key', pollsUntilDone = 1, unknownAtFirst = 0, refuses = 'inside' } = options;
  const jobs = new FakeJobs({ pollsUntilDone, refunds: description.refunds });
  const questions = new Map<string, number>();
  const refused = (code: number, msg: string) => marketRefusal(code, msg, refuses);

  const failures: Record<NonNullable<FakeJob['failed']>, { failCode: string; failMsg: string }> = {
    moderation: { failCode: '400', failMsg: 'The content was flagged as sensitive.' },
    reference: { failCode: '500', failMsg: 'Failed to fetch an input image.' },
    trouble: { failCode: '500', failMsg: 'Internal error, please try again.' },
    cancelled: { failCode: '500', failMsg: 'Cancelled.' },
  };

  function pointsOf(method: string, path: string): readonly RequestPoint[] {
    if (path === description.upload?.path) return ['upload'];
    if (path.startsWith('/files/')) return ['download'];
    if (path === '/api/v1/jobs/recordInfo') return ['status', 'result'];
    return method === 'POST' ? ['submit'] : [];
  }

  const hasFile = (link: string, origin: string) =>
    description.upload?.file(link.slice(origin.length)) !== undefined || jobs.canFetch(link, origin);

  function createTask({ request, origin, fault }: Call): Answer {
    const { model, input, ...others } = (request.body ?? {}) as Record<string, unknown>;
    if (Object.keys(others).length > 0) return refused(422, `unknown field ${Object.keys(others)[0]}`);
    const asked = description.read(String(model), input);
    if ('problem' in asked) return refused(422, asked.problem);
    const { width, height, pictures, links } = asked;
    const job = jobs.take({ width, height, pictures, from: JSON.stringify(request.body) });
    if (!links.every((link) => hasFile(link, origin))) jobs.fail(job, 'reference');
    jobs.shape(job, fault);
    return jsonAnswer(200, { code: 200, msg: 'success', data: { taskId: job.id } });
  }

  async function recordInfo({ request, origin, fault }: Call): Promise<Answer> {
    const { taskId = '', ...others } = request.query;
    const known = jobs.get(taskId);
    if (known !== undefined) jobs.shape(known, fault);
    const asked = (questions.get(taskId) ?? 0) + 1;
    questions.set(taskId, asked);
    const job = asked <= unknownAtFirst ? undefined : jobs.get(taskId);
    const isAskedRight = Object.entries(description.question ?? {}).every(
      ([name, value]) => others[name] === value,
    );
    if (job === undefined || !isAskedRight) return refused(422, 'recordInfo is null');
    const state = jobs.ask(job);
    const own = { taskId, resultJson: null, failCode: null, failMsg: null, ...description.record(job) };
    if (state !== 'ended') return record({ ...own, state: description.states[state] });
    if (job.failed !== undefined) {
      const { failCode, failMsg } = failures[job.failed];
      return record({ ...own, state: 'fail', failCode, failMsg: job.message ?? failMsg });
    }
    const links = (await jobs.draw(job)).map((path) => `${origin}${path}`);
    return record({ ...own, state: 'success', resultJson: description.resultJson(links) });
  }

  const record = (data: unknown) => jsonAnswer(200, { code: 200, message: 'success', data });

  async function handle(call: Call): Promise<Answer> {
    const { method, path } = call.request;
    if (method === 'GET' && path.startsWith('/files/'))
      return description.upload?.file(path) ?? jobs.file(path);
    if (method === 'POST' && path === description.upload?.path) return description.upload.take(call);
    if (method === 'POST' && path === '/api/v1/jobs/createTask') return createTask(call);
    if (method === 'GET' && path === '/api/v1/jobs/recordInfo') return recordInfo(call);
    if (method === 'GET' && path === '/api/v1/chat/credit')
      return jsonAnswer(200, { code: 200, msg: 'success', data: 738.5 });
    return jsonAnswer(404, { timestamp: '2026-11-21T12:00:00Z', status: 404, error: 'Not Found', path });
  }

  // A refusal of the content is seen at the task, never at the order: only where it is free is it as good as one.
  const taken: RequestPoint[] = description.refunds ? ['submit', 'result'] : ['result'];
  const shows: Partial<Record<FaultKind, readonly RequestPoint[]>> = {
    moderation: taken,
    partial: ['submit', 'result'],
    'job-failed': ['submit', 'result'],
    lost: ['status', 'result'],
  };

  const server: VendorDescription = {
    authorization: `Bearer ${key}`,
    points: pointsOf,
    ...(description.upload === undefined ? { lacks: ['upload'] } : {}),
    isOpen: (path) => path.startsWith('/files/'),
    shows,
    badKey: () => refused(401, 'You do not have access permissions'),
    noBalance: (status) => refused(status ?? 402, 'The current credits are insufficient. Please top up.'),
    refusal: (status) => refused(status, `refused with ${status}`),
    expired: (status) => textAnswer(status, status === 410 ? 'Gone' : 'Not Found'),
    handle,
  };
  return startFakeVendor(server, jobs.charges);
}
