import type { Layer } from '#core/pictures';
import type { ImageRef, Size } from '#core/values';
import { Drawing } from './sandbox-drawing';
import { paletteOf } from './sandbox-palette';

/** Where everything is, in pixels. */
export interface Layout extends Size {
  /** The measure all type is set in. */
  unit: number;
  /** Height of the part above the plate. */
  artHeight: number;
  /** The facts on their lines. */
  factLines: readonly string[];
}

const promptSize = 0.039;
const factSize = 0.0265;
const padding = 0.038;
const lineHeight = 1.3;
/** Of a font size, a little more than it is on average: a text that is thought to fit should. */
const letterWidth = 0.52;
const capitalWidth = 0.7;

function widthIn(text: string, size: number): number {
  const wide = text.match(/[^\P{L}\p{Ll}]|\p{Extended_Pictographic}/gu)?.length ?? 0;
  return (wide * capitalWidth + (text.length - wide) * letterWidth) * size;
}

const letterspaced = (word: string) => Array.from(word).join('\u00a0');

/** Beside the prompt in a wide picture, below it in any other. */
const isWide = ({ width, height }: Size) => width > height * 1.25;
const isTiny = ({ width, height }: Size) => Math.min(width, height) < 180;
const unitOf = ({ width, height }: Size) => Math.min(width, height * 1.45);
const factsWidth = (size: Size) => (size.width - 2 * padding * unitOf(size)) * (isWide(size) ? 0.36 : 1);

function packed(facts: readonly string[], size: Size): string[] {
  const lines: string[] = [];
  for (const fact of facts) {
    const last = lines.at(-1);
    if (last !== undefined && widthIn(`${last} · ${fact}`, factSize * unitOf(size)) <= factsWidth(size))
      lines[lines.length - 1] = `${last} · ${fact}`;
    else lines.push(fact);
  }
  const kept = lines.slice(0, isWide(size) ? 3 : 2);
  if (kept.length < lines.length) kept[kept.length - 1] += ' …';
  return kept;
}

export function layoutFor(size: Size, facts: readonly string[]): Layout {
  const { width, height } = size;
  const unit = unitOf(size);
  const factLines = packed(facts, size);
  if (isTiny(size)) return { width, height, unit, artHeight: height, factLines };
  const factsHeight = isWide(size) ? 0 : 0.01 + factLines.length * factSize * lineHeight;
  const plate = unit * (2 * promptSize * lineHeight + factsHeight + 2 * padding);
  return { width, height, unit, artHeight: Math.round(height - plate), factLines };
}

/** The word SANDBOX in the top left corner, with `more` behind it. */
export function sandboxMark(layout: Layout, prompt: string, more = ''): Layer[] {
  return markAt(layout, prompt, more, (_pill, inset) => ({ left: inset, top: inset }));
}

/** Parts of the height a mark is put at, so that a mask leaves one of them in sight most often. */
const markRows = [0.18, 0.5, 0.82];

/** The same in the middle, and above and below it. */
export function centeredMarks(layout: Layout, prompt: string): Layer[] {
  const { width, height } = layout;
  return markRows.flatMap((row) =>
    markAt(layout, prompt, '', (pill) => ({
      left: (width - pill.width) / 2,
      top: height * row - pill.height / 2,
    })),
  );
}

function markAt(
  { width, height, unit }: Layout,
  prompt: string,
  more: string,
  placeOf: (pill: Size, inset: number) => { left: number; top: number },
): Layer[] {
  if (Math.min(width, height) < 24) return [];
  const palette = paletteOf(prompt);
  const tiny = isTiny({ width, height });
  const size = tiny ? Math.min(width / 8, height / 3) : unit * 0.0285;
  const inset = tiny ? size * 0.3 : unit * 0.032;
  const text = tiny ? 'SANDBOX' : letterspaced(`SANDBOX${more}`);
  const pill = { width: (tiny ? 6.9 : 8.1 + more.length * 0.85) * size, height: size * 1.9 };
  const { left, top } = placeOf(pill, inset);
  const drawing = new Drawing(width, height);
  drawing.rectangle(left, top, pill.width, pill.height, '#111113', `rx="${size * 0.95}"`);
  drawing.circle(left + size * 0.95, top + size * 0.95, size * 0.26, palette.accent(0.8));
  return [
    { kind: 'svg', svg: drawing.svg() },
    {
      kind: 'text',
      text,
      left: left + size * 1.42,
      top: top + size * 0.27,
      width: pill.width,
      size: size * 0.95,
      color: '#ffffff',
      weight: 'semibold',
      maxLines: 1,
    },
  ];
}

