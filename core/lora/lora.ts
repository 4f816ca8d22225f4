import { z } from 'zod';

/** The model families a LoRA can be made for: what was trained on one of them changes no model of another. */
export const loraBases = {
  'sd-1': 'Stable Diffusion 1',
  'sd-2': 'Stable Diffusion 2',
  sdxl: 'Stable Diffusion XL',
  'sd-3': 'Stable Diffusion 3',
  'flux-1': 'FLUX.1',
  'flux-2': 'FLUX.2',
  'qwen-image': 'Qwen-Image',
  'z-image': 'Z-Image',
  'lumina-2': 'Lumina 2',
  chroma: 'Chroma',
  wan: 'Wan',
  'hunyuan-video': 'HunyuanVideo',
} as const;
export type LoraBase = keyof typeof loraBases;

export const loraBaseSchema = z.enum(Object.keys(loraBases) as [LoraBase, ...LoraBase[]]);

/** In the place of a base: it comes from a rehearsal, and fits no model. */
export const sandboxBase = 'sandbox';

/** What a LoRA file says of itself in its header. What it does not say is left out; nothing is guessed. */
export const loraFactsSchema = z.object({
  title: z.string().optional(),
  /** Only where everything the header says of it agrees. */
  base: loraBaseSchema.optional(),
  /** The base in the header's own words. */
  baseSaid: z.string().optional(),
  /** Words that call it up, as its maker wrote them. */
  triggers: z.array(z.string()),
  /** The words its training pictures were captioned with most often, the most frequent first. */
  frequent: z.array(z.object({ word: z.string(), count: z.number().nonnegative() })),
  rank: z.number().positive().optional(),
  alpha: z.number().optional(),
  /** Pixels it was trained at. */
  resolution: z.object({ width: z.number(), height: z.number() }).optional(),
  licence: z.string().optional(),
  author: z.string().optional(),
  about: z.string().optional(),
});
export type LoraFacts = z.infer<typeof loraFactsSchema>;

/** A LoRA where models run. */
export const loraFileSchema = z.object({
  /** As the place lists it: with its folders, in the place's own way of writing them. */
  name: z.string(),
  bytes: z.number().int().nonnegative().optional(),
  /** Milliseconds since 1970. */
  modified: z.number().optional(),
  /** Which of the place's folders it is in, where the place has several and asks for it. */
  folder: z.number().int().nonnegative().optional(),
});
export type LoraFile = z.infer<typeof loraFileSchema>;

/** A LoRA in a list: what is known of it without asking for it by itself. */
export interface ListedLora extends LoraFile {
  facts?: LoraFacts;
}

/** All that can be had of one LoRA; `preview` is the hash of a picture. */
export interface LoraDetails {
  name: string;
  facts?: LoraFacts;
  preview?: string;
}

/** Names by which the same file is meant: its folders and its ending do not count, nor do capitals. */
export function loraKey(name: string): string {
  const plain = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1).trim();
  return plain.toLowerCase().replace(/\.(safetensors|sft|ckpt|pth?|bin)$/, '');
}

/** The file that is meant by a name: that very one, else the first whose own name it is. */
export function loraNamed<T extends { name: string }>(name: string, files: readonly T[]): T | undefined {
  const key = loraKey(name);
  return files.find((file) => file.name === name) ?? files.find((file) => loraKey(file.name) === key);
}

/** The words to show: what its maker wrote, else the most frequent of its captions. */
export function loraWords(facts: LoraFacts): { kind: 'trigger' | 'frequent'; words: string[] } | undefined {
  if (facts.triggers.length > 0) return { kind: 'trigger', words: facts.triggers };
  if (facts.frequent.length > 0) return { kind: 'frequent', words: facts.frequent.map(({ word }) => word) };
  return undefined;
}
