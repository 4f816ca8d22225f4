import { z } from 'zod';
import {
  marketRefusal,
  marketSize,
  startFakeMarket,
  type FakeMarketOptions,
  type MarketInput,
} from './fake-market';
import type { FakeVendor, MultipartSummary } from './fake-vendor';
import { bytesAnswer, jsonAnswer, type Answer, type Call } from './fake-vendor-server';

export interface FakeKieOptions extends FakeMarketOptions {
  /** Where the answer to an upload has the link. */
  linkField?: 'downloadUrl' | 'fileUrl';
}

const aspect = z.enum(['1:1', '4:3', '3:4', '16:9', '9:16', '2:3', '3:2', '21:9']);
const urls = (most: number) => z.array(z.url()).min(1).max(most);
const switches = { nsfw_checker: z.boolean().optional() };
const aspectOfSize: Readonly<Record<string, string>> = {
  square: '1:1',
  square_hd: '1:1',
  portrait_4_3: '3:4',
  portrait_3_2: '2:3',
  portrait_16_9: '9:16',
  landscape_4_3: '4:3',
  landscape_3_2: '3:2',
  landscape_16_9: '16:9',
  landscape_21_9: '21:9',
};

/** 4.5 and 5.0 Lite: one picture of an aspect at one of two qualities. */
function byQuality(mostWords: number, high: number, links: number | undefined) {
  return z
    .strictObject({
      prompt: z.string().min(1).max(mostWords),
      aspect_ratio: aspect,
      quality: z.enum(['basic', 'high']),
      image_urls: links === undefined ? z.never().optional() : urls(links),
      ...switches,
    })
    .transform(({ aspect_ratio: ratio, quality, image_urls: sent }): MarketInput => {
      return { ...marketSize(ratio, quality === 'basic' ? 1 : high), pictures: 1, links: sent ?? [] };
    });
}

/** 4.0: a set of pictures of a named size at a tier. */
function bySize(links: number | undefined) {
  const scale = { '1K': 0.5, '2K': 1, '4K': 2 } as const;
  return z
    .strictObject({
      prompt: z.string().min(1).max(5000),
      image_size: z.enum(Object.keys(aspectOfSize)).default('square_hd'),
      image_resolution: z.enum(['1K', '2K', '4K']).default('1K'),
      max_images: z.int().min(1).max(6).default(1),
      seed: z.int().optional(),
      image_urls: links === undefined ? z.never().optional() : urls(links),
      ...switches,
    })
    .transform((asked): MarketInput => {
      const { image_size: name, image_resolution: tier, max_images: pictures, image_urls: sent } = asked;
      return { ...marketSize(aspectOfSize[name]!, scale[tier]), pictures, links: sent ?? [] };
    });
}

const inputs: Readonly<Record<string, z.ZodType<MarketInput>>> = {
  'seedream/4.5-text-to-image': byQuality(3000, 2, undefined),
  'seedream/4.5-edit': byQuality(3000, 2, 14),
  'seedream/5-lite-text-to-image': byQuality(5000, 1.5, undefined),
  'seedream/5-lite-image-to-image': byQuality(5000, 1.5, 14),
  'bytedance/seedream-v4-text-to-image': bySize(undefined),
  'bytedance/seedream-v4-edit': bySize(10),
};

/**
 * kie.ai with its upload and its file hosts, on one origin. Nothing says that a task which fails is given its credits back:
 * here it is not.
 */
export async function createFakeKie(options: FakeKieOptions = {}): Promise<FakeVendor> {
  const { linkField = 'downloadUrl', refuses } = options;
  const uploads = new Map<string, { bytes: Buffer; type: string }>();

  function take({ request, origin }: Call): Answer {
    const { fields, files } = (request.body ?? { fields: {}, files: [] }) as MultipartSummary;
    const file = files?.find(({ field }) => field === 'file');
    const { uploadPath, fileName } = fields ?? {};
    if (file === undefined || !uploadPath) return marketRefusal(400, 'uploadPath is required', refuses);
    const path = `/files/${uploadPath}/${fileName ?? file.name}`;
    // The same name again takes the place of the one before.
    uploads.set(path, { bytes: file.bytes, type: file.contentType });
    const data = { fileName, filePath: path, [linkField]: `${origin}${path}`, fileSize: file.bytes.length };
    return jsonAnswer(200, { success: true, code: 200, msg: 'File uploaded successfully', data });
  }

  return startFakeMarket(
    {
      read(model, input) {
        const schema = inputs[model];
        if (schema === undefined) return { problem: 'The page does not exist or is not published' };
        const parsed = schema.safeParse(input);
        return parsed.data ?? { problem: z.prettifyError(parsed.error!) };
      },
      states: { new: 'waiting', working: 'generating' },
      resultJson: (links) => JSON.stringify({ resultUrls: links }),
      refunds: false,
      record: ({ id, input }) => ({
        model: 'seedream',
        param: input.from,
        createTime: 1_795_262_400_000,
        updateTime: 1_795_262_400_000,
        creditsConsumed: 6.5 * input.pictures,
        costTime: id.length,
      }),
      upload: {
        path: '/api/file-stream-upload',
        take,
        file(path) {
          const file = uploads.get(path);
          return file && bytesAnswer(200, file.bytes, file.type);
        },
      },
    },
    options,
  );
}
