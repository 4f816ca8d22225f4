import { z } from 'zod';
import { aspectOf, type Aspect } from '#core/aspect';
import { FailureError, userFailure, type Failure } from '#core/failure';
import type { KeyReport } from '#core/key-check';
import type {
  FreeTools,
  HttpAnswer,
  Provider,
  ProviderTools,
  RemotePicture,
  RemoteResult,
  Submitted,
} from '#core/provider';
import type { ImageTask } from '#core/task';
import { dataLink, fromBase64 } from './kit/base64';
import { ofEach, referencePicture } from './kit/reference-picture';
import { seedreamReferences } from './kit/seedream';
import { bearer, httpFailure, readAnswer, unreadable, words, type VendorName } from './kit/vendor-answer';

/**
 * Abacus.AI's RouteLLM: pictures by its chat interface. Source: abacus.ai/help/developer-platform/route-llm/image-analysis.
 *
 * Whether it has Seedream is unverified. So the route is off until the person names the model in the settings, and each
 * order first asks, free of charge, whether the account's list of models has it. Unverified too, and taken from what third
 * parties send and read: the aspects (no size in pixels can be asked for), three references, where the pictures are in the
 * answer, and the shape of errors; they are read wherever they may be. The answer is the result, there is no job and no key
 * against a second charge: a cut connection leaves the decision to the person (`none`).
 */
const vendor: VendorName = {
  name: 'Abacus RouteLLM',
  keys: 'abacus.ai/app/route-llm-apis',
  billing: 'abacus.ai/app/profile',
};
const host = 'https://routellm.abacus.ai';
const aspects = ['1:1', '16:9', '9:16'] as const satisfies readonly Aspect[];
const references = { ...seedreamReferences, formats: ['png', 'jpeg', 'webp', 'gif'] as const };
/** As long as a connection is held without an answer. */
const timeout = 300_000;

const listSchema = z.object({ data: z.array(z.object({ id: z.string() })) });
const errorSchema = z.object({
  error: z.union([z.string().min(1), z.object({ message: words, type: words })]),
});
const link = z.object({ url: words });
const partSchema = z.object({ image_url: link.nullish().catch(null), url: words }).catch({});
const parts = z.array(partSchema).nullish().catch(null);
const resultSchema = z.object({
  id: words,
  choices: z.array(
    z.object({ message: z.object({ images: parts, content: z.union([z.string(), parts]).catch(null) }) }),
  ),
});

/** The name of the model at the vendor, when the settings have one and the account's list has it too. */
async function modelName(tools: ProviderTools): Promise<string> {
  const name = (tools.settings['model'] ?? '').trim();
  if (name === '') {
    const message =
      'The route to Abacus is off. Enter the name that Seedream has in your account there in the settings.';
    throw new FailureError(userFailure('route-off', message));
  }
  const answer = await tools.ask({ method: 'GET', url: `${host}/v1/models`, headers: bearer(tools) });
  const { data } = readAnswer(listSchema, answer, vendor, 'the question for its models');
  if (data.some(({ id }) => id === name)) return name;
  const alike = data.map(({ id }) => id).filter((id) => /seedream/i.test(id));
  const instead = alike.length === 0 ? 'It lists no Seedream.' : `It lists ${alike.join(', ')}.`;
  const message = `Your account at Abacus has no model "${name}". ${instead} Change the name in the settings, or take another route.`;
  throw new FailureError(userFailure('model-closed', message));
}

async function submit(task: ImageTask, tools: ProviderTools): Promise<Submitted> {
  const aspect = task.kind === 'upscale' ? undefined : aspectOf(task.size, aspects);
  if (task.kind === 'upscale' || aspect === undefined) throw new Error('checkTask refuses this');
  const model = await modelName(tools);
  const images =
    task.kind === 'edit'
      ? await ofEach(task.images, async (image, place) => {
          const url = dataLink(await referencePicture(image, place, references, tools));
          return { type: 'image_url', image_url: { url } };
        })
      : [];
  const answer = await tools.spend({
    method: 'POST',
    url: `${host}/v1/chat/completions`,
    headers: bearer(tools),
    timeout,
    json: {
      ...task.extra,
      model,
      modalities: ['image'],
      image_config: { aspect_ratio: aspect },
      messages: [{ role: 'user', content: [{ type: 'text', text: task.prompt }, ...images] }],
      stream: false,
    },
  });
  return { state: 'done', result: readResult(answer) };
}

