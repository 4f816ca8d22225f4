import { z } from 'zod';
import { FailureError, type Failure } from '#core/failure';
import type {
  HttpAnswer,
  ModelSpec,
  Provider,
  ProviderTools,
  RemotePicture,
  RemoteResult,
  Submitted,
} from '#core/provider';
import type { ImageTask } from '#core/task';
import { dataLink, fromBase64 } from './base64';
import { referencePicture } from './reference-picture';
import { seedream, seedreamReferences, seedreamReferencesAndCount } from './seedream';
import { httpFailure, readAnswer, unreadable, type VendorName } from './vendor-answer';

/**
 * Ark, ByteDance's own interface to Seedream, as BytePlus and Volcengine serve it. Sources: docs.byteplus.com/en/docs/
 * ModelArk/1541523 and 1824121 (image generation), 1299023 (error codes), and the types of its own Python client,
 * volcengine/volcengine-python-sdk.
 *
 * The answer to the one request has the links of the pictures. There is no job to ask for, nothing to stop and no key
 * against a second charge: a cut connection leaves the decision to the person (`none`).
 *
 * Unverified: the codes of a 429, the status of a model that is not opened, an error as the whole body of a 200. All of
 * them are read by their code, whatever status they come with.
 */
export interface ArkVendor extends VendorName {
  /** Where a model is opened for an account. */
  console: string;
  host: string;
  /** Model id → the vendor's dated name. */
  models: Readonly<Record<string, string>>;
}

/** A set of fifteen pictures takes minutes; this is as long as a connection is held without an answer. */
const timeout = 300_000;

type Version = keyof typeof seedream;

/** A Seedream version as Ark serves it. The vendor's dated names are pinned; a seed is for 3.0 only. */
export function arkModel(version: Version, price: ModelSpec['price']): ModelSpec {
  return {
    id: `seedream-${version}`,
    ...seedream[version],
    tasks: ['generate', 'edit'],
    pinned: true,
    maxReferences: 14,
    maxCount: 15,
    maxReferencesAndCount: seedreamReferencesAndCount,
    takes: {},
    price,
    seconds: { low: 8, high: 90 },
  };
}

const words = z.string().nullish().catch(null);
const saidSchema = z.object({ code: words, message: words });
type Said = z.infer<typeof saidSchema>;
const errorSchema = z.object({ error: saidSchema });
const resultSchema = z.object({
  data: z.array(z.object({ url: words, b64_json: words, error: saidSchema.nullish().catch(null) })),
  usage: z
    .object({ generated_images: z.number().nullish().catch(null) })
    .nullish()
    .catch(null),
});

export function arkProvider(
  vendor: ArkVendor,
  about: Pick<Provider, 'id' | 'label' | 'homepage' | 'summary' | 'models'>,
): Provider {
  return {
    ...about,
    revision: 1,
    hosts: [vendor.host],
    secrets: [{ name: 'key', label: 'API key', required: true, help: `https://${vendor.keys}` }],
    settings: [
      {
        name: 'baseUrl',
        label: 'Address',
        initial: '',
        hint: 'Only for another region or a gateway: every call goes to this origin.',
      },
    ],
    // 500 pictures a minute and model, by a third party's copy of Volcengine's page.
    limits: { together: 8, perMinute: 500 },
    recovery: 'none',
    submit: (task, tools) => submit(task, tools, vendor),
    readError: (answer) => readError(answer, vendor),
  };
}

async function submit(task: ImageTask, tools: ProviderTools, vendor: ArkVendor): Promise<Submitted> {
  const model = vendor.models[task.model.model];
  if (task.kind === 'upscale' || model === undefined) throw new Error('checkTask refuses this');
  const links =
    task.kind === 'edit'
      ? await Promise.all(
          task.images.map(async (image, index) =>
            dataLink(await referencePicture(image, index + 1, seedreamReferences, tools)),
          ),
        )
      : [];
  const answer = await tools.spend({
    method: 'POST',
    url: `${vendor.host}/api/v3/images/generations`,
    headers: { authorization: `Bearer ${tools.secret('key')}` },
    timeout,
    json: {
      // Without this a mark is drawn into the picture.
      watermark: false,
      ...task.extra,
      model,
      prompt: task.prompt,
      ...(links.length === 0 ? {} : { image: links }),
      size: `${task.size.width}x${task.size.height}`,
      // An upper bound: how many pictures a set has, the model reads from the prompt.
      ...(task.count === 1
        ? {}
        : {
            sequential_image_generation: 'auto',
            sequential_image_generation_options: { max_images: task.count },
          }),
      response_format: 'url',
      stream: false,
    },
  });
  return { state: 'done', result: readResult(answer, vendor) };
}

