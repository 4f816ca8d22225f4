import type { HttpRequest, ModelSpec, OnEvent, Provider, ProviderTools, Submitted } from '#core/provider';
import type { ImageTask } from '#core/task';
import { readError, type ArkVendor } from './ark-errors';
import { ArkPictures } from './ark-pictures';
import { dataLink } from './base64';
import { ofEach, referencePicture } from './reference-picture';
import { seedream, seedreamReferences, seedreamReferencesAndCount } from './seedream';
import { bearer } from './vendor-answer';

/**
 * Ark, ByteDance's own interface to Seedream, as BytePlus and Volcengine serve it. Sources: docs.byteplus.com/en/docs/
 * ModelArk/1541523 and 1824121 (image generation), 1299023 (error codes), and the types of its own Python client,
 * volcengine/volcengine-python-sdk.
 *
 * The answer to the one request has the links of the pictures. There is no job to ask for, nothing to stop and no key
 * against a second charge: a cut connection leaves the decision to the person (`none`). A set is asked for as a stream of
 * events, so that each picture is here as soon as it is made, and stays when the stream is cut; a gateway that answers in
 * one piece all the same is read too.
 *
 * Unverified: the codes of a 429, the status of a model that is not opened, an error as the whole body of a 200. All of
 * them are read by their code, whatever status they come with.
 */

/** As long as a connection is held without an answer. A set of fifteen pictures takes minutes: of it something comes in between. */
const timeout = 300_000;
const timeoutOfSet = 1_200_000;
const silence = 240_000;

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
    sets: true,
    maxReferencesAndCount: seedreamReferencesAndCount,
    takes: {},
    price,
    seconds: { low: 8, high: 90 },
  };
}

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
      ? await ofEach(task.images, async (image, place) =>
          dataLink(await referencePicture(image, place, seedreamReferences, tools)),
        )
      : [];
  const isSet = task.count > 1;
  const pictures = new ArkPictures(task.count, vendor);
  const onEvent: OnEvent = async (event) => {
    const next = pictures.readEvent(event);
    if (pictures.made > 0) await tools.arrived(pictures.result());
    return next;
  };
  const request: HttpRequest = {
    method: 'POST',
    url: `${vendor.host}/api/v3/images/generations`,
    headers: bearer(tools),
    ...(isSet ? { timeout: timeoutOfSet, silence } : { timeout }),
    json: {
      // Without this a mark is drawn into the picture.
      watermark: false,
      ...task.extra,
      model,
      prompt: task.prompt,
      ...(links.length === 0 ? {} : { image: links }),
      size: `${task.size.width}x${task.size.height}`,
      // An upper bound: how many pictures a set has, the model reads from the prompt.
      ...(isSet
        ? {
            sequential_image_generation: 'auto',
            sequential_image_generation_options: { max_images: task.count },
          }
        : {}),
      response_format: 'url',
      stream: isSet,
    },
  };
  const answer = await (isSet ? tools.spend(request, onEvent) : tools.spend(request));
  if (!pictures.hasBegun) pictures.readAnswer(answer);
  return { state: 'done', result: pictures.result(answer) };
}
