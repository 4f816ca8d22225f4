import { z } from 'zod';
import { FailureError, type Failure } from '#core/failure';
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
import { gatewayAddress } from './kit/gateway-address';
import { ofEach, referencePicture } from './kit/reference-picture';
import { seedream, seedreamReferences, seedreamReferencesAndCount } from './kit/seedream';
import { bearer, httpFailure, readAnswer, unreadable, words, type VendorName } from './kit/vendor-answer';

/**
 * OpenRouter's image endpoint. Sources: the specification in OpenRouterTeam/typescript-sdk and openrouter.ai/docs/api/
 * api-reference/images. The pictures are in the answer, as base64. There is no job, no cancel and no key against a second
 * charge: a cut connection leaves the decision to the person (`none`).
 *
 * A parameter that the model's host does not know is refused there, so nothing is sent that Seedream does not take: a seed
 * is not. Unverified: whether Seedream's host makes several pictures for one request (it may refuse, which costs nothing),
 * and the words of a refusal by the safety check. Those are read from the message and from what the host said, whatever
 * status they come with, also in a 200. How long a prompt may be is told in tokens only (4K) and left to the vendor.
 */
const vendor: VendorName = {
  name: 'OpenRouter',
  keys: 'openrouter.ai/settings/keys',
  billing: 'openrouter.ai/settings/credits',
};
const host = 'https://openrouter.ai';
const names: Readonly<Record<string, string>> = { 'seedream-4.5': 'bytedance-seed/seedream-4.5' };
const references = { ...seedreamReferences, formats: ['png', 'jpeg', 'webp', 'gif'] as const };
/** As long as a connection is held without an answer. */
const timeout = 300_000;

const errorSchema = z.object({
  error: z.object({
    code: z.coerce.number().catch(0),
    message: words,
    metadata: z.record(z.string(), z.unknown()).nullish().catch(null),
  }),
});
type Said = z.infer<typeof errorSchema>['error'];
const resultSchema = z.object({
  id: words,
  data: z.array(z.object({ b64_json: words, url: words })),
  usage: z
    .object({ cost: z.number().nonnegative().nullish().catch(null) })
    .nullish()
    .catch(null),
});

async function submit(task: ImageTask, tools: ProviderTools): Promise<Submitted> {
  const model = names[task.model.model];
  if (task.kind === 'upscale' || model === undefined) throw new Error('checkTask refuses this');
  const parts =
    task.kind === 'edit'
      ? await ofEach(task.images, async (image, place) => {
          const url = dataLink(await referencePicture(image, place, references, tools));
          return { type: 'image_url', image_url: { url } };
        })
      : [];
  const answer = await tools.spend({
    method: 'POST',
    url: `${host}/api/v1/images`,
    headers: bearer(tools),
    timeout,
    json: {
      ...task.extra,
      model,
      prompt: task.prompt,
      ...(parts.length === 0 ? {} : { input_references: parts }),
      size: `${task.size.width}x${task.size.height}`,
      ...(task.count === 1 ? {} : { n: task.count }),
      stream: false,
    },
  });
  return { state: 'done', result: readResult(answer) };
}

function readResult(answer: HttpAnswer): RemoteResult {
  const said = errorSchema.safeParse(answer.json).data?.error;
  if (said !== undefined) {
    const status = said.code >= 400 && said.code < 600 ? said.code : 500;
    const failure = saidFailure(said, { ...answer, status });
    // What is no refusal leaves open what became of the request.
    if (failure.charge !== 'none') throw new FailureError(failure);
    return { pictures: [{ from: 'nowhere', failure }] };
  }
  const { id, data, usage } = readAnswer(resultSchema, answer, vendor, 'the order');
  const pictures = data.flatMap(({ b64_json: text, url }): RemotePicture[] => {
    const bytes = fromBase64(text ?? '');
    if (bytes !== undefined) return [{ from: 'bytes', bytes }];
    return url ? [{ from: 'url', request: { method: 'GET', url } }] : [];
  });
  if (pictures.length === 0) throw new FailureError(unreadable(answer, vendor, 'the order'));
  const price = usage?.cost ?? undefined;
  return {
    pictures,
    ...(price === undefined ? {} : { price }),
    ...(id ? { vendorId: id } : {}),
  };
}

/** The credits of the account ask for a key that manages keys; what this key may still spend does not. */
const keySchema = z.object({ data: z.object({ limit_remaining: z.number().nullish().catch(null) }) });

async function checkKey(tools: FreeTools): Promise<KeyReport> {
  const answer = await tools.ask({ method: 'GET', url: `${host}/api/v1/key`, headers: bearer(tools) });
  const { limit_remaining: left } = readAnswer(keySchema, answer, vendor, 'the question for the key').data;
  return typeof left === 'number' ? { balance: left, note: 'That is the limit of this key.' } : {};
}

function readError(answer: HttpAnswer): Failure {
  const said = errorSchema.safeParse(answer.json).data?.error;
  return said === undefined ? httpFailure(answer, vendor) : saidFailure(said, answer);
}

function saidFailure({ message, metadata }: Said, answer: HttpAnswer): Failure {
  // What the model's own host said is in `raw`.
  const raw = metadata?.['raw'];
  const more =
    raw === undefined || raw === null ? '' : ` (${typeof raw === 'string' ? raw : JSON.stringify(raw)})`;
  const said = `${message ?? 'no reason given'}${more}`;
  const failure = httpFailure(answer, vendor, said);
  const flagged = Array.isArray(metadata?.['reasons']) || metadata?.['flagged_input'] !== undefined;
  if (answer.status !== 429 && (flagged || /moderat|flagged|sensitive|safety|content.policy/i.test(said))) {
    const text =
      'The safety check at OpenRouter refused this prompt or a picture. Change the words or the pictures.';
    return { ...failure, code: 'moderation', act: 'user', message: text };
  }
  if (answer.status === 403 && /limit|credit/i.test(said)) {
    const text = `The key for OpenRouter may spend no more. Raise its limit at ${vendor.keys}.`;
    return { ...failure, code: 'no-balance', message: text };
  }
  if (answer.status === 404) {
    const text = `Nobody at OpenRouter serves this model as it was asked. It said: ${said}`;
    return { ...failure, code: 'model-closed', message: text };
  }
  return failure;
}

const provider: Provider = {
  id: 'openrouter',
  label: 'OpenRouter',
  homepage: 'https://openrouter.ai/activity',
  revision: 1,
  summary: 'Seedream 4.5 through one key for many models; the pictures come in the answer.',
  hosts: [host],
  secrets: [{ name: 'key', label: 'API key', required: true, help: 'https://openrouter.ai/settings/keys' }],
  settings: [gatewayAddress],
  limits: { together: 8 },
  models: [
    {
      id: 'seedream-4.5',
      ...seedream['4.5'],
      tasks: ['generate', 'edit'],
      pinned: false,
      // The endpoint takes 16, the model 14.
      maxReferences: 14,
      maxReferencesAndCount: seedreamReferencesAndCount,
      maxCount: 10,
      takes: {},
      price: {
        perPicture: 0.04,
        asOf: '2026-11-21',
        source: 'a public mirror of openrouter.ai/bytedance-seed/seedream-4.5; each answer says what it cost',
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
