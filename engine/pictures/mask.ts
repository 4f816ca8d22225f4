import sharp, { type Sharp } from 'sharp';
import { FailureError, userFailure } from '#core/failure';
import { paintingSvg, type Painting } from '#core/painting';
import type { Area, MaskShape, MaskSource } from '#core/pictures';
import type { Size } from '#core/values';
import { grown, light } from './mask-growth';
import { checkColor, mostPixels, openPicture } from './open-picture';

/** Below this a mask marks nothing anybody would see. */
const faintest = 8;

interface Values extends Size {
  values: Uint8Array;
}

/** A mask of a picture, as a grey sharp pipeline. Throws a `FailureError`: `no-transparency`, `empty-mask`, `bad-color`. */
export async function drawMask(bytes: Uint8Array, source: MaskSource, shape: MaskShape): Promise<Sharp> {
  const meant = await meantPart(bytes, source);
  const turned = shape.invert ? mapped(meant.values, (value) => 255 - value) : meant.values;
  const values = await grown(turned, meant, shape.grow);
  if (!values.some((value) => value >= faintest)) throw emptyMask(source, shape);
  const picture = greyPicture({ ...meant, values });
  // A blur by sigma makes an edge soft over about four times that.
  return shape.feather === 0 ? picture : picture.blur(Math.max(0.3, shape.feather / 4));
}

function greyPicture({ values, width, height }: Values): Sharp {
  return sharp(values, { raw: { width, height, channels: 1 }, limitInputPixels: mostPixels }).toColourspace(
    'b-w',
  );
}

async function meantPart(bytes: Uint8Array, source: MaskSource): Promise<Values> {
  switch (source.from) {
    case 'clear':
      return clearPart(bytes);
    case 'bright': {
      const least = source.threshold * 255;
      const { values, ...size } = await greyOf(bytes);
      return { ...size, values: mapped(values, (value) => (value >= least ? 255 : 0)) };
    }
    case 'shades':
      return greyOf(bytes);
    case 'color':
      return coloredPart(bytes, checkColor(source.color), source.tolerance);
    case 'painted':
      return paintedPart(bytes, source.painting);
  }
}

async function clearPart(bytes: Uint8Array): Promise<Values> {
  const { hasAlpha } = await sharp(bytes).metadata();
  if (!hasAlpha) {
    const message =
      'This picture has no transparency to make a mask from. Take its brightness or a colour, or a PNG or WebP with a cut-out.';
    throw new FailureError(userFailure('no-transparency', message));
  }
  const { values, width, height } = await valuesOf(openPicture(bytes).toColourspace('srgb'), 'alpha');
  return { width, height, values: mapped(values, (value) => 255 - value) };
}

function greyOf(bytes: Uint8Array): Promise<Values> {
  return valuesOf(openPicture(bytes).flatten({ background: '#ffffff' }).toColourspace('b-w'));
}

async function coloredPart(bytes: Uint8Array, color: string, tolerance: number): Promise<Values> {
  const { data, info } = await openPicture(bytes)
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  const values = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < values.length; pixel += 1, at += channels) {
    const far = Math.max(
      Math.abs(data[at]! - red),
      Math.abs(data[at + 1]! - green),
      Math.abs(data[at + 2]! - blue),
    );
    if (far <= tolerance * 255 && data[at + 3]! >= light) values[pixel] = 255;
  }
  return { width, height, values };
}

/** The strokes at the picture's own size. */
async function paintedPart(bytes: Uint8Array, painting: Painting): Promise<Values> {
  const { autoOrient: size } = await sharp(bytes, { limitInputPixels: mostPixels }).metadata();
  const drawing = Buffer.from(paintingSvg(painting, size));
  return valuesOf(sharp(drawing, { limitInputPixels: mostPixels }).flatten().toColourspace('b-w'));
}

async function valuesOf(picture: Sharp, channel: 0 | 'alpha' = 0): Promise<Values> {
  const { data, info } = await picture.extractChannel(channel).raw().toBuffer({ resolveWithObject: true });
  return { values: data, width: info.width, height: info.height };
}

/** Each value through a table: a picture has millions of values, and a value one of 256. */
function mapped(values: Uint8Array, change: (value: number) => number): Uint8Array {
  const table = Uint8Array.from({ length: 256 }, (_, value) => change(value));
  const changed = new Uint8Array(values.length);
  for (let at = 0; at < values.length; at += 1) changed[at] = table[values[at]!]!;
  return changed;
}

function emptyMask(source: MaskSource, { invert, grow }: MaskShape): FailureError {
  const what = {
    clear: 'clear',
    bright: 'so bright',
    shades: 'light',
    color: 'of that colour',
    painted: 'painted',
  }[source.from];
  const hint = {
    clear: 'Take a picture with a cut-out, or make the mask from something else.',
    bright: 'Lower the threshold.',
    shades: 'Take a picture with something white in it.',
    color: 'Raise the tolerance, or pick another colour.',
    painted: 'Open the painting and mark what is meant.',
  }[source.from];
  const otherwise = invert ? 'Switch "Invert" off.' : grow < 0 ? 'Shrink it less.' : hint;
  const said = invert ? `Everything in this picture is ${what}` : `Nothing in this picture is ${what}`;
  const gone = grow < 0 ? `${said}, or too small to be left after shrinking` : said;
  return new FailureError(userFailure('empty-mask', `${gone}: the mask would mark nothing. ${otherwise}`));
}

/** A mask's values (0 to 255, row by row), stretched to `box` and cut to the part `seen` of it where those are given. */
export async function maskValues(bytes: Uint8Array, box?: Size, seen?: Area): Promise<Uint8Array> {
  let mask = openPicture(bytes).flatten({ background: '#000000' }).toColourspace('b-w');
  if (box !== undefined) mask = mask.resize(box.width, box.height, { fit: 'fill', kernel: 'lanczos3' });
  if (seen !== undefined) mask = mask.extract(seen);
  return (await valuesOf(mask)).values;
}

/** Lets pixels (RGBA, row by row) show only as far as the mask's value for each is light. Changes them in place. */
export function applyMask(pixels: Uint8Array, values: Uint8Array): void {
  for (let pixel = 0, alpha = 3; pixel < values.length; pixel += 1, alpha += 4)
    pixels[alpha] = Math.round((pixels[alpha]! * values[pixel]!) / 255);
}

/** The smallest rectangle with all that is light. */
export function lightArea(values: Uint8Array, { width, height }: Size): Area | undefined {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      if (values[y * width + x]! < light) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  return right < 0 ? undefined : { left, top, width: right - left + 1, height: bottom - top + 1 };
}
