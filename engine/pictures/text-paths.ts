import type { PathCommand } from 'opentype.js/dist/opentype.mjs';
import type { Layer } from '#core/pictures';
import { fontFor, type Weight } from './fonts';

type TextLayer = Extract<Layer, { kind: 'text' }>;

/** Characters of one font, or as many boxes as there are characters without one. */
interface TextRun {
  font: ReturnType<typeof fontFor>;
  text: string;
  width: number;
}

// IBM Plex Sans: ascender 1.025 and descender 0.275 of the size, which together are a comfortable line.
const lineHeight = 1.3;
const ascent = 1.025;
/** A box for a character the typeface does not have, in parts of the size. */
const boxAdvance = 0.72;
const ellipsis = '…';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function charactersOf(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

function fontOfCharacter(character: string, weight: Weight): TextRun['font'] {
  const [first = '', ...marks] = Array.from(character);
  const font = fontFor(first, weight);
  // A character made of several (an emoji with a skin tone, a letter with a rare mark) is drawn whole or as one box.
  return font !== undefined && marks.every((mark) => font.charToGlyphIndex(mark) !== 0) ? font : undefined;
}

function runsOf(text: string, size: number, weight: Weight): TextRun[] {
  const runs: { font: TextRun['font']; text: string; boxes: number }[] = [];
  for (const character of charactersOf(text)) {
    const last = runs.at(-1);
    const font = /^\s$/.test(character)
      ? (last?.font ?? fontFor(' ', weight))
      : fontOfCharacter(character, weight);
    const shown = /^\s$/.test(character) ? ' ' : character;
    if (last !== undefined && last.font === font) {
      last.text += shown;
      last.boxes += 1;
    } else runs.push({ font, text: shown, boxes: 1 });
  }
  return runs.map(({ font, text: shown, boxes }) => ({
    font,
    text: shown,
    width: font === undefined ? boxes * boxAdvance * size : font.getAdvanceWidth(shown, size),
  }));
}

const widthOf = (runs: readonly TextRun[]) => runs.reduce((sum, run) => sum + run.width, 0);

/** Puts text into lines of a width, cut with an ellipsis after `maxLines`. */
class LineBreaker {
  readonly #size: number;
  readonly #weight: Weight;
  readonly #width: number;
  readonly #maxLines: number;

  constructor({ size, weight = 'regular', width, maxLines = Number.POSITIVE_INFINITY }: TextLayer) {
    this.#size = size;
    this.#weight = weight;
    this.#width = width;
    this.#maxLines = maxLines;
  }

  measure(text: string): number {
    return widthOf(runsOf(text, this.#size, this.#weight));
  }

  lines(text: string): string[] {
    const lines: string[] = [];
    for (const paragraph of text
      .normalize('NFC')
      .trimEnd()
      .split(/\r\n|\r|\n/)) {
      for (const line of this.#paragraph(paragraph, this.#maxLines - lines.length + 1)) lines.push(line);
      if (lines.length > this.#maxLines) break;
    }
    if (lines.length <= this.#maxLines) return lines;
    const kept = lines.slice(0, this.#maxLines);
    const last = kept.pop();
    return last === undefined ? [] : [...kept, this.#cut(last)];
  }

  *#paragraph(paragraph: string, most: number): Generator<string> {
    let line = '';
    let made = 0;
    for (const word of paragraph.split(/[^\S\u00a0]+/)) {
      if (made >= most) return;
      const longer = line === '' ? word : `${line} ${word}`;
      if (this.measure(longer) <= this.#width) {
        line = longer;
        continue;
      }
      if (line !== '') {
        yield line;
        made += 1;
      }
      const pieces = this.#pieces(word, most - made);
      line = pieces.pop() ?? '';
      yield* pieces;
      made += pieces.length;
    }
    yield line;
  }

  /** A word that is longer than a line, broken anywhere; also how writing without spaces is wrapped. */
  #pieces(word: string, most: number): string[] {
    const pieces: string[] = [];
    let piece = '';
    for (const character of charactersOf(word)) {
      if (piece !== '' && this.measure(piece + character) > this.#width) {
        pieces.push(piece);
        if (pieces.length > most) break;
        piece = '';
      }
      piece += character;
    }
    pieces.push(piece);
    return pieces;
  }

  #cut(line: string): string {
    const characters = charactersOf(line);
    while (characters.length > 0 && this.measure(characters.join('').trimEnd() + ellipsis) > this.#width)
      characters.pop();
    return characters.join('').replace(/[\s.,;:–—-]+$/, '') + ellipsis;
  }
}

function box(left: number, baseline: number, size: number): string {
  const stroke = size * 0.05;
  const width = size * 0.56;
  const height = size * 0.68;
  const [x, y] = [left + size * 0.08, baseline - height];
  const [innerWidth, innerHeight] = [width - 2 * stroke, height - 2 * stroke].map((side) => side.toFixed(2));
  const outer = `M${x.toFixed(2)} ${y.toFixed(2)}h${width.toFixed(2)}v${height.toFixed(2)}h-${width.toFixed(2)}Z`;
  // The other way round, so that it is a hole.
  return `${outer}M${(x + stroke).toFixed(2)} ${(y + stroke).toFixed(2)}v${innerHeight}h${innerWidth}v-${innerHeight}Z`;
}

// Not by opentype.js's own toPathData: it writes NaN for a number so small that it has an exponent.
function pathData(commands: readonly PathCommand[]): string {
  return commands
    .map((command) => {
      const { type, ...points } = { x1: 0, y1: 0, x2: 0, y2: 0, x: 0, y: 0, ...command };
      const { x1, y1, x2, y2, x, y } = points;
      const numbers = { M: [x, y], L: [x, y], Q: [x1, y1, x, y], C: [x1, y1, x2, y2, x, y], Z: [] }[type];
      return type + numbers.map((number) => Math.round(number * 100) / 100).join(' ');
    })
    .join('');
}

function runPaths(run: TextRun, left: number, baseline: number, size: number): string {
  if (run.font !== undefined) return pathData(run.font.getPath(run.text, left, baseline, size).commands);
  return charactersOf(run.text)
    .map((_character, index) => box(left + index * boxAdvance * size, baseline, size))
    .join('');
}

/**
 * A text layer as one SVG `<path>`, drawn with IBM Plex Sans: where the pictures are made there may be no font at
 * all. Line height is 1.3 of the size, `top` is the top of the first line. Latin, Greek and Cyrillic are there; any
 * other character is an outlined box.
 */
export function textPath(layer: TextLayer): string {
  const { left, top, width, size, color, weight = 'regular', align = 'left' } = layer;
  const slack = { left: 0, center: 0.5, right: 1 }[align];
  let data = '';
  new LineBreaker(layer).lines(layer.text).forEach((line, index) => {
    const runs = runsOf(line, size, weight);
    const baseline = top + (index * lineHeight + ascent) * size;
    let x = left + (width - widthOf(runs)) * slack;
    for (const run of runs) {
      data += runPaths(run, x, baseline, size);
      x += run.width;
    }
  });
  return `<path fill="${color}" d="${data}"/>`;
}
