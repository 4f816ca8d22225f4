import { z } from 'zod';
import { aspectOf, tierOf, type Aspect, type SizeTier } from '#core/aspect';
import { FailureError, type Failure } from '#core/failure';
import type { KeyReport } from '#core/key-check';
import type {
  FreeTools,
  HttpAnswer,
  Provider,
  ProviderTools,
  RemoteJob,
  RemotePicture,
  RemoteState,
  Submitted,
} from '#core/provider';
import type { ImageTask } from '#core/task';
import { dataLink } from './kit/base64';
import { gatewayAddress } from './kit/gateway-address';
import { askToStop, JobAnswers, speaksOfSafety } from './kit/job-answers';
import { ofEach, referencePicture } from './kit/reference-picture';
import { seedream, seedreamReferences } from './kit/seedream';
import {
  answered,
  bearer,
  httpFailure,
  ownRefusal,
  readAnswer,
  words,
  type VendorName,
} from './kit/vendor-answer';
import { reasonIn } from './kit/vendor-reason';

/**
 * Oxen.ai's queue. Sources: docs.oxen.ai (inference-api: async_queue, image_editing, models/bytedance-seedream-4-5) and its
 * own OpenAPI description (hub.oxen.ai/api/_spec/oxen_hub_api.json).
 *
 * By the queue and not by the endpoints that answer with the picture: a generation there has an id and is kept. Several
 * pictures are several generations of one order, each with an id; they end, and fail, one by one.
 *
 * No size in pixels can be asked for, an aspect and 2K or 4K only. References go inside the request: Oxen.ai wants links and
 * says that data links work too, though it does not recommend them; one third party saw them fail. Its page of the model has
 * changed its fields at least once (an older one has `aspect_ratio` and a list in `input_image`, as sent here; a newer one
 * `input_images` and no aspect). Not verified, so read liberally: that the fields are still those, the bodies of refusals for
 * balance, rate and moderation, whether a failed or cancelled generation is charged (a failure says that it may be), and how
 * long a link lives. A link may lead to Oxen.ai itself and then needs the key.
 */
const vendor: VendorName = {
  name: 'Oxen.ai',
  keys: 'www.oxen.ai/settings',
  billing: 'www.oxen.ai/settings',
};
const jobs = new JobAnswers(vendor, 'generation');
const host = 'https://hub.oxen.ai';
const queue = `${host}/api/ai/queue`;
/** Model id → the vendor's. Its pages for 4.0 and 5.0 Lite name no aspect, so nobody could say what they would make. */
const names: Readonly<Record<string, string>> = { 'seedream-4.5': 'bytedance-seedream-4-5' };
const aspects = ['1:1', '16:9', '9:16', '4:3', '3:4', '3:2', '2:3'] as const satisfies readonly Aspect[];
const tiers = [
  { name: '2K', side: 2048 },
  { name: '4K', side: 4096 },
] as const satisfies readonly SizeTier[];
const references = { ...seedreamReferences, formats: ['png', 'jpeg', 'webp'] as const };
/** References inside a request take their time on a slow line. */
const timeout = 300_000;

const ticketSchema = z.object({ ids: z.array(z.string()).min(1) });
const acceptedSchema = z.object({
  generations: z.array(z.object({ generation_id: z.string().min(1) })).min(1),
});
const generationSchema = z.object({
  generation_id: words,
  status: z.string(),
  result_url: words,
  error_message: words,
});

const address = (id: string) => `${queue}/${encodeURIComponent(id)}`;

async function submit(task: ImageTask, tools: ProviderTools): Promise<Submitted> {
  const model = names[task.model.model];
  const aspect = task.kind === 'upscale' ? undefined : aspectOf(task.size, aspects);
  if (task.kind === 'upscale' || model === undefined || aspect === undefined)
    throw new Error('checkTask refuses this');
  const images =
    task.kind === 'edit'
      ? {
          input_image: await ofEach(task.images, async (image, place) =>
            dataLink(await referencePicture(image, place, references, tools)),
          ),
        }
      : {};
  const answer = await tools.spend({
    method: 'POST',
    url: queue,
    headers: bearer(tools),
    timeout,
    json: {
      ...task.extra,
      model,
      prompt: task.prompt,
      ...images,
      aspect_ratio: aspect,
      // Its own default is 4K.
      size: tierOf(task.size, tiers).name,
      ...(task.seed === undefined ? {} : { seed: task.seed }),
      ...(task.count === 1 ? {} : { num_generations: task.count }),
    },
  });
  const { generations } = readAnswer(acceptedSchema, answer, vendor, 'the order');
  const ids = generations.map(({ generation_id: id }) => id);
  return { state: 'accepted', job: { ...task.model, id: ids[0] ?? '', ticket: { ids } } };
}

async function check(job: RemoteJob, tools: ProviderTools): Promise<RemoteState> {
  const { ids } = ticketSchema.parse(job.ticket);
  const found = await Promise.all(ids.map((id) => checkGeneration(id, tools)));
  const pictures = found.filter((one) => one !== 'waiting' && one !== 'running');
  if (pictures.length < found.length)
    return { state: found.every((one) => one === 'waiting') ? 'waiting' : 'running' };
  const failures = pictures.flatMap((picture) => (picture.from === 'nowhere' ? [picture.failure] : []));
  const [failure] = failures;
  if (failure === undefined || failures.length < pictures.length)
    return { state: 'done', result: { pictures, vendorId: ids.join(', ') } };
  return { state: failures.every(({ code }) => code === 'lost') ? 'lost' : 'failed', failure };
}

