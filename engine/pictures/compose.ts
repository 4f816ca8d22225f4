import sharp, { type OverlayOptions, type Sharp } from 'sharp';
import type { ComposeOptions, Layer } from '#core/pictures';
import type { BlobStore } from './blob-store';
import { checkColor, checkMadeSize, openPicture } from './open-picture';
import { textPath } from './text-paths';

type ImageLayer = Extract<Layer, { kind: 'image' }>;
type DrawnLayer = Exclude<Layer, { kind: 'image' }>;

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const svgOpening = (width: number, height: number) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`;

/** Neighbouring drawn layers become one drawing: each further one would cost a pass over the whole picture. */
function drawing(layers: readonly DrawnLayer[], width: number, height: number): OverlayOptions {
  const parts = layers.map((layer) => {
    if (layer.kind === 'text') {
      checkColor(layer.color);
      return textPath(layer);
    }
    if (/<text[\s>]/.test(layer.svg)) throw new Error('an svg layer must not hold text: use a text layer');
    return layer.svg.replace(/^\s*<\?xml[^>]*>/, '');
  });
  const svg = `${svgOpening(width, height)}${parts.join('')}</svg>`;
  return { input: Buffer.from(svg), left: 0, top: 0 };
}

/** The box in which a picture of `from` is shown whole. */
function contained(from: { width: number; height: number }, box: Box): Box {
  const scale = Math.min(box.width / from.width, box.height / from.height);
  const width = Math.max(1, Math.round(from.width * scale));
  const height = Math.max(1, Math.round(from.height * scale));
  return {
    left: box.left + Math.round((box.width - width) / 2),
    top: box.top + Math.round((box.height - height) / 2),
    width,
    height,
  };
}

/** The part of `box` inside a canvas, counted from the box's own corner; `undefined` when there is none. */
function visible(box: Box, width: number, height: number): Box | undefined {
  const left = Math.max(0, -box.left);
  const top = Math.max(0, -box.top);
  const right = Math.min(box.width, width - box.left);
  const bottom = Math.min(box.height, height - box.top);
  return right <= left || bottom <= top
    ? undefined
    : { left, top, width: right - left, height: bottom - top };
}

/** Opacity and rounded corners in one: what of the picture is kept. */
function keptPart(box: Box, seen: Box, { radius = 0, opacity = 1 }: ImageLayer): OverlayOptions {
  const shape = `<rect width="${box.width}" height="${box.height}" rx="${radius}" fill="#fff" fill-opacity="${opacity}"/>`;
  const shifted = `<g transform="translate(${-seen.left} ${-seen.top})">${shape}</g>`;
  return {
    input: Buffer.from(`${svgOpening(seen.width, seen.height)}${shifted}</svg>`),
    blend: 'dest-in',
  };
}

const isPlain = ({ radius = 0, opacity = 1 }: ImageLayer) => radius <= 0 && opacity >= 1;

function scaled(bytes: Uint8Array, { fit }: ImageLayer, box: Box): Sharp {
  return openPicture(bytes)
    .resize(box.width, box.height, {
      fit: fit === 'cover' ? 'cover' : 'fill',
      kernel: 'lanczos3',
      fastShrinkOnLoad: false,
    })
    .toColourspace('srgb');
}

function boxOf(layer: ImageLayer): Box {
  const asked: Box = {
    left: Math.round(layer.left),
    top: Math.round(layer.top),
    width: Math.max(1, Math.round(layer.width)),
    height: Math.max(1, Math.round(layer.height)),
  };
  return layer.fit === 'contain' ? contained(layer.image, asked) : asked;
}

async function placed(
  layer: ImageLayer,
  bytes: Uint8Array,
  canvas: { width: number; height: number },
): Promise<OverlayOptions | undefined> {
  const box = boxOf(layer);
  checkMadeSize(box.width, box.height);
  const seen = visible(box, canvas.width, canvas.height);
  if (seen === undefined) return undefined;
  let picture = scaled(bytes, layer, box);
  if (seen.width < box.width || seen.height < box.height) picture = picture.extract(seen);
  if (!isPlain(layer)) picture = picture.composite([keptPart(box, seen, layer)]);
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return {
    input: data,
    raw: { width, height, channels },
    left: box.left + seen.left,
    top: box.top + seen.top,
  };
}

/** A first layer that fills the whole canvas is the canvas: it need not be held in memory decoded. */
function isCanvas(layer: Layer | undefined, { width, height }: ComposeOptions): layer is ImageLayer {
  if (layer?.kind !== 'image' || !isPlain(layer)) return false;
  const box = boxOf(layer);
  return box.left === 0 && box.top === 0 && box.width === width && box.height === height;
}

/** Layers put over each other, as a sharp pipeline that is not run yet. Throws a `FailureError`. */
export async function composed(options: ComposeOptions, blobs: BlobStore): Promise<Sharp> {
  const { width, height, background } = options;
  checkMadeSize(width, height);
  if (background !== null) checkColor(background);
  let layers = options.layers;
  let canvas: Sharp;
  let isOpaque = background !== null;
  const [first] = layers;
  if (isCanvas(first, options)) {
    const bytes = await blobs.read(first.image.hash);
    canvas = scaled(bytes, first, boxOf(first));
    if (background !== null) canvas = canvas.flatten({ background });
    else isOpaque = !(await sharp(bytes).metadata()).hasAlpha;
    layers = layers.slice(1);
  } else {
    const color = background ?? { r: 0, g: 0, b: 0, alpha: 0 };
    canvas = sharp({ create: { width, height, channels: background === null ? 4 : 3, background: color } });
  }
  const overlays: OverlayOptions[] = [];
  let drawn: DrawnLayer[] = [];
  const finishDrawing = () => {
    if (drawn.length > 0) overlays.push(drawing(drawn, width, height));
    drawn = [];
  };
  for (const layer of layers) {
    if (layer.kind === 'image') {
      finishDrawing();
      const overlay = await placed(layer, await blobs.read(layer.image.hash), { width, height });
      if (overlay !== undefined) overlays.push(overlay);
      continue;
    }
    // Two svg layers stay apart: the same id may mean another gradient in each.
    if (layer.kind === 'svg') finishDrawing();
    drawn.push(layer);
  }
  finishDrawing();
  if (overlays.length === 0) return canvas;
  const whole = canvas.composite(overlays);
  // Composing always adds an alpha channel.
  return isOpaque ? whole.removeAlpha() : whole;
}
