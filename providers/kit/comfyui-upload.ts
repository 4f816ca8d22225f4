import { z } from 'zod';
import type { ProviderTools } from '#core/provider';
import type { ImageRef } from '#core/values';
import {
  addressOf,
  authorization,
  comfyui,
  loadValue,
  loadedFile,
  viewRequest,
  type ComfyuiFile,
} from './comfyui-client';
import { referencePicture, type ReferenceLimits, type ReferencePicture } from './reference-picture';
import { answered, readAnswer } from './vendor-answer';

const uploadedSchema = z.object({ name: z.string(), subfolder: z.string().nullish().catch(null) });
const loadable: ReferenceLimits = { formats: ['png', 'jpeg', 'webp', 'gif', 'tiff'], maxBytes: 100_000_000 };
const subfolder = 'seedloom';

/** How long it is worth asking whether a file is still on the server, milliseconds. */
export const rememberedFor = 30 * 24 * 3600 * 1000;

/**
 * Gives the value for `LoadImage.image` of a picture that is on the server: one that this server made or was sent before is
 * named where it lies, any other is put into ComfyUI's input folder, named by its content. `place` is its number among the
 * task's pictures, from 1. What is remembered is never trusted: a pod may be another one today.
 */
export async function uploadPicture(image: ImageRef, place: number, tools: ProviderTools): Promise<string> {
  const picture = await referencePicture(image, place, loadable, tools);
  const own: ComfyuiFile = { filename: picture.name, subfolder, type: 'input' };
  let isFresh = false;
  const brought = async () => {
    isFresh = true;
    return (await isThere(own, picture, tools)) ? loadValue(own) : upload(picture, tools);
  };
  const known = await tools.uploaded(picture.hash, async () => ({
    link: await brought(),
    until: tools.now() + rememberedFor,
  }));
  return isFresh || (await isThere(loadedFile(known), picture, tools)) ? known : brought();
}

/**
 * Whether the server has a file of that name and exactly that size. The name is of its content or of one job alone, so the
 * size proves the rest. `HEAD` sends no picture; a server or gateway that does not know it has nothing.
 */
async function isThere(
  file: ComfyuiFile,
  { bytes }: ReferencePicture,
  tools: ProviderTools,
): Promise<boolean> {
  const asked = await answered(tools.ask({ ...viewRequest(tools, file), method: 'HEAD' }));
  return asked.ok && Number(asked.answer.headers['content-length']) === bytes.byteLength;
}

async function upload({ bytes, format, name }: ReferencePicture, tools: ProviderTools): Promise<string> {
  const answer = await tools.ask({
    method: 'POST',
    url: `${addressOf(tools)}/upload/image`,
    headers: authorization(tools),
    form: [
      { name: 'image', file: { name, data: bytes, type: `image/${format}` } },
      { name: 'type', value: 'input' },
      { name: 'subfolder', value: subfolder },
      { name: 'overwrite', value: 'true' },
    ],
  });
  const stored = readAnswer(uploadedSchema, answer, comfyui, 'the upload of a picture');
  return loadValue({ filename: stored.name, subfolder: stored.subfolder ?? '', type: 'input' });
}
