import { z } from 'zod';
import type { ImageHost } from '#core/image-host';
import { fal, falStorage, uploadToFal } from './kit/fal-storage';
import { gatewayAddress } from './kit/gateway-address';
import { httpFailure } from './kit/vendor-answer';

/**
 * fal's storage as a place for the pictures of other vendors. Source: the types of fal's own client, fal-ai/fal-js (storage).
 * How long fal keeps a file is the account's own setting and is not told with the upload: a day is counted on.
 */
const day = 86_400_000;

const errorSchema = z.object({ detail: z.string() });

const host: ImageHost = {
  id: 'fal',
  label: 'fal storage',
  homepage: 'https://fal.ai',
  summary: 'Uses your fal key. Who knows a link can open the picture.',
  hosts: [falStorage],
  secrets: [{ name: 'key', label: 'API key', required: true, help: 'https://fal.ai/dashboard/keys' }],
  settings: [gatewayAddress],
  async upload({ hash, data, type }, tools) {
    const name = `${hash}.${type.slice(type.indexOf('/') + 1)}`;
    return { link: await uploadToFal({ name, data, type }, tools), until: tools.now() + day };
  },
  readError: (answer) => httpFailure(answer, fal, errorSchema.safeParse(answer.json).data?.detail),
};

export default host;
