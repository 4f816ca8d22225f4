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
  compose(options: ComposeOptions): Promise<ImageRef>;
}
