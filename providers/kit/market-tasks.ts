import { z } from 'zod';
import type { Failure } from '#core/failure';
import type { JsonObject } from '#core/json';
import type { KeyReport } from '#core/key-check';
import type {
  FreeTools,
  HttpAnswer,
  Provider,
  ProviderTools,
  RemoteJob,
  RemoteState,
  Submitted,
} from '#core/provider';
import type { ImageTask } from '#core/task';
import { gatewayAddress } from './gateway-address';
import { JobAnswers } from './job-answers';
import { linksIn } from './result-links';
import {
  answered,
  bearer,
  codeSchema,
  httpFailure,
  ownRefusal,
  readAnswer,
  statusByCode,
  words,
  type VendorName,
} from './vendor-answer';

/**
 * createTask, recordInfo and credit, kie.ai's interface to all its models, as kie.ai and ModKie serve it. Sources: docs.kie.ai
 * (market/common/get-task-detail and the pages of the models), modkie.com/docs (api-platform, create-task, record-info).
 *
 * A refusal comes inside an HTTP 200 with a code of its own, or, as the pages have it, with that code as its status: both
 * are read. There is nothing to stop a task with, no key against a second charge, and nothing to ask after a cut order.
 *
 * Unverified, so read liberally: `msg` or `message` for what is said, the result as JSON inside a text or as it is, where
 * the links are in ModKie's, the code and the words of a refusal of the content, a number for `failCode`, where ModKie has the
 * number of credits.
 */
export interface MarketVendor extends VendorName {
  host: string;
  /** What the question for a task has besides its id: `{ capability: 'image' }`. */
  question: Readonly<Record<string, string>>;
  /** Whether it says that a task which fails costs nothing. */
  failsFree: boolean;
}

/** What the one paid request asks for. */
export interface MarketOrder {
  model: string;
  input: JsonObject;
}

const saidSchema = z
  .object({ code: codeSchema, msg: words, message: words })
  .transform(({ code, msg, message }) => ({ code, said: msg ?? message ?? undefined }));
const acceptedSchema = z.object({ data: z.object({ taskId: z.string().min(1) }) });
const recordSchema = z.object({
  data: z.object({
    taskId: words,
    state: z.string(),
    resultJson: z.unknown().optional(),
    failCode: z
      .union([z.string(), z.number().transform(String)])
      .nullish()
      .catch(null),
    failMsg: words,
    creditsConsumed: z.number().nullish().catch(null),
  }),
});
type MarketRecord = z.infer<typeof recordSchema>['data'];
const ticketSchema = z.object({ takenAt: z.number() });
const creditSchema = z.object({
  code: codeSchema.pipe(z.literal(200)),
  data: z
    .union([
      z.number(),
      z.object({ credits: z.number() }).transform(({ credits }) => credits),
      z.object({ credit: z.number() }).transform(({ credit }) => credit),
      z.object({ balance: z.number() }).transform(({ balance }) => balance),
    ])
    .nullish()
    .catch(null),
});

const tasksOf = (vendor: MarketVendor) => new JobAnswers(vendor, 'task');

export function marketProvider(
  vendor: MarketVendor,
  about: Pick<Provider, 'id' | 'label' | 'homepage' | 'summary' | 'hosts' | 'limits' | 'models'>,
  order: (task: ImageTask, tools: ProviderTools) => Promise<MarketOrder>,
): Provider {
  return {
    ...about,
    revision: 1,
    secrets: [{ name: 'key', label: 'API key', required: true, help: `https://${vendor.keys}` }],
    settings: [gatewayAddress],
    recovery: 'ticket',
    submit: async (task, tools) => submit(task, await order(task, tools), tools, vendor),
    check: (job, tools) => check(job, tools, vendor),
    checkKey: (tools) => checkKey(tools, vendor),
    statusOf,
    readError: (answer) => readError(answer, vendor),
  };
}

async function submit(
  task: ImageTask,
  order: MarketOrder,
  tools: ProviderTools,
  vendor: MarketVendor,
): Promise<Submitted> {
  const { model, input } = order;
  const answer = await tools.spend({
    method: 'POST',
    url: `${vendor.host}/api/v1/jobs/createTask`,
    headers: bearer(tools),
    json: { model, input: { ...task.extra, ...input } },
  });
  const { taskId } = readAnswer(acceptedSchema, answer, vendor, 'the order').data;
  return { state: 'accepted', job: { ...task.model, id: taskId, ticket: { takenAt: tools.now() } } };
}

/** An answer that speaks of a task is an answer, whatever its code. */
function statusOf(answer: HttpAnswer): number {
  const code = saidSchema.safeParse(answer.json).data?.code;
  return statusByCode(answer, code, acceptedSchema.safeParse(answer.json).success);
}

