import { defineNode } from '#core/node';
import { colorParam, numberParam, sliderParam, textParam } from '#core/param';
import type { Layer } from '#core/pictures';
import type { ImageRef } from '#core/values';

/** Pixels a sheet may have; with more of them its cells are made smaller. */
const mostPixels = 60_000_000;
const mostSide = 16_000;
/** What a sheet of its own choice of columns comes near to: wide enough to look at on a screen. */
const pleasantAspect = 1.5;
const lineHeight = 1.3;

interface Look {
  images: readonly ImageRef[];
  /** One for each picture. */
  captions: readonly string[];
  columns: number;
  cell: number;
  gap: number;
  background: string;
  title: string;
}

/** Sizes of a sheet in pixels. */
interface Grid {
  width: number;
  height: number;
  columns: number;
  cell: { width: number; height: number };
  gap: number;
  margin: number;
  /** Top of the first row. */
  top: number;
  text: { size: number; lines: number; height: number };
  titleSize: number;
}

/** Width over height of most pictures, so that most of them fill their cells. */
function usualAspect(images: readonly ImageRef[]): number {
  const aspects = images
    .map(({ width, height }) => Math.max(1, width) / Math.max(1, height))
    .sort((left, right) => left - right);
  const middle = aspects[Math.floor(aspects.length / 2)] ?? 1;
  return Math.min(3, Math.max(1 / 3, middle));
}

/** Few empty places and a pleasant shape. */
function tidyColumns(count: number, cellAspect: number): number {
  let best = { columns: 1, score: Infinity };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const shape = Math.abs(Math.log((columns * cellAspect) / rows / pleasantAspect));
    const score = shape + (2 * (rows * columns - count)) / count;
    if (score < best.score) best = { columns, score };
  }
  return best.columns;
}

function gridOf(look: Look, scale: number): Grid {
  const { images, captions, title } = look;
  const aspect = usualAspect(images);
  const cell = { width: Math.max(16, Math.round(look.cell * scale)), height: 0 };
  cell.height = Math.max(16, Math.round(cell.width / aspect));
  const gap = Math.round(look.gap * scale);
  const margin = Math.round(gap * 1.5);
  const size = Math.max(Math.min(12, look.cell / 8), Math.round(cell.width / 26));
  // Half the size is a letter's usual width; a word that does not fit any more leaves some of the line empty.
  const longest = Math.max(...captions.map((caption) => caption.length));
  const lines = Math.min(3, Math.max(1, Math.ceil((longest * size * 0.56) / cell.width)));
  const text = { size, lines, height: Math.round(size * (0.6 + lines * lineHeight)) };
  const columns = Math.min(images.length, look.columns || tidyColumns(images.length, aspect));
  const rows = Math.ceil(images.length / columns);
  const width = 2 * margin + columns * cell.width + (columns - 1) * gap;
  const titleSize = Math.round(Math.min(size * 2.4, width / 12));
  const top = margin + (title === '' ? 0 : Math.round(titleSize * lineHeight + Math.max(gap, titleSize / 2)));
  const height = top + rows * (cell.height + text.height) + (rows - 1) * gap + margin;
  return { width, height, columns, cell, gap, margin, top, text, titleSize };
}

function fittingGrid(look: Look): Grid {
  const whole = gridOf(look, 1);
  const { width, height } = whole;
  const scale = Math.min(Math.sqrt(mostPixels / (width * height)), mostSide / Math.max(width, height));
  return scale >= 1 ? whole : gridOf(look, scale);
}

function channels(color: string): number[] {
  return [1, 3, 5].map((start) => parseInt(color.slice(start, start + 2), 16));
}

/** Ink of a given weight on a background: dark on light, light on dark. */
function inkOn(background: string, weight: number): string {
  const paper = channels(background);
  const [red = 0, green = 0, blue = 0] = paper;
  const ink = channels(red * 0.299 + green * 0.587 + blue * 0.114 > 118 ? '#111113' : '#fafaf8');
  const mixed = paper.map((value, place) => Math.round(value + ((ink[place] ?? 0) - value) * weight));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

function layersOf(look: Look, grid: Grid): Layer[] {
  const { cell, gap, margin, text } = grid;
  const radius = Math.round(Math.min(gap / 3, cell.width / 40));
  const caption = { color: inkOn(look.background, 0.8), size: text.size, maxLines: text.lines };
  const layers: Layer[] = [];
  if (look.title !== '')
    layers.push({
      kind: 'text',
      text: look.title,
      left: margin,
      top: margin,
      width: grid.width - 2 * margin,
      size: grid.titleSize,
      color: inkOn(look.background, 0.95),
      weight: 'semibold',
      maxLines: 1,
    });
  for (const [place, image] of look.images.entries()) {
    const left = margin + (place % grid.columns) * (cell.width + gap);
    const top = grid.top + Math.floor(place / grid.columns) * (cell.height + text.height + gap);
    layers.push(
      { kind: 'image', image, left, top, ...cell, fit: 'contain', radius },
      {
        kind: 'text',
        text: look.captions[place] ?? '',
        left,
        top: top + cell.height + Math.round(text.size * 0.6),
        width: cell.width,
        align: 'center',
        ...caption,
      },
    );
  }
  return layers;
}

/** The label of each picture. Pictures that share one (several of each prompt) come one after the other. */
function captionsOf(pictures: number, labels: readonly string[]): string[] {
  const each = labels.length > 0 && pictures % labels.length === 0 ? pictures / labels.length : 1;
  return Array.from(
    { length: pictures },
    (_, place) => labels[Math.floor(place / each)]?.trim() || `${place + 1}`,
  );
}

export default defineNode({
  type: 'contact-sheet',
  version: 1,
  title: 'Contact sheet',
  group: 'picture',
  icon: 'layout-grid',
  summary: 'All pictures on one sheet, with labels or numbers under them.',
  keywords: ['grid', 'collage', 'overview', 'gallery', 'montage', 'character sheet', 'compare'],
  params: {
    title: textParam({ label: 'Title', placeholder: 'none', max: 200, onCard: true }),
    columns: numberParam({
      label: 'Columns',
      hint: '0 lets the sheet choose a tidy number.',
      min: 0,
      max: 40,
      initial: 0,
      onCard: true,
    }),
    cell: numberParam({
      label: 'Picture width',
      hint: 'Of each picture on the sheet. A very large sheet makes them smaller.',
      min: 64,
      max: 2048,
      step: 16,
      initial: 480,
      unit: 'px',
      onCard: true,
    }),
    gap: sliderParam({ label: 'Gap', min: 0, max: 120, step: 4, initial: 28 }),
    background: colorParam({ label: 'Background', initial: '#f6f5f2' }),
  },
  inputs: {
    images: { type: 'image', label: 'Images', takes: 'all', required: true },
    labels: { type: 'text', label: 'Labels', takes: 'all', required: false },
  },
  outputs: { image: { type: 'image', label: 'Sheet' } },
  work: {
    on: 'machine',
    effect: 'none',
    run: async ({ params: { title, ...params }, inputs: { images, labels } }, tools) => {
      const look = {
        ...params,
        title: title.trim(),
        images,
        captions: captionsOf(images.length, labels),
      };
      const grid = fittingGrid(look);
      const sheet = await tools.pictures.compose({
        width: grid.width,
        height: grid.height,
        background: params.background,
        layers: layersOf(look, grid),
        description: `${look.title || 'Contact sheet'}: ${images.length} pictures on one sheet, by Seedloom.`,
      });
      return { image: [sheet] };
    },
  },
});