/** The plate below the picture: what was asked for, in words. */
export function captionLayers(layout: Layout, prompt: string): Layer[] {
  if (isTiny(layout)) return sandboxMark(layout, prompt);
  const { width, height, unit, artHeight, factLines } = layout;
  const palette = paletteOf(prompt);
  const plate = new Drawing(width, height);
  plate.rectangle(0, artHeight, width, height - artHeight, palette.plate);
  plate.rectangle(0, artHeight, width, Math.max(1, unit * 0.005), palette.accent());
  const wide = isWide(layout);
  const side = unit * padding;
  const inner = width - 2 * side;
  const top = artHeight + side + unit * 0.0025;
  const words = prompt.replace(/\s+/g, ' ').trim();
  const promptWidth = wide ? inner * 0.6 : inner;
  const promptHeight = 2 * promptSize * lineHeight * unit;
  // Words that need one line only are set larger, as far as they go.
  const scale = Math.min(1.3, promptWidth / widthIn(words, promptSize * unit));
  const isShort = scale >= 1;
  const size = promptSize * unit * (isShort ? scale : 1);
  const factsHeight = factLines.length * factSize * lineHeight * unit;
  return [
    { kind: 'svg', svg: plate.svg() },
    {
      kind: 'text',
      text: words,
      left: side,
      top: isShort ? top + (promptHeight - size * lineHeight) * (wide ? 0.5 : 0.35) : top,
      width: promptWidth,
      size,
      color: palette.ink,
      weight: 'semibold',
      maxLines: isShort ? 1 : 2,
    },
    {
      kind: 'text',
      text: factLines.map((line) => line.replaceAll(' ', '\u00a0')).join('\n'),
      left: side + inner - factsWidth(layout),
      top: wide ? top + (promptHeight - factsHeight) / 2 : top + promptHeight + unit * 0.01,
      width: factsWidth(layout),
      size: unit * factSize,
      color: palette.mutedInk,
      align: wide ? 'right' : 'left',
      maxLines: factLines.length,
    },
    ...sandboxMark(layout, prompt),
  ];
}

interface Thumbnail {
  image: ImageRef;
  label: string;
}

const mostInRow = 7;

/** Numbered thumbnails in rows just above the plate. */
export function filmstripLayers(
  { width, unit, artHeight }: Layout,
  thumbnails: readonly Thumbnail[],
): Layer[] {
  if (thumbnails.length === 0) return [];
  const gap = unit * 0.014;
  const side = Math.min(unit * 0.15, (width - unit * padding * 2 + gap) / mostInRow - gap);
  const rows = Math.ceil(thumbnails.length / mostInRow);
  const frame = Math.max(1, unit * 0.0045);
  const frames = new Drawing(width, artHeight);
  const badges = new Drawing(width, artHeight);
  const pictures: Layer[] = [];
  const numbers: Layer[] = [];
  thumbnails.forEach(({ image, label }, index) => {
    const row = Math.floor(index / mostInRow);
    const left = unit * padding + (index % mostInRow) * (side + gap);
    const top = artHeight - unit * 0.035 - (rows - row) * (side + gap) + gap;
    const radius = side * 0.12;
    frames.rectangle(
      left - frame,
      top - frame,
      side + 2 * frame,
      side + 2 * frame,
      '#ffffff',
      `rx="${radius + frame}"`,
    );
    pictures.push({ kind: 'image', image, left, top, width: side, height: side, fit: 'cover', radius });
    numbers.push(...badge(badges, label, left + side * 0.02, top + side * 0.02, side * 0.17));
  });
  return [{ kind: 'svg', svg: frames.svg() }, ...pictures, { kind: 'svg', svg: badges.svg() }, ...numbers];
}

/** A number in a disc; the disc goes into `drawing`, the number is given back. */
function badge(drawing: Drawing, label: string, left: number, top: number, radius: number): Layer[] {
  drawing.circle(left + radius, top + radius, radius, '#111113');
  const size = radius * 1.15;
  return [
    {
      kind: 'text',
      text: label,
      left,
      top: top + radius - size * 0.67,
      width: radius * 2,
      size,
      color: '#ffffff',
      weight: 'semibold',
      align: 'center',
      maxLines: 1,
    },
  ];
}

/** The badge of the picture that fills the whole frame, in the top right corner. */
export function baseBadge({ width, height, unit }: Layout): Layer[] {
  const radius = unit * 0.0285;
  const drawing = new Drawing(width, height);
  const label = badge(drawing, '1', width - unit * 0.032 - radius * 2, unit * 0.032, radius);
  return [{ kind: 'svg', svg: drawing.svg() }, ...label];
}
