import sharp, { type CreateRaw, type OverlayOptions, type Sharp } from 'sharp';
import type { ComposeOptions, Layer } from '#core/pictures';
import type { Size } from '#core/values';
import type { BlobStore } from './blob-store';
import { applyMask, maskValues } from './mask';
import { checkColor, checkMadeSize, mostPixels, openPicture } from './open-picture';
import { textPath } from './text-paths';

type ImageLayer = Extract<Layer, { kind: 'image' }>;
type DrawnLayer = Exclude<Layer, { kind: 'image' }>;

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const svgOpening = (width: number, height: number, scale = 1) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.round(width * scale)}" height="${Math.round(height * scale)}" ` +
  `viewBox="0 0 ${width} ${height}" preserveAspectRatio="none">`;

/** WebAssembly paints gradients so slowly (about a second for 10 million pixels, each) that large ones are enlarged. */
const paintsSlowly = 'emscripten' in sharp.versions;
/** Enlarged to twice the size it is not seen; at two and a half times edges begin to soften, and the most is 2.8 times. */
const mostSlowPixels = (pixels: number) => Math.max(1024 * 1024, pixels / 8);

/** Whether an svg layer defines anything, which in practice is gradients. */
const hasDefinitions = (layer: DrawnLayer) => layer.kind === 'svg' && /\sid=/.test(layer.svg);

/** Layers as one SVG document, on a sheet of `background` if there is one. */
function drawing(
  layers: readonly DrawnLayer[],
  { width, height }: Size,
  background: string | null,
  scale = 1,
): Buffer {
  const parts = layers.map((layer) => {
    if (layer.kind === 'text') {
      checkColor(layer.color);
      return textPath(layer);
    }
    if (/<text[\s>]/.test(layer.svg)) throw new Error('an svg layer must not hold text: use a text layer');
    return layer.svg.replace(/^\s*<\?xml[^>]*>/, '');
  });
  const sheet = background === null ? '' : `<rect width="${width}" height="${height}" fill="${background}"/>`;
  return Buffer.from(`${svgOpening(width, height, scale)}${sheet}${parts.join('')}</svg>`);
}

/** The scale a drawing is painted at, 1 unless that would take seconds. */
function paintingScale(layers: readonly DrawnLayer[], { width, height }: Size): number {
  if (!paintsSlowly || !layers.some(hasDefinitions)) return 1;
  const pixels = width * height;
  return Math.min(1, Math.sqrt(mostSlowPixels(pixels) / pixels));
}

async function painted(layers: readonly DrawnLayer[], size: Size, background: string | null): Promise<Sharp> {
  const scale = paintingScale(layers, size);
  const drawn = sharp(drawing(layers, size, background, scale), { limitInputPixels: mostPixels });
  if (scale === 1) return drawn;
  // By way of pixels: asked to enlarge SVG itself, sharp would paint it at the larger size.
  const { input, raw } = await pixelsOf(drawn);
  return sharp(input, { raw }).resize(size.width, size.height, { fit: 'fill', kernel: 'cubic' });
}

async function overlayOf(layers: readonly DrawnLayer[], size: Size): Promise<OverlayOptions> {
  if (paintingScale(layers, size) < 1)
    return { ...(await pixelsOf(await painted(layers, size, null))), left: 0, top: 0 };
  return { input: drawing(layers, size, null), left: 0, top: 0 };
}

/**
 * Neighbouring drawn layers become one drawing: each further one would cost a pass over the whole picture. Two svg
 * layers with definitions stay apart, as the same id may mean another gradient in each.
 */
function grouped(layers: readonly Layer[]): (ImageLayer | DrawnLayer[])[] {
  const groups: (ImageLayer | DrawnLayer[])[] = [];
  let isDefining = false;
  for (const layer of layers) {
    if (layer.kind === 'image') {
      groups.push(layer);
      continue;
    }
    const last = groups.at(-1);
    const defines = hasDefinitions(layer);
    const staysApart = paintsSlowly ? defines || isDefining : defines && isDefining;
    if (Array.isArray(last) && !staysApart) {
      last.push(layer);
      isDefining ||= defines;
    } else {
      groups.push([layer]);
      isDefining = defines;
    }
  }
  return groups;
}

