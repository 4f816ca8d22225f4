import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { z } from 'zod';
import { drawPicture } from './draw-picture';
import type { Charge, FakeVendor } from './fake-vendor';
import { jsonAnswer, startFakeVendor, type Answer, type Call } from './fake-vendor-server';

const perPicture = 0.04;
const model = 'bytedance-seed/seedream-4.5';
const tiers: Record<string, [number, number]> = { '2K': [2048, 2048], '4K': [4096, 4096] };

/** Strict: a parameter that the model does not take is refused there. */
const bodySchema = z.strictObject({
  model: z.string(),
  prompt: z.string().min(1),
  input_references: z
    .array(z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string() }) }))
    .max(16)
    .default([]),
  size: z.string().default('2K'),
  n: z.int().min(1).max(10).default(1),
  stream: z.literal(false).default(false),
});

const messages: Record<number, string> = {
  400: 'Invalid request parameters',
  401: 'Missing Authentication header',
  402: 'Insufficient credits. Add more using https://openrouter.ai/credits',
  403: 'Only management keys can perform this operation',
  404: 'No endpoints found that support the requested parameters',
  413: 'Request payload too large',
  429: 'Rate limit exceeded',
  500: 'Internal Server Error',
  502: 'Provider returned error',
  524: 'Request timed out. Please try again later.',
  529: 'Provider returned error',
};

function errorAnswer(
  status: number,
  message = messages[status] ?? `Refused with ${status}`,
  metadata?: object,
) {
  return jsonAnswer(status, {
    error: { code: status, message, ...(metadata ? { metadata } : {}) },
    user_id: 'user_1',
  });
}

async function isPicture(url: string): Promise<boolean> {
  if (/^https?:\/\//.test(url)) return true;
  const data = /^data:image\/(jpeg|png|webp|gif);base64,([A-Za-z0-9+/]+=*)$/.exec(url);
  try {
    return (await sharp(Buffer.from(data?.[2] ?? '', 'base64')).metadata()).format === data?.[1];
  } catch {
    return false;
  }
}

/** OpenRouter's image endpoint with Seedream 4.5: one request, the pictures in the answer. Charges: one a request. */
export async function createFakeOpenRouter({ key = 'test-key' }: { key?: string } = {}): Promise<FakeVendor> {
  const charges: Charge[] = [];

  async function generate({ request, fault }: Call): Promise<Answer> {
    if (fault?.kind === 'moderation')
      return errorAnswer(
        403,
        `${model} requires moderation on ByteDance. Your input was flagged for "violence".`,
        {
          reasons: ['violence'],
          flagged_input: 'a red…',
          provider_name: 'ByteDance',
          model_slug: model,
        },
      );
    const parsed = bodySchema.safeParse(request.body);
    if (!parsed.success) return errorAnswer(400, parsed.error.issues[0]?.message);
    const { prompt, input_references: references, size, n } = parsed.data;
    if (parsed.data.model !== model) return errorAnswer(404, `No endpoints found for ${parsed.data.model}.`);
    const sides = /^(\d+)x(\d+)$/.exec(size);
    const [width, height] = tiers[size] ?? [Number(sides?.[1] ?? 0), Number(sides?.[2] ?? 0)];
    const isRight = width * height >= 2560 * 1440 && width * height <= 4096 * 4096;
    const taken = await Promise.all(references.map(({ image_url: { url } }) => isPicture(url)));
    if (!isRight || references.length > 14 || references.length + n > 15 || taken.includes(false))
      return errorAnswer(400, 'Provider returned error', {
        raw: '{"error":{"code":"InvalidParameter","message":"The parameter specified in the request is not valid."}}',
        provider_name: 'ByteDance',
      });
    const made = fault?.kind === 'partial' ? fault.pictures : n;
    const data = [];
    for (let index = 0; index < made; index += 1) {
      const bytes = await drawPicture({ width, height, from: JSON.stringify([prompt, references, index]) });
      const jpeg = await sharp(bytes).jpeg().toBuffer();
      data.push({ b64_json: jpeg.toString('base64'), media_type: 'image/jpeg' });
    }
    charges.push({ jobId: randomUUID(), pictures: made, at: Date.now() });
    const tokens = 4175 * made;
    const usage = {
      prompt_tokens: 0,
      completion_tokens: tokens,
      total_tokens: tokens,
      cost: perPicture * made,
    };
    return jsonAnswer(200, { created: Math.floor(Date.now() / 1000), data, usage });
  }

  return startFakeVendor(
    {
      authorization: `Bearer ${key}`,
      points: (method, path) => (method === 'POST' && path === '/api/v1/images' ? ['submit'] : []),
      lacks: ['catalogue', 'status', 'result', 'upload', 'download', 'cancel'],
      shows: { moderation: ['submit'], partial: ['submit'] },
      badKey: () => errorAnswer(401, 'User not found.'),
      noBalance: () => errorAnswer(402),
      refusal: (status) => errorAnswer(status),
      expired: (status) => errorAnswer(status),
      handle: async (call) => {
        if (call.request.points.includes('submit')) return generate(call);
        if (call.request.method === 'GET' && call.request.path === '/api/v1/key')
          return jsonAnswer(200, {
            data: { label: 'sk-or-v1-0e6...1c9', limit: 5, limit_remaining: 4.9, usage: 0.1 },
          });
        return errorAnswer(404, 'Not Found');
      },
    },
    charges,
  );
}