async function check(job: RemoteJob, tools: ProviderTools, vendor: MarketVendor): Promise<RemoteState> {
  const query = new URLSearchParams({ taskId: job.id, ...vendor.question }).toString();
  const url = `${vendor.host}/api/v1/jobs/recordInfo?${query}`;
  const asked = await answered(tools.ask({ method: 'GET', url, headers: bearer(tools) }));
  if (!asked.ok) return refusedQuestion(asked.failure, job, tools, vendor);
  const tasks = tasksOf(vendor);
  const { data } = tasks.read(recordSchema, asked.answer, job, (body) => body.data.taskId);
  switch (data.state) {
    case 'waiting':
    case 'queuing':
    case 'pending':
      return { state: 'waiting' };
    case 'generating':
    case 'processing':
      return { state: 'running' };
    case 'success': {
      const result = resultIn(data.resultJson);
      if (result === undefined) throw tasks.unreadable(asked.answer);
      return succeeded(job, linksIn(result, usualNames, 'every'), data, vendor);
    }
    case 'fail':
      return { state: 'failed', failure: taskFailed(data.failCode ?? '', data.failMsg ?? '', data, vendor) };
    default:
      throw tasks.unreadable(asked.answer);
  }
}

/** Right after the order the record may not be there yet; others who use this interface wait for it as well. */
const grace = 60_000;

function refusedQuestion(
  failure: Failure,
  job: RemoteJob,
  tools: ProviderTools,
  vendor: MarketVendor,
): RemoteState {
  const charge = vendor.failsFree ? 'none' : 'possible';
  if (failure.code === 'moderation' || failure.code === 'job-failed')
    return { state: 'failed', failure: { ...failure, charge } };
  const takenAt = ticketSchema.safeParse(job.ticket).data?.takenAt ?? 0;
  const isNew = Math.abs(tools.now() - takenAt) < grace;
  if (failure.code === 'no-such-job' && isNew) return { state: 'waiting' };
  return tasksOf(vendor).unanswered(failure);
}

function succeeded(job: RemoteJob, links: string[], data: MarketRecord, vendor: MarketVendor): RemoteState {
  if (links.length === 0) return tasksOf(vendor).withoutPictures();
  const { creditsConsumed: credits } = data;
  return tasksOf(vendor).made(links, job, typeof credits === 'number' ? { notes: { credits } } : {});
}

/** The result, which may be JSON inside a text; `undefined` where it is none (yet). */
function resultIn(resultJson: unknown): unknown {
  if (typeof resultJson !== 'string')
    return typeof resultJson === 'object' ? (resultJson ?? undefined) : undefined;
  try {
    return JSON.parse(resultJson) as unknown;
  } catch {
    return /^https?:/.test(resultJson) ? resultJson : undefined;
  }
}

/** Where the links usually are; else every link is taken, for what was paid for must not be missed for its name. */
const usualNames = ['resultUrls', 'urls', 'images', 'url'];

const moderationWords = /moderat|nsfw|sensitive|safety|content.?polic|flagged|prohibit|violat/i;

/** Why a task that was taken has no picture. */
function taskFailed(code: string, said: string, data: Partial<MarketRecord>, vendor: MarketVendor): Failure {
  const isFree = vendor.failsFree || data.creditsConsumed === 0;
  const charge = isFree ? 'none' : 'possible';
  const detail = [code, said].filter(Boolean).join(': ');
  const tasks = tasksOf(vendor);
  const isRefused = moderationWords.test(detail);
  return { ...(isRefused ? tasks.moderated(detail) : tasks.failed(said, detail)), charge };
}

async function checkKey(tools: FreeTools, vendor: MarketVendor): Promise<KeyReport> {
  const url = `${vendor.host}/api/v1/chat/credit`;
  const answer = await tools.ask({ method: 'GET', url, headers: bearer(tools) });
  const { data: credits } = readAnswer(creditSchema, answer, vendor, 'the question for the credits');
  return typeof credits === 'number' ? { credits } : {};
}

function readError(answer: HttpAnswer, vendor: MarketVendor): Failure {
  const { status } = answer;
  const body = saidSchema.safeParse(answer.json).data;
  const said = body?.said;
  const failure = httpFailure(answer, vendor, said);
  if (body === undefined) return ownRefusal(failure, false);
  if (status === 404 || (status === 422 && /^record ?info is null$/i.test(said ?? '')))
    return tasksOf(vendor).unknown(failure, said);
  if (status < 500 && status !== 429 && moderationWords.test(said ?? ''))
    return tasksOf(vendor).moderated(failure.detail ?? '');
  if (status < 500 && status !== 429 && /insufficient|top.?up/i.test(said ?? ''))
    return httpFailure({ ...answer, status: 402 }, vendor, said);
  if (status === 433) {
    const message = `This key has used up its own limit at ${vendor.name}. Raise it at ${vendor.keys}.`;
    return { ...failure, code: 'quota', message };
  }
  if (status === 455) {
    const message = `${vendor.name} is being maintained. Try again later.`;
    return { ...failure, code: 'vendor-down', act: 'wait', message };
  }
  if (status === 501) return { ...taskFailed('501', said ?? '', {}, vendor), charge: 'possible' };
  return failure;
}
