import { z } from 'zod';

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

/**
 * One LoRA in a chain: its file name on the pod (matched by base name) and its strength, 1 = as trained; `clip` is another
 * strength for the text encoder, where the model's is changed too.
 */
export const loraRefSchema = z.object({
  name: z.string(),
  strength: z.number(),
  clip: z.number().optional(),
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

/** Whether an item is a picture, as against a text, a number or a LoRA. */
export function isImageRef(value: unknown): value is ImageRef {
  return typeof value === 'object' && value !== null && 'hash' in value;
}
