import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { z } from 'zod';
import { drawPicture } from './draw-picture';
import type { Charge, FakeVendor } from './fake-vendor';
import {
  bytesAnswer,
  jsonAnswer,
  startFakeVendor,
  textAnswer,
  type Answer,
  type Call,
} from './fake-vendor-server';

export interface FakeAbacusOptions {
  key?: string;
  /** What the account has. */
  models?: readonly string[];
  /** Where the pictures are: in the answer, or behind links in it. */
  pictures?: 'inside' | 'links';
}

const sizes: Record<string, [number, number]> = {
  '1:1': [2048, 2048],
  '16:9': [2560, 1440],
  '9:16': [1440, 2560],
};
const part = z.union([
  z.object({ type: z.literal('text'), text: z.string().min(1) }),
  z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string() }) }),
]);
const bodySchema = z.strictObject({
  model: z.string(),
  modalities: z.tuple([z.literal('image')]),
  image_config: z.strictObject({ aspect_ratio: z.enum(['1:1', '16:9', '9:16']).default('1:1') }),
  messages: z.tuple([z.object({ role: z.literal('user'), content: z.array(part).min(1) })]),
  stream: z.literal(false).default(false),
});

const errorAnswer = (status: number, message: string) =>
  jsonAnswer(status, { error: { message, type: 'invalid_request_error', code: status } });

/**
 * RouteLLM's chat with pictures, so far as its page and those who use it tell. Charges: one a request that was answered with
 * a picture.
 */
export async function createFakeAbacus({
  key = 'test-key',
  models = ['route-llm', 'flux2_pro', 'seedream'],
  pictures = 'inside',
}: FakeAbacusOptions = {}): Promise<FakeVendor> {
  const charges: Charge[] = [];
  const files = new Map<string, Buffer>();

  async function chat({ request, origin, fault }: Call): Promise<Answer> {
    if (fault?.kind === 'moderation')
      return errorAnswer(400, 'The request was rejected by the safety system of the model.');
    const parsed = bodySchema.safeParse(request.body);
    if (!parsed.success) return errorAnswer(400, parsed.error.issues[0]?.message ?? 'Invalid request');
    const { model, image_config: config, messages } = parsed.data;
    if (!models.includes(model)) return errorAnswer(400, `Model ${model} is not supported`);
    const [width, height] = sizes[config.aspect_ratio]!;
    const bytes = await sharp(await drawPicture({ width, height, from: JSON.stringify(messages) }))
      .jpeg()
      .toBuffer();
    const id = `chatcmpl-${randomUUID()}`;
    files.set(`/files/${id}.jpeg`, bytes);
    charges.push({ jobId: id, pictures: 1, at: Date.now() });
    const inside = `data:image/jpeg;base64,${bytes.toString('base64')}`;
    const image_url = { url: pictures === 'links' ? `${origin}/files/${id}.jpeg` : inside };
    return jsonAnswer(200, {
      id,
      object: 'chat.completion',
      model,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: '', images: [{ type: 'image_url', image_url }] },
          finish_reason: 'stop',
        },
      ],
      usage: { prompt_tokens: 9, completion_tokens: 1, total_tokens: 10, compute_points_used: 300 },
    });
  }

  return startFakeVendor(
    {
      authorization: `Bearer ${key}`,
      points: (method, path) => {
        if (path.startsWith('/files/')) return ['download'];
        if (path === '/v1/models') return ['catalogue'];
        return method === 'POST' && path === '/v1/chat/completions' ? ['submit'] : [];
      },
      lacks: [
        'status',
        'result',
        'upload',
        'cancel',
        ...(pictures === 'links' ? [] : (['download'] as const)),
      ],
      isOpen: (path) => path.startsWith('/files/'),
      shows: { moderation: ['submit'] },
      badKey: () => errorAnswer(401, 'Invalid API key'),
      noBalance: () => errorAnswer(402, 'You have run out of credits'),
      refusal: (status) => errorAnswer(status, `Refused with ${status}`),
      expired: (status) => textAnswer(status, 'Gone'),
      async handle(call) {
        const { points, path } = call.request;
        if (points.includes('submit')) return chat(call);
        if (points.includes('catalogue'))
          return jsonAnswer(200, { object: 'list', data: models.map((id) => ({ id, object: 'model' })) });
        const file = files.get(path);
        return file ? bytesAnswer(200, file, 'image/jpeg') : errorAnswer(404, 'Not found');
      },
    },
    charges,
  );
}
