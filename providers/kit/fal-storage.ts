import { z } from 'zod';
import type { FreeTools } from '#core/provider';
import { readAnswer, type VendorName } from './vendor-answer';

/** fal's storage: fal's own references go there, and those of others when it is the image host. */
export const fal: VendorName = {
  name: 'fal',
  keys: 'fal.ai/dashboard/keys',
  billing: 'fal.ai/dashboard/billing',
  usage: 'fal.ai/dashboard',
};
export const falStorage = 'https://rest.fal.ai';

const uploadSchema = z.object({ file_url: z.string(), upload_url: z.string() });

export function falHeaders(tools: Pick<FreeTools, 'secret'>): Record<string, string> {
  return { authorization: `Key ${tools.secret('key')}` };
}

/** Where a file can be put, and the link it will have. */
export async function beginUpload({ name, type }: { name: string; type: string }, tools: FreeTools) {
  const initiated = await tools.ask({
    method: 'POST',
    url: `${falStorage}/storage/upload/initiate?storage_type=fal-cdn-v3`,
    headers: falHeaders(tools),
    json: { content_type: type, file_name: name },
  });
  return readAnswer(uploadSchema, initiated, fal, 'the upload of a reference');
}

/** Brings a file to fal's storage and gives its link, which is open to everybody who knows it. `type` is its media type. */
export async function uploadToFal(
  { name, data, type }: { name: string; data: Uint8Array; type: string },
  tools: FreeTools,
): Promise<string> {
  const links = await beginUpload({ name, type }, tools);
  // A signed link: the key must not go along.
  await tools.ask({ method: 'PUT', url: links.upload_url, bytes: { data, type } });
  return links.file_url;
}
