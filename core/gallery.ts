import { z } from 'zod';
import type { FileRef } from './param';
import type { Receipt } from './receipt';
import { imageRefSchema, type ImageRef } from './values';

/** Words that answer what pictures there are, of all runs, and which of them are wanted. Prices are US dollars. */

/** sha256 in lower-case hex. */
export const pictureHashSchema = z.string().regex(/^[0-9a-f]{64}$/, 'a picture is named by its sha256');

/**
 * A picture some step made, as the index keeps it: one for each content, by the step that made it first. A text that is
 * not known (the run's row is damaged) is `''`.
 */
export const madePictureSchema = z.object({
  ...imageRefSchema.shape,
  /** ISO date and time. */
  at: z.string(),
  run: z.string(),
  step: z.string(),
  node: z.string(),
  /** Cache key of the result. */
  key: z.string(),
  documentId: z.string(),
  /** The workflow's title when it ran. */
  workflow: z.string(),
  /** The node's own title then, else that of its type. */
  title: z.string(),
  type: z.string(),
  /** Where it ran; left out for work of this computer. */
  provider: z.string().optional(),
  model: z.string().optional(),
  /** What the run was charged for this picture: the step's price over the pictures it gave. */
  price: z.number(),
  seed: z.number().optional(),
  take: z.number(),
  /** At most 2,000 characters. */
  prompt: z.string(),
});
export type MadePicture = z.infer<typeof madePictureSchema>;

/** A person's own word about a picture; kept by its content. 0: none. */
export const ratingSchema = z.object({
  rating: z.number().int().min(0).max(5),
  rejected: z.boolean(),
});
export type Rating = z.infer<typeof ratingSchema>;

/** As it is listed: the prompt is cut to its first 200 characters. */
export interface ListedPicture extends MadePicture, Rating {
  /** Its file was cleaned up: the facts are all that is left. */
  missing: boolean;
}

export const pictureFilterSchema = z.strictObject({
  /** Each word stands somewhere in the prompt, the titles, the model or an id. */
  text: z.string().max(500).optional(),
  documentId: z.string().optional(),
  type: z.string().optional(),
  /** A node of a workflow, by the title it is listed with. */
  title: z.string().optional(),
  /** `provider/model`, or a provider alone. */
  model: z.string().optional(),
  run: z.string().optional(),
  /** US dollars, both ends included. */
  priceFrom: z.number().nonnegative().optional(),
  priceTo: z.number().nonnegative().optional(),
  /** ISO times: from then on, and before then. */
  since: z.string().optional(),
  until: z.string().optional(),
  ratingFrom: z.number().int().min(0).max(5).optional(),
  /** Left out: those that were rejected are not listed. */
  rejected: z.enum(['too', 'only']).optional(),
});
export type PictureFilter = z.infer<typeof pictureFilterSchema>;

export const pictureSorts = ['newest', 'oldest', 'price', 'rating'] as const;
export type PictureSort = (typeof pictureSorts)[number];

/** Most pictures of one page. */
export const largestPage = 500;

export const pictureQuerySchema = z.strictObject({
  filter: pictureFilterSchema,
  sort: z.enum(pictureSorts),
  /** From this place on in a list that was begun before: it stands still while new pictures are made. */
  from: z.strictObject({ list: z.string(), place: z.number().int().nonnegative() }).optional(),
  limit: z.number().int().min(1).max(largestPage),
});
export type PictureQuery = z.infer<typeof pictureQuerySchema>;

export interface PicturePage {
  /** Names the list the page is of. Another name than asked for: that one is gone, this is a new one. */
  list: string;
  /** The place of the first of `pictures`. */
  place: number;
  /** Of the whole list. */
  total: number;
  pictures: ListedPicture[];
}

/** What there is to filter by, with how many pictures each has, most first. */
export interface PictureFacets {
  workflows: { id: string; title: string; count: number }[];
  types: { type: string; title: string; count: number }[];
  models: { model: string; count: number }[];
}

