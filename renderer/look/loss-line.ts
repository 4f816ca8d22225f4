import { figure as shown } from './format';
import { words as said } from './words';

/** A training's losses as a line and in words. */
export interface LossLine {
  /** A path in a box of 100 × 100, the lowest loss at the bottom; with a gap where the loss was no number. */
  path: string;
  /** "0.213 → 0.064": the first and the last; empty where neither is a number. */
  figures: string;
  /** The same for those who do not see the line. */
  words: string;
  /** It ended as no number. */
  isSpoilt: boolean;
}

/** `loss` as of a LoRA that was trained: numbers, or `null` where it was none. */
export function lossLine(loss: readonly (number | null)[]): LossLine {
  const known = loss.filter((each) => each !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined)
    return { path: '', figures: '', words: said.look.loss.noNumber, isSpoilt: true };
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const missing = loss.length - known.length;
  const gaps = missing === 0 ? '' : said.look.loss.gaps(missing, loss.length);
  return {
    path: pathOf(loss, low, high),
    figures: known.length === 1 ? figure(last) : `${figure(first)} → ${figure(last)}`,
    words: `${said.look.loss.words(figure(first), figure(last), figure(low))}${gaps}`,
    isSpoilt: loss.at(-1) === null,
  };
}

function pathOf(loss: readonly (number | null)[], low: number, high: number): string {
  const x = (place: number) => round((100 * place) / Math.max(1, loss.length - 1));
  const y = (value: number) => round(high === low ? 50 : 100 - (100 * (value - low)) / (high - low));
  const isAlone = (place: number) => (loss[place - 1] ?? null) === null && (loss[place + 1] ?? null) === null;
  return loss
    .flatMap((value, place) => {
      if (value === null) return [];
      const begins = (loss[place - 1] ?? null) === null;
      const at = `${begins ? 'M' : 'L'}${x(place)} ${y(value)}`;
      // A line of no length is drawn as a dot.
      return [isAlone(place) ? `${at}h0` : at];
    })
    .join('');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Three figures. */
function figure(loss: number): string {
  return shown(Number(loss.toPrecision(3)));
}
