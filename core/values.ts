import { z } from 'zod';
import { loraBaseSchema, sandboxBase } from './lora/lora';

export const imageFormats = ['png', 'jpeg', 'webp', 'avif', 'gif', 'tiff'] as const;
export type ImageFormat = (typeof imageFormats)[number];

/**
 * A picture in the store, by content. `hash` is the sha256 of its bytes in lower-case hex; `width` and `height` are
 * pixels as shown (orientation applied); `bytes` is the size of the file.
 */
export const imageRefSchema = z.object({
  hash: z.string(),
  format: z.enum(imageFormats),
  width: z.number().int().nonnegative(),
  height: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
});
export type ImageRef = z.infer<typeof imageRefSchema>;

/** A LoRA's file in the store, by content. `hash` as of a picture; `bytes` is the size of the file. */
export const storedLoraSchema = z.object({ hash: z.string(), bytes: z.number().int().nonnegative() });
export type StoredLora = z.infer<typeof storedLoraSchema>;

/**
 * What a LoRA was trained from: for which family of models, and how many pictures it learned from. `loss` goes from the first
 * step to the last, at most 200 means of as many steps each; `null` where it was no number.
 */
export const trainedSchema = z.object({
  base: z.enum([...loraBaseSchema.options, sandboxBase]),
  trigger: z.string(),
  steps: z.number().int().positive(),
  rank: z.number().int().positive(),
  pictures: z.number().int().positive(),
  loss: z.array(z.number().nullable()).max(200).optional(),
});
export type Trained = z.infer<typeof trainedSchema>;

/**
 * One LoRA in a chain: its file name on the pod (matched by base name) and its strength, 1 = as trained; `clip` is another
 * strength for the text encoder, where the model's is changed too. One that was trained here has its `file`, which is put
 * where the model runs when it is not there.
 */
export const loraRefSchema = z.object({
  name: z.string(),
  strength: z.number(),
  clip: z.number().optional(),
  file: storedLoraSchema.optional(),
  trained: trainedSchema.optional(),
});
export type LoraRef = z.infer<typeof loraRefSchema>;

/** What travels on a wire, by port type. A port carries a list of these, most often of one. */
export interface PortValueOf {
  image: ImageRef;
  mask: ImageRef;
  text: string;
  number: number;
  lora: LoraRef;
}
export type PortType = keyof PortValueOf;
export const portTypes = ['image', 'mask', 'text', 'number', 'lora'] as const satisfies readonly PortType[];
export type PortValue = PortValueOf[PortType];

/** What a step gave: for each output port the list of its items. */
export const outputsSchema = z.record(
  z.string(),
  z.array(z.union([z.string(), z.number(), imageRefSchema, loraRefSchema])),
);
export type Outputs = z.infer<typeof outputsSchema>;

/** Pixels. */
export const sizeSchema = z.object({
  width: z.number().int().min(16).max(16384),
  height: z.number().int().min(16).max(16384),
});
export type Size = z.infer<typeof sizeSchema>;

/** Whether an item is a LoRA, as against a picture, a text or a number. */
export function isLoraRef(value: unknown): value is LoraRef {
  return typeof value === 'object' && value !== null && 'strength' in value && 'name' in value;
}

/** What of outputs the store has to have, in order: pictures, and the files of LoRAs that were trained here. */
export function storedFiles(outputs: Outputs): StoredLora[] {
  return Object.values(outputs).flatMap((items) =>
    items.flatMap((item) => {
      if (isImageRef(item)) return [{ hash: item.hash, bytes: item.bytes }];
      return isLoraRef(item) && item.file !== undefined ? [item.file] : [];
    }),
  );
}

/** Whether an item is a picture, as against a text, a number or a LoRA. */
export function isImageRef(value: unknown): value is ImageRef {
  return typeof value === 'object' && value !== null && 'hash' in value;
}
