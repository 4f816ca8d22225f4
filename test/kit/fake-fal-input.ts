import { z } from 'zod';

/** fal's input rules for the six Seedream endpoints, as its schemas and pages give them. */

export interface FalEndpoint {
  id: string;
  /** Status, result and cancel live under owner/alias, never under the whole endpoint id. */
  app: string;
  model: 'v4' | 'v4.5' | 'v5-lite';
  edit: boolean;
}

export const falEndpoints: readonly FalEndpoint[] = [
  ['fal-ai/bytedance/seedream/v4', 'fal-ai/bytedance', 'v4'] as const,
  ['fal-ai/bytedance/seedream/v4.5', 'fal-ai/bytedance', 'v4.5'] as const,
  ['bytedance/seedream/v5/lite', 'bytedance/seedream', 'v5-lite'] as const,
].flatMap(([base, app, model]) => [
  { id: `${base}/text-to-image`, app, model, edit: false },
  { id: `${base}/edit`, app, model, edit: true },
]);

export interface FalInput {
  prompt: string;
  imageUrls: string[];
  width: number;
  height: number;
  /** Separate generations. */
  generations: number;
  /** The most pictures one generation may give. */
  perGeneration: number;
  /** Absent where the client gave none or the model knows none (v5 lite). */
  seed: number | undefined;
  dataUri: boolean;
}

/** One entry of a 422's `detail`. */
export interface FalDetail {
  loc: (string | number)[];
  msg: string;
  type: string;
  url: string;
  ctx?: Record<string, unknown>;
}

export function falDetail(
  loc: (string | number)[],
  msg: string,
  type: string,
  ctx?: Record<string, unknown>,
): FalDetail {
  return { loc, msg, type, url: `https://docs.fal.ai/errors/#${type}`, ...(ctx ? { ctx } : {}) };
}

const MOST_PIXELS = 4096 * 4096;
const LEAST_PIXELS = { v4: 960 * 960, 'v4.5': 2560 * 1440, 'v5-lite': 2560 * 1440 };

// fal names the presets but not their pixels for Seedream; these are ByteDance's recommended sizes.
const presets: Record<string, [number, number]> = {
  square_hd: [2048, 2048],
  square: [2048, 2048],
  portrait_4_3: [1728, 2304],
  portrait_16_9: [1440, 2560],
  landscape_4_3: [2304, 1728],
  landscape_16_9: [2560, 1440],
  auto_2K: [2048, 2048],
  auto_4K: [4096, 4096],
};

function presetsOf(model: FalEndpoint['model']): Record<string, [number, number]> {
  if (model === 'v4') return { ...presets, auto: [2048, 2048] };
  if (model === 'v5-lite') return { ...presets, auto_3K: [3072, 3072] };
  return presets;
}

function schemaOf(endpoint: FalEndpoint) {
  const schema = z.object({
    prompt: z.string().min(1),
    image_urls: endpoint.edit ? z.array(z.string()).min(1) : z.unknown().optional(),
    image_size: z
      .union([
        z.enum(Object.keys(presetsOf(endpoint.model))),
        z.object({ width: z.int().positive(), height: z.int().positive() }),
      ])
      .optional(),
    num_images: z.int().min(1).max(6).default(1),
    max_images: z.int().min(1).max(6).default(1),
    seed: endpoint.model === 'v5-lite' ? z.unknown().optional() : z.int().optional(),
    sync_mode: z.boolean().default(false),
    enable_safety_checker: z.boolean().default(true),
  });
  return endpoint.model === 'v4'
    ? schema.extend({ enhance_prompt_mode: z.enum(['standard', 'fast']).optional() })
    : schema;
}

const types: Record<string, string> = {
  too_small: 'greater_than_equal',
  too_big: 'less_than_equal',
  invalid_value: 'literal_error',
  invalid_union: 'literal_error',
};

function holds(value: unknown, path: PropertyKey[]): boolean {
  let inner = value;
  for (const key of path) {
    if (typeof inner !== 'object' || inner === null || !(key in inner)) return false;
    inner = (inner as Record<PropertyKey, unknown>)[key];
  }
  return true;
}

function fits(endpoint: FalEndpoint, width: number, height: number): boolean {
  const pixels = width * height;
  if (endpoint.model === 'v5-lite') return true;
  if (endpoint.model === 'v4') return pixels <= MOST_PIXELS && (endpoint.edit || pixels >= LEAST_PIXELS.v4);
  const sides = [width, height].every((side) => side >= 1920 && side <= 4096);
  return sides || (pixels >= LEAST_PIXELS['v4.5'] && pixels <= MOST_PIXELS);
}

/** v4 edit scales small sizes up; v5 lite rescales whatever is out of range. */
function rescaled(endpoint: FalEndpoint, width: number, height: number): [number, number] {
  const pixels = width * height;
  const least = endpoint.model === 'v4' ? 921_600 : LEAST_PIXELS[endpoint.model];
  if (pixels < least && endpoint.model !== 'v4.5') {
    const factor = Math.sqrt(least / pixels);
    return [Math.ceil(width * factor), Math.ceil(height * factor)];
  }
  if (pixels > MOST_PIXELS) {
    const factor = Math.sqrt(MOST_PIXELS / pixels);
    return [Math.floor(width * factor), Math.floor(height * factor)];
  }
  return [width, height];
}

export function readFalInput(endpoint: FalEndpoint, body: unknown): FalInput | { detail: FalDetail[] } {
  const parsed = schemaOf(endpoint).safeParse(body);
  if (!parsed.success) {
    const detail = parsed.error.issues.map((issue) => {
      const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
      return holds(body, issue.path)
        ? falDetail(['body', ...path], issue.message, types[issue.code] ?? 'type_error')
        : falDetail(['body', ...path], 'Field required', 'missing');
    });
    return { detail };
  }
  const input = parsed.data;
  const asked = input.image_size ?? { width: 2048, height: 2048 };
  const [width, height] =
    typeof asked === 'string'
      ? (presetsOf(endpoint.model)[asked] ?? [2048, 2048])
      : [asked.width, asked.height];
  if (!fits(endpoint, width, height)) {
    const least = LEAST_PIXELS[endpoint.model];
    const msg = `Image size must be between ${least} and ${MOST_PIXELS} pixels`;
    return {
      detail: [
        falDetail(['body', 'image_size'], msg, 'value_error', { min_pixels: least, max_pixels: MOST_PIXELS }),
      ],
    };
  }
  const imageUrls = endpoint.edit ? (input.image_urls as string[]) : [];
  // Over ten references fal uses the last ten and says nothing.
  const used = imageUrls.slice(-10);
  if (used.length + input.max_images > 15) {
    return {
      detail: [
        falDetail(['body', 'max_images'], 'Input and output images must be 15 at most', 'value_error'),
      ],
    };
  }
  const [finalWidth, finalHeight] = rescaled(endpoint, width, height);
  return {
    prompt: input.prompt,
    imageUrls: used,
    width: finalWidth,
    height: finalHeight,
    generations: input.num_images,
    perGeneration: input.max_images,
    seed: endpoint.model !== 'v5-lite' && typeof input.seed === 'number' ? input.seed : undefined,
    dataUri: input.sync_mode,
  };
}