/** All that is known of one picture. */
export interface PictureDetails extends ListedPicture {
  /** The params it was made with, as far as they are texts, numbers and switches. */
  params: { name: string; value: string }[];
  receipt?: Receipt;
}

/** Whether a picture is one of those wanted; words and ranges alike. */
export function isWanted(picture: MadePicture, { rating, rejected }: Rating, filter: PictureFilter): boolean {
  const { documentId, type, title, model, run, priceFrom, priceTo, since, until, ratingFrom } = filter;
  if (documentId !== undefined && picture.documentId !== documentId) return false;
  if (type !== undefined && picture.type !== type) return false;
  if (title !== undefined && picture.title !== title) return false;
  if (run !== undefined && picture.run !== run) return false;
  if (model !== undefined && model !== picture.provider && model !== modelOf(picture)) return false;
  if (priceFrom !== undefined && picture.price < priceFrom) return false;
  if (priceTo !== undefined && picture.price > priceTo) return false;
  if (since !== undefined && picture.at < since) return false;
  if (until !== undefined && picture.at >= until) return false;
  if (ratingFrom !== undefined && rating < ratingFrom) return false;
  if (filter.rejected === undefined ? rejected : filter.rejected === 'only' && !rejected) return false;
  return hasWords(picture, filter.text);
}

/** `provider/model`; `undefined` for what this computer made. */
export function modelOf({ provider, model }: Pick<MadePicture, 'provider' | 'model'>): string | undefined {
  return provider === undefined ? undefined : `${provider}/${model ?? ''}`;
}

function hasWords(picture: MadePicture, text: string | undefined): boolean {
  const wanted = (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return true;
  const { prompt, workflow, title, node, type, run, hash } = picture;
  const all = [prompt, workflow, title, node, type, modelOf(picture) ?? '', run, hash]
    .join('\n')
    .toLowerCase();
  return wanted.every((word) => all.includes(word));
}

/** The order of a list. Equal ones stand newest first, so that the order is always the same. */
export function pictureOrder(
  sort: PictureSort,
  ratingOf: (hash: string) => Rating,
): (left: MadePicture, right: MadePicture) => number {
  const newest = (left: MadePicture, right: MadePicture) =>
    compareTexts(right.at, left.at) ||
    compareTexts(left.run, right.run) ||
    compareTexts(left.hash, right.hash);
  if (sort === 'newest') return newest;
  if (sort === 'oldest') return (left, right) => newest(right, left);
  if (sort === 'price') return (left, right) => right.price - left.price || newest(left, right);
  return (left, right) => ratingOf(right.hash).rating - ratingOf(left.hash).rating || newest(left, right);
}

export function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Most pictures that are rated, or dragged out, at once. */
export const mostAtOnce = 500;

/** The calls of the window about them; see ipc.ts. */
export const galleryInputs = {
  'pictures.list': pictureQuerySchema,
  'pictures.facets': z.strictObject({}),
  'pictures.details': z.strictObject({ hash: pictureHashSchema }),
  'pictures.rate': z.strictObject({
    hashes: z.array(pictureHashSchema).min(1).max(mostAtOnce),
    change: ratingSchema.partial(),
  }),
  /** Makes results pictures that a workflow may name. */
  'pictures.takeIn': z.strictObject({
    pictures: z
      .array(z.strictObject({ hash: pictureHashSchema, name: z.string() }))
      .min(1)
      .max(50),
  }),
  /** The pointer drags stored pictures out of the window, as files of these names; answers when it has let them go. */
  'pictures.dragOut': z.strictObject({
    pictures: z
      .array(z.strictObject({ hash: pictureHashSchema, name: z.string() }))
      .min(1)
      .max(50),
  }),
} satisfies Record<string, z.ZodType>;

export interface GalleryOutputs {
  'pictures.list': PicturePage;
  'pictures.facets': PictureFacets;
  'pictures.details': PictureDetails;
  'pictures.rate': null;
  'pictures.takeIn': { file: FileRef; image: ImageRef }[];
  'pictures.dragOut': null;
}