/** The box in which a picture of `from` is shown whole. */
function contained(from: Size, box: Box): Box {
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

async function pixelsOf(picture: Sharp): Promise<{ input: Buffer; raw: CreateRaw }> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return { input: data, raw: { width, height, channels } };
}

const isRectangle = ({ radius = 0, opacity = 1 }: ImageLayer) => radius <= 0 && opacity >= 1;
const isPlain = (layer: ImageLayer) => isRectangle(layer) && layer.mask === undefined;

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
  canvas: Size,
  blobs: BlobStore,
): Promise<OverlayOptions | undefined> {
  const box = boxOf(layer);
  checkMadeSize(box.width, box.height);
  const seen = visible(box, canvas.width, canvas.height);
  if (seen === undefined) return undefined;
  let picture = scaled(bytes, layer, box);
  if (seen.width < box.width || seen.height < box.height) picture = picture.extract(seen);
  if (!isRectangle(layer)) picture = picture.composite([keptPart(box, seen, layer)]);
  const place = { left: box.left + seen.left, top: box.top + seen.top };
  if (layer.mask === undefined) return { ...(await pixelsOf(picture)), ...place };
  const { input, raw } = await pixelsOf(picture.ensureAlpha());
  applyMask(input, await maskValues(await blobs.read(layer.mask.hash), box, seen));
  return { input, raw, ...place };
}

function fillsCanvas(layer: ImageLayer, { width, height }: ComposeOptions): boolean {
  const box = boxOf(layer);
  return isPlain(layer) && box.left === 0 && box.top === 0 && box.width === width && box.height === height;
}

interface Canvas {
  picture: Sharp;
  isOpaque: boolean;
  /** Whether the first group is in it already. */
  holdsFirst: boolean;
}

/** What everything is put upon. Where the first group fills it, that need not be held in memory decoded. */
async function canvasFor(
  first: ImageLayer | DrawnLayer[] | undefined,
  options: ComposeOptions,
  blobs: BlobStore,
): Promise<Canvas> {
  const { width, height, background } = options;
  if (Array.isArray(first)) {
    return {
      picture: await painted(first, options, background),
      isOpaque: background !== null,
      holdsFirst: true,
    };
  }
  if (first !== undefined && fillsCanvas(first, options)) {
    const bytes = await blobs.read(first.image.hash);
    const picture = scaled(bytes, first, boxOf(first));
    if (background !== null)
      return { picture: picture.flatten({ background }), isOpaque: true, holdsFirst: true };
    const { hasAlpha } = await sharp(bytes).metadata();
    return { picture, isOpaque: !hasAlpha, holdsFirst: true };
  }
  const color = background ?? { r: 0, g: 0, b: 0, alpha: 0 };
  const channels = background === null ? 4 : 3;
  const picture = sharp({ create: { width, height, channels, background: color } });
  return { picture, isOpaque: background !== null, holdsFirst: false };
}

/** Layers put over each other, as a sharp pipeline that is not run yet. Throws a `FailureError`. */
export async function composed(options: ComposeOptions, blobs: BlobStore): Promise<Sharp> {
  checkMadeSize(options.width, options.height);
  if (options.background !== null) checkColor(options.background);
  const groups = grouped(options.layers);
  const { picture, isOpaque, holdsFirst } = await canvasFor(groups[0], options, blobs);
  const overlays: OverlayOptions[] = [];
  for (const group of holdsFirst ? groups.slice(1) : groups) {
    if (Array.isArray(group)) {
      overlays.push(await overlayOf(group, options));
      continue;
    }
    const overlay = await placed(group, await blobs.read(group.image.hash), options, blobs);
    if (overlay !== undefined) overlays.push(overlay);
  }
  if (overlays.length > 0) picture.composite(overlays);
  // Drawing and composing always bring an alpha channel.
  return isOpaque ? picture.removeAlpha() : picture;
}
