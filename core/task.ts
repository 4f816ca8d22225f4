import { z } from 'zod';
import type { JsonObject } from './json';
import { imageRefSchema, loraRefSchema, sizeSchema, type Size } from './values';

/** Which provider and which of its models (the short ids `seedloom providers` lists). */
export const modelRefSchema = z.object({ provider: z.string(), model: z.string() });
export type ModelRef = z.infer<typeof modelRefSchema>;

const extra = (z.record(z.string(), z.json()) as unknown as z.ZodType<JsonObject>).optional();
const made = {
  prompt: z.string(),
  size: sizeSchema,
  /** How many pictures this one job is asked for. */
  count: z.number().int().min(1),
  seed: z.number().int().nonnegative().optional(),
  /** 0 for the first picture of an input, another number for each further take or copy; for models that draw by a seed. */
  variation: z.number().int().nonnegative().optional(),
  loras: z.array(loraRefSchema),
};

/**
 * What is asked of a model, in words of the field, the same for every vendor. `images` of an edit are ordered: the
 * prompt may speak of "image 1", "image 2". `strength` is 0 (keep the input) to 1 (ignore it). `mask` has the
 * proportions of the first picture: light where that is to change, dark where it stays as it is.
 */
export const imageTaskSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('generate'),
    model: modelRefSchema,
    extra,
    negative: z.string().optional(),
    ...made,
  }),
  z.object({
    kind: z.literal('edit'),
    model: modelRefSchema,
    extra,
    images: z.array(imageRefSchema).min(1),
    mask: imageRefSchema.optional(),
    strength: z.number().min(0).max(1).optional(),
    ...made,
  }),
  z.object({
    kind: z.literal('upscale'),
    model: modelRefSchema,
    extra,
    image: imageRefSchema,
    factor: z.number().min(1).max(8),
  }),
]);

export type ImageTask = z.infer<typeof imageTaskSchema>;

/**
 * A LoRA from pictures. `captions` are in their order: one for each, one for all, or none; `trigger` is the word the LoRA
 * is called by later. `resolution` is the side, in pixels, of a square with as many pixels as each picture is cropped to.
 */
export const trainLoraTaskSchema = z.object({
  kind: z.literal('train-lora'),
  model: modelRefSchema,
  images: z.array(imageRefSchema),
  captions: z.array(z.string()),
  trigger: z.string(),
  steps: z.number().int().positive(),
  rank: z.number().int().positive(),
  learningRate: z.number().positive(),
  resolution: z.number().int().positive(),
  /** Pictures to be made with the new LoRA, where it is trained. */
  samples: z.object({ count: z.number().int().min(1).max(4), prompt: z.string() }).optional(),
  seed: z.number().int().nonnegative().optional(),
  variation: z.number().int().nonnegative().optional(),
});
export type TrainLoraTask = z.infer<typeof trainLoraTaskSchema>;

/** Whatever a model can be asked for. */
export type Task = ImageTask | TrainLoraTask;
export type TaskKind = Task['kind'];
export type TaskOf<K extends TaskKind> = Extract<Task, { kind: K }>;

/** The kinds that give pictures. */
export const imageTaskKinds = ['generate', 'edit', 'upscale'] as const satisfies readonly ImageTask['kind'][];
export const taskKinds = [...imageTaskKinds, 'train-lora'] as const satisfies readonly TaskKind[];

/** A task before its route is known; an edit may leave its size (`null`) to its first picture. */
export type Unrouted<T extends Task = Task> = T extends { kind: 'edit' }
  ? Omit<T, 'model' | 'size'> & { size: Size | null }
  : Omit<T, 'model'>;

/** How many pictures the task is asked for; a training gives one LoRA. */
export function picturesAsked(task: Task | Unrouted): number {
  return 'count' in task ? task.count : 1;
}
