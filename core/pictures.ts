import type { Painting } from './painting';
import type { ImageFormat, ImageRef } from './values';

/**
 * One layer of a composed picture; pixels from the top left corner. `fit: 'contain'` keeps the whole picture inside the
 * box, `'cover'` fills the box and cuts, `'fill'` stretches. Text is drawn with Seedloom's own font, wrapped at `width`,
 * cut with an ellipsis after `maxLines`.
 */
export type Layer =
  | {
      kind: 'image';
      image: ImageRef;
      left: number;
      top: number;
      width: number;
      height: number;
      fit: 'cover' | 'contain' | 'fill';
      opacity?: number;
      /** Radius of rounded corners. */
      radius?: number;
      /** Stretched over the box: the picture shows where it is light. */
      mask?: ImageRef;
    }
  | {
      kind: 'text';
      text: string;
      left: number;
      top: number;
      width: number;
      size: number;
      color: string;
      weight?: 'regular' | 'semibold';
      align?: 'left' | 'center' | 'right';
      maxLines?: number;
    }
  /** An SVG document without text, drawn over the whole picture. */
  | { kind: 'svg'; svg: string };

export interface ComposeOptions {
  width: number;
  height: number;
  /** `#rrggbb`, or `null` for transparent. */
  background: string | null;
  layers: readonly Layer[];
  format?: ImageFormat;
  /** Words written into the file: what it is, and the program. */
  description?: string;
}

/** A rectangle of a picture, in pixels from its top left corner. */
export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

/**
 * How a mask is made from a picture. What is meant becomes light:
 * - `clear`: what is transparent, by how much it is.
 * - `bright`: all whose brightness is at least `threshold` (0 black, 1 white); what is clear counts as white.
 * - `shades`: each pixel by its brightness: a mask that was drawn elsewhere.
 * - `color`: all that is no further than `tolerance` (0 equal, 1 anything) from `color` (`#rrggbb`), in the channel that
 *   differs most; what is clear has no colour.
 * - `painted`: what was painted over it by hand.
 */
export type MaskSource =
  | { from: 'clear' }
  | { from: 'bright'; threshold: number }
  | { from: 'shades' }
  | { from: 'color'; color: string; tolerance: number }
  | { from: 'painted'; painting: Painting };

/** In this order: light and dark change places, the light part grows (shrinks where below 0), its edge gets soft. */
export interface MaskShape {
  invert: boolean;
  /** Pixels, round. */
  grow: number;
  /** Width of the soft edge, pixels. */
  feather: number;
}

/** Picture work by sharp, given to nodes and providers. Every result is in the store. All throw `FailureError`. */
export interface PictureTools {
  /** The file's bytes. */
  read(image: ImageRef): Promise<Uint8Array>;
  /** Decodes once to check, then stores the bytes as they are. */
  store(bytes: Uint8Array): Promise<ImageRef>;
  /**
   * To a size in pixels with Lanczos. `inside` keeps the aspect within the box, `cover` fills and cuts, `contain` fills
   * up with `background`, `fill` stretches.
   */
  resize(
    image: ImageRef,
    options: {
      width: number;
      height: number;
      fit: 'inside' | 'cover' | 'contain' | 'fill';
      background?: string;
    },
  ): Promise<ImageRef>;
  /** To another file format; `quality` 1 to 100 where the format has one. */
  encode(image: ImageRef, options: { format: ImageFormat; quality?: number }): Promise<ImageRef>;
  /** The part in `area`; the format becomes PNG. Throws `outside-picture` for an area that ends outside. */
  crop(image: ImageRef, area: Area): Promise<ImageRef>;
  /** A grey PNG of the picture's size, light where something is meant. Throws `no-transparency`, and `empty-mask` where nothing is. */
  mask(image: ImageRef, source: MaskSource, shape: MaskShape): Promise<ImageRef>;
  /** What is light in a mask, by a rectangle around it; `undefined` when nothing is. */
  markedArea(mask: ImageRef): Promise<Area | undefined>;
  compose(options: ComposeOptions): Promise<ImageRef>;
}