function readResult(answer: HttpAnswer): RemoteResult {
  const said = saidIn(answer);
  if (said !== undefined) {
    const failure = saidFailure(said, { ...answer, status: 500 });
    // What is no refusal leaves open what became of the request.
    if (failure.code !== 'moderation') throw new FailureError(failure);
    return { pictures: [{ from: 'nowhere', failure: { ...failure, charge: 'none' } }] };
  }
  const { id, choices } = readAnswer(resultSchema, answer, vendor, 'the order');
  const links = choices.flatMap(({ message: { images, content } }) => [
    ...linksOf(images),
    ...(typeof content === 'string' ? (content.match(dataLinks) ?? []) : linksOf(content)),
  ]);
  // The same picture may be in both places.
  const pictures = [...new Set(links)].flatMap((url): RemotePicture[] => {
    if (!url.startsWith('data:')) return [{ from: 'url', request: { method: 'GET', url } }];
    const bytes = fromBase64(url);
    return bytes === undefined ? [] : [{ from: 'bytes', bytes }];
  });
  if (pictures.length === 0) throw new FailureError(unreadable(answer, vendor, 'the order'));
  return { pictures, ...(id ? { vendorId: id } : {}) };
}

const dataLinks = /data:image\/[a-z]+;base64,[A-Za-z0-9+/=]+/g;

function linksOf(found: z.infer<typeof parts>): string[] {
  return (found ?? []).flatMap(({ image_url: image, url }) => image?.url || url || []);
}

function saidIn(answer: HttpAnswer): string | undefined {
  const error = errorSchema.safeParse(answer.json).data?.error;
  if (error === undefined || typeof error === 'string') return error;
  return error.message ?? error.type ?? 'no reason given';
}

async function checkKey(tools: FreeTools): Promise<KeyReport> {
  const answer = await tools.ask({ method: 'GET', url: `${host}/v1/models`, headers: bearer(tools) });
  readAnswer(listSchema, answer, vendor, 'the question for its models');
  return {};
}

function readError(answer: HttpAnswer): Failure {
  const said = saidIn(answer);
  return said === undefined ? httpFailure(answer, vendor) : saidFailure(said, answer);
}

function saidFailure(said: string, answer: HttpAnswer): Failure {
  const failure = httpFailure(answer, vendor, said);
  if (answer.status === 429 || !/moderat|flagged|sensitive|safety|nsfw|content.policy/i.test(said))
    return failure;
  const message =
    'The safety check at Abacus refused this prompt or a picture. Change the words or the pictures.';
  return { ...failure, code: 'moderation', act: 'user', message };
}

const provider: Provider = {
  id: 'abacus',
  label: 'Abacus RouteLLM',
  homepage: 'https://abacus.ai/app/route-llm-apis',
  revision: 1,
  summary: 'Seedream by a ChatLLM subscription, where your account has it. Off until the model is named.',
  hosts: [host],
  secrets: [{ name: 'key', label: 'API key', required: true, help: 'https://abacus.ai/app/route-llm-apis' }],
  settings: [
    {
      name: 'baseUrl',
      label: 'Address',
      initial: '',
      hint: 'Only for a workspace of your own or a gateway: every call goes to this origin.',
    },
    {
      name: 'model',
      label: 'Name of the model',
      initial: '',
      hint: 'What Seedream is called in your account, for example seedream. Empty: this route is off.',
    },
  ],
  limits: { together: 4 },
  models: [
    {
      id: 'seedream',
      label: 'Seedream at Abacus',
      tasks: ['generate', 'edit'],
      pinned: false,
      size: { aspects },
      maxReferences: 3,
      maxCount: 1,
      takes: {},
      price: {
        perPicture: 0.04,
        asOf: '2026-11-21',
        source: 'what other services take for Seedream 4.5; Abacus counts credits of the subscription',
      },
      seconds: { low: 8, high: 90 },
    },
  ],
  recovery: 'none',
  submit,
  checkKey,
  readError,
};

export default provider;