function readResult(answer: HttpAnswer, vendor: ArkVendor): RemoteResult {
  const refusal = errorSchema.safeParse(answer.json).data?.error;
  if (refusal) {
    const status = statusOf(refusal);
    const failure = saidFailure(refusal, { ...answer, status }, vendor);
    // What is no refusal leaves open what became of the request.
    if (failure.charge !== 'none') throw new FailureError(failure);
    return { pictures: [{ from: 'nowhere', failure }] };
  }
  const { data, usage } = readAnswer(resultSchema, answer, vendor, 'the order');
  const made = data.flatMap(({ url, b64_json: text }): RemotePicture[] => {
    if (url) return [{ from: 'url', request: { method: 'GET', url } }];
    const bytes = fromBase64(text ?? '');
    return bytes === undefined ? [] : [{ from: 'bytes', bytes }];
  });
  const refused = data.flatMap(({ error }) => (error ? [pictureFailure(error, answer, vendor)] : []));
  const vendorId = answer.headers['x-request-id'];
  const about = vendorId === undefined ? {} : { vendorId };
  // What was refused of a set is not paid for and has no picture: the links that are there are what must be kept.
  if (made.length > 0) {
    const notes = refused.length === 0 ? {} : { notes: { refused: refused.map(({ message }) => message) } };
    return { pictures: made, ...about, ...notes };
  }
  if (refused.length === 0 || (usage?.generated_images ?? 0) > 0)
    throw new FailureError(unreadable(answer, vendor, 'the order'));
  return { pictures: refused.map((failure) => ({ from: 'nowhere', failure })), ...about };
}

/** Why one picture of a set is not there. Only pictures that were made are billed. */
function pictureFailure(said: Said, answer: HttpAnswer, vendor: ArkVendor): Failure {
  const moderation = moderated(said, answer, vendor);
  if (moderation !== undefined) return moderation;
  const message = `${vendor.name} took the request and could not make the picture. Run it again.`;
  return { code: 'job-failed', act: 'vendor', charge: 'none', message, detail: wordsOf(said) };
}

function readError(answer: HttpAnswer, vendor: ArkVendor): Failure {
  const said = errorSchema.safeParse(answer.json).data?.error;
  return said === undefined ? httpFailure(answer, vendor) : saidFailure(said, answer, vendor);
}

function wordsOf({ code, message }: Said): string {
  return [code, message].filter(Boolean).join(': ');
}

/** An error as Ark words it: the code decides, also under a status that says less. */
function saidFailure(said: Said, answer: HttpAnswer, vendor: ArkVendor): Failure {
  const code = said.code ?? '';
  const failure = httpFailure(answer, vendor, wordsOf(said));
  const moderation = moderated(said, answer, vendor);
  if (moderation !== undefined) return moderation;
  if (/Overdue/.test(code)) return httpFailure({ ...answer, status: 402 }, vendor, wordsOf(said));
  if (answer.status >= 500) return failure;
  if (/NotOpen|AccessDisabled|InvalidEndpoint|UnsupportedModel/.test(code)) {
    const message = `${vendor.name} has not opened this model for your account. Open it at ${vendor.console}, then run again.`;
    return { ...failure, code: 'model-closed', act: 'user', charge: 'none', message };
  }
  if (/QuotaExceeded|SetLimitExceeded/.test(code)) {
    const message = `What your account may use of this model at ${vendor.name} is used up. Raise it at ${vendor.console}.`;
    return { ...failure, code: 'quota', act: 'user', charge: 'none', message };
  }
  return failure;
}

function moderated(said: Said, answer: HttpAnswer, { name }: ArkVendor): Failure | undefined {
  const code = said.code ?? '';
  if (!/Sensitive|Risk/.test(code)) return undefined;
  const what = code.startsWith('InputImage')
    ? 'refused a picture that was sent. Take another one.'
    : code.startsWith('OutputImage')
      ? 'held back the picture that was made. Change the words or the pictures.'
      : 'refused this prompt. Change the words.';
  const person = code.includes('PrivacyInformation') ? ' It seems to show a real person.' : '';
  const message = `The safety check at ${name} ${what}${person}`;
  const detail = `HTTP ${answer.status}: ${wordsOf(said)}`;
  return { code: 'moderation', act: 'user', charge: 'none', message, detail };
}

/** The status that belongs to an error which came with a 200. */
function statusOf(error: Said): number {
  const code = error.code ?? '';
  if (code.startsWith('Authentication')) return 401;
  if (code.includes('Denied')) return 403;
  if (/^(RateLimit|TooManyRequests)/.test(code)) return 429;
  return /Parameter|Sensitive|Risk|Endpoint|NotOpen|Model|Quota|SetLimit|Overdue/.test(code) ? 400 : 500;
}
