import { z } from 'zod';
import { aspectOf, tierOf, type Aspect, type SizeTier } from '#core/aspect';
import type { Failure } from '#core/failure';
import type { KeyReport } from '#core/key-check';
import type {
  FreeTools,
  HttpAnswer,
  ModelSpec,
  Provider,
  ProviderTools,
  RemoteJob,
  RemoteState,
  Submitted,
} from '#core/provider';
import type { JsonObject } from '#core/json';
import type { ImageTask } from '#core/task';
import type { Size } from '#core/values';
import { gatewayAddress } from './kit/gateway-address';
import { JobAnswers, speaksOfSafety } from './kit/job-answers';
import { ofEach, referenceLink } from './kit/reference-picture';
import { seedream, seedreamReferences, seedreamReferencesAndCount } from './kit/seedream';
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
} from './kit/vendor-answer';
import { reasonIn } from './kit/vendor-reason';

/**
 * PoYo.ai's tasks. Sources: docs.poyo.ai (api-manual: overview, image-series/seedream-4, seedream-4-5, seedream-5-0-lite; the
 * user's balance) and its own examples, PoyoAPI/poyo-examples.
 *
 * An answer may say no inside an HTTP 200: a `code` in the body other than 0 or 200 is an error. There is no seed, no way to
 * stop a task, and nothing to ask after a cut submit. References are taken as links only and PoYo has no upload of its own:
 * they go by the person's image host. Pictures that were asked for and not made are paid back, as are failed tasks.
 *
 * Not verified, so read liberally: the code for an empty balance (its list has no 402), how a refusal by the safety check is
 * worded, how long a link lives, what a reference may be (ByteDance's own limits hold), and the price, which it names in
 * credits only.
 */
const vendor: VendorName = { name: 'PoYo', keys: 'poyo.ai/dashboard/api-key', billing: 'poyo.ai/pricing' };
const tasks = new JobAnswers(vendor, 'task');
const host = 'https://api.poyo.ai';
const api = `${host}/api/generate`;

/** Model id → the vendor's; the one for edits ends in `-edit`. */
const names: Readonly<Record<string, string>> = {
  'seedream-4.0': 'seedream-4',
  'seedream-4.5': 'seedream-4.5',
  'seedream-5-lite': 'seedream-5.0-lite',
};
const aspects = [
  '1:1',
  '3:4',
  '4:3',
  '16:9',
  '9:16',
  '3:2',
  '2:3',
  '21:9',
] as const satisfies readonly Aspect[];
const tiers = [
  { name: '1K', side: 1024 },
  { name: '2K', side: 2048 },
  { name: '4K', side: 4096 },
] as const satisfies readonly SizeTier[];

const shared = {
  tasks: ['generate', 'edit'],
  pinned: false,
  maxReferences: 10,
  maxReferencesAndCount: seedreamReferencesAndCount,
  maxCount: 15,
  takes: {},
  price: {
    perPicture: 0.05,
    asOf: '2026-11-21',
    source: 'an upper estimate: PoYo charges credits and names no dollars; set your own price',
  },
  seconds: { low: 8, high: 90 },
} as const satisfies Partial<ModelSpec>;

const models: ModelSpec[] = [
  { id: 'seedream-4.5', ...seedream['4.5'], ...shared },
  // The only one that takes no size in pixels.
  {
    id: 'seedream-4.0',
    label: seedream['4.0'].label,
    size: { ...seedream['4.0'].size, aspects, tiers },
    ...shared,
  },
  { id: 'seedream-5-lite', ...seedream['5-lite'], ...shared },
];

const acceptedSchema = z.object({ data: z.object({ task_id: z.string().min(1) }) });
const taskSchema = z.object({
  data: z.object({
    task_id: words,
    status: z.string(),
    progress: z.number().min(0).max(100).nullish().catch(null),
    files: z.array(z.object({ file_url: z.string().min(1) })).nullish(),
    error_message: words,
  }),
});
const codedSchema = z.object({ code: codeSchema });

function sizeOf(model: string, size: Size): JsonObject {
  if (model !== 'seedream-4.0') return { size: `${size.width}x${size.height}` };
  const aspect = aspectOf(size, aspects);
  if (aspect === undefined) throw new Error('checkTask refuses this');
  return { size: aspect, resolution: tierOf(size, tiers).name };
}

async function submit(task: ImageTask, tools: ProviderTools): Promise<Submitted> {
  const name = names[task.model.model];
  if (task.kind === 'upscale' || name === undefined) throw new Error('checkTask refuses this');
  const isEdit = task.kind === 'edit';
  const asked = {
    prompt: task.prompt,
    ...(isEdit
      ? {
          image_urls: await ofEach(task.images, (image, place) =>
            referenceLink(image, place, seedreamReferences, tools),
          ),
        }
      : {}),
    ...sizeOf(task.model.model, task.size),
    n: task.count,
  };
  const answer = await tools.spend({
    method: 'POST',
    url: `${api}/submit`,
    headers: bearer(tools),
    json: { model: isEdit ? `${name}-edit` : name, input: { ...task.extra, ...asked } },
  });
  const { task_id: id } = readAnswer(acceptedSchema, answer, vendor, 'the order').data;
  return { state: 'accepted', job: { ...task.model, id, ticket: null } };
}