async function checkGeneration(
  id: string,
  tools: ProviderTools,
): Promise<'waiting' | 'running' | RemotePicture> {
  const asked = await answered(tools.ask({ method: 'GET', url: address(id), headers: bearer(tools) }));
  if (!asked.ok) {
    // Only its own "no such generation" is a verdict. Anything else is thrown: it is asked again later.
    if (asked.failure.code !== 'no-such-job') throw new FailureError(asked.failure);
    return nowhere(
      'lost',
      'vendor',
      'Oxen.ai knows nothing of this generation any more.',
      asked.failure.detail,
    );
  }
  const generation = jobs.read(generationSchema, asked.answer, { id }, (body) => body.generation_id);
  const { status, result_url: link, error_message: said } = generation;
  switch (status) {
    case 'queued':
      return 'waiting';
    case 'processing':
      return 'running';
    case 'succeeded':
      return link
        ? picture(link, tools)
        : nowhere('no-pictures', 'vendor', 'Oxen.ai finished the generation without a picture.');
    case 'failed':
      return generationFailed(said ?? '');
    case 'cancelled':
      return nowhere('cancelled', 'user', 'The generation was cancelled at Oxen.ai.');
    default:
      throw jobs.unreadable(asked.answer);
  }
}

/** The key goes with the link where that leads to Oxen.ai, and nowhere else. */
function picture(link: string, tools: ProviderTools): RemotePicture {
  const own = [host, tools.settings['baseUrl'] || host].map((origin) => origin.replace(/\/*$/, '/'));
  const key = own.some((origin) => link.startsWith(origin)) ? { headers: bearer(tools) } : {};
  return { from: 'url', request: { method: 'GET', url: link, ...key } };
}

function nowhere(code: string, act: Failure['act'], what: string, detail?: string): RemotePicture {
  const message = `${what} Look at your usage there: it may have been charged.`;
  const failure = { code, act, charge: 'possible' as const, message };
  return { from: 'nowhere', failure: detail === undefined ? failure : { ...failure, detail } };
}

/** What is wrong with the params of a model is found only when it runs. */
function generationFailed(said: string): RemotePicture {
  const { code, message } = jobs.moderated(said);
  if (speaksOfSafety(said)) return nowhere(code, 'user', message, said);
  const because = said === '' ? '' : ` It said: ${said}`;
  if (/invalid|must be|not supported|unexpected|required/i.test(said))
    return nowhere('refused', 'user', `Oxen.ai refused the request.${because}`, said);
  return nowhere('job-failed', 'vendor', `Oxen.ai could not make the picture.${because}`, said);
}

async function cancel(job: RemoteJob, tools: ProviderTools): Promise<void> {
  const { ids } = ticketSchema.parse(job.ticket);
  await Promise.all(
    ids.map((id) => askToStop(tools.ask({ method: 'DELETE', url: address(id), headers: bearer(tools) }))),
  );
}

/** Whose key it is may list its queue; how the list looks is written nowhere. Oxen.ai tells no balance. */
const listSchema = z.object({ error: z.null().optional() });

async function checkKey(tools: FreeTools): Promise<KeyReport> {
  const answer = await tools.ask({ method: 'GET', url: queue, headers: bearer(tools) });
  readAnswer(listSchema, answer, vendor, 'the question for its queue');
  return {};
}

function readError(answer: HttpAnswer): Failure {
  const { status } = answer;
  const said = reasonIn(answer.json, ['error', 'status_message']);
  const failure = httpFailure(answer, vendor, said);
  if (said === undefined) return ownRefusal(failure, false);
  if (status === 429 || status === 401) return failure;
  if (speaksOfSafety(said)) return { ...jobs.moderated(failure.detail ?? said), charge: failure.charge };
  if (status < 500 && /insufficient|credits|balance|funds/i.test(said))
    return httpFailure({ ...answer, status: 402 }, vendor, said);
  if (status !== 404) return failure;
  return /model/i.test(said)
    ? { ...failure, code: 'model-closed', message: `Oxen.ai does not serve this model. It said: ${said}` }
    : { ...failure, code: 'no-such-job' };
}

const provider: Provider = {
  id: 'oxen',
  label: 'Oxen.ai',
  homepage: 'https://www.oxen.ai',
  revision: 1,
  summary: 'Seedream 4.5 on a queue, by aspect in 2K or 4K; pictures are kept in your account there too.',
  hosts: [host],
  secrets: [{ name: 'key', label: 'API key', required: true, help: 'https://www.oxen.ai/settings' }],
  settings: [gatewayAddress],
  // Its queue has no limit; more than this would only fill memory here.
  limits: { together: 8 },
  models: [
    {
      id: 'seedream-4.5',
      label: seedream['4.5'].label,
      size: { ...seedream['4.5'].size, aspects, tiers },
      tasks: ['generate', 'edit'],
      pinned: false,
      maxReferences: 10,
      maxCount: 4,
      takes: { seed: true },
      price: {
        perPicture: 0.05,
        asOf: '2026-11-21',
        source: 'an upper estimate: no price of Seedream at Oxen.ai was found; set your own',
      },
      seconds: { low: 8, high: 90 },
    },
  ],
  recovery: 'ticket',
  submit,
  check,
  cancel,
  checkKey,
  readError,
};

export default provider;