const reasons = ['error', 'message', 'msg'];
/** That there is too little; of credits alone an accident speaks as well. */
const tooLittle = /insufficient|not enough|too (low|few|little)|top.?up|run out|used up|exhausted/i;

/** A code in the body says no, also inside an HTTP 200. One of its own is a refusal where its words say of what. */
function statusOf(answer: HttpAnswer): number {
  const code = codedSchema.safeParse(answer.json).data?.code;
  const said = reasonIn(answer.json, reasons) ?? '';
  const isOwn = code !== undefined && code > 599 && (isModeration(said) || tooLittle.test(said));
  return statusByCode(answer, isOwn ? 400 : code, acceptedSchema.safeParse(answer.json).success);
}

async function check(job: RemoteJob, tools: ProviderTools): Promise<RemoteState> {
  const url = `${api}/status/${encodeURIComponent(job.id)}`;
  const asked = await answered(tools.ask({ method: 'GET', url, headers: bearer(tools) }));
  if (!asked.ok) return tasks.unanswered(asked.failure, { verdicts: ['moderation'] });
  const { data } = tasks.read(taskSchema, asked.answer, job, (body) => body.data.task_id);
  switch (data.status) {
    case 'not_started':
      return { state: 'waiting' };
    case 'running':
      return { state: 'running', ...(data.progress ? { fraction: data.progress / 100 } : {}) };
    case 'finished': {
      const links = (data.files ?? []).map((file) => file.file_url);
      return links.length === 0 ? tasks.withoutPictures() : tasks.made(links, job);
    }
    case 'failed':
      return { state: 'failed', failure: taskFailed(data.error_message ?? '') };
    default:
      throw tasks.unreadable(asked.answer);
  }
}

/** A database has constraints that are violated too. */
const isModeration = (said: string) =>
  speaksOfSafety(said) || /violat.*(polic|guideline|rule|terms|content)/i.test(said);

/** "Failed generation tasks are not charged credits" (its own examples). */
function taskFailed(said: string): Failure {
  if (isModeration(said)) return tasks.moderated(said);
  if (!/invalid|must be|required|not supported/i.test(said)) return tasks.failed(said);
  const message = `PoYo refused the request. It said: ${said}`;
  return { code: 'refused', act: 'user', charge: 'none', message, detail: said };
}

const balanceSchema = z.object({
  data: z.object({ credits_amount: z.number().nullish().catch(null) }),
});

async function checkKey(tools: FreeTools): Promise<KeyReport> {
  const url = `${host}/api/user/balance`;
  const answer = await tools.ask({ method: 'GET', url, headers: bearer(tools) });
  const { data } = readAnswer(balanceSchema, answer, vendor, 'the question for the balance');
  return typeof data.credits_amount === 'number' ? { credits: data.credits_amount } : {};
}

function readError(answer: HttpAnswer): Failure {
  const { status } = answer;
  const code = codedSchema.safeParse(answer.json).data?.code;
  const said = reasonIn(answer.json, reasons);
  // The words of a rate limit or a wrong key are no other reason.
  const isOpen = status < 500 && status !== 429 && status !== 401;
  if (isOpen && (tooLittle.test(said ?? '') || /credits|balance/i.test(said ?? '')))
    return httpFailure({ ...answer, status: 402 }, vendor, said);
  if (isOpen && isModeration(said ?? ''))
    return tasks.moderated(httpFailure(answer, vendor, said).detail ?? '');
  const failure = httpFailure(answer, vendor, said);
  const isOwn = code !== undefined || said !== undefined;
  if (status === 404 && isOwn) return { ...failure, code: 'no-such-job' };
  return ownRefusal(failure, isOwn);
}

const provider: Provider = {
  id: 'poyo',
  label: 'PoYo',
  homepage: 'https://poyo.ai',
  revision: 1,
  summary:
    'Seedream 4.0, 4.5 and 5.0 Lite; takes pictures by link only, so edits need an image host. A task cannot be stopped.',
  hosts: [host],
  secrets: [{ name: 'key', label: 'API key', required: true, help: 'https://poyo.ai/dashboard/api-key' }],
  settings: [gatewayAddress],
  limits: { together: 4 },
  picturesIn: 'links',
  models,
  recovery: 'ticket',
  submit,
  check,
  checkKey,
  statusOf,
  readError,
};

export default provider;
