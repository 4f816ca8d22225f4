import { words } from '../look/words';

/** What numbers a field takes. */
export interface NumberRange {
  min: number;
  max: number;
  step: number;
}

export type ReadNumber = { ok: true; value: number } | { ok: false; reason: string; nearest?: number };

function decimals(step: number): number {
  const text = String(step);
  const exponent = /e-(\d+)$/.exec(text);
  if (exponent !== null) return Number(exponent[1]);
  return text.split('.')[1]?.length ?? 0;
}

/** Within the range and on its grid, without the dust of binary fractions. */
export function fitNumber(value: number, { min, max, step }: NumberRange): number {
  const places = Math.max(decimals(step), decimals(min));
  const onGrid = min + Math.round((value - min) / step) * step;
  return Math.min(max, Math.max(min, Number(onGrid.toFixed(places))));
}

/** What a person typed: a point or a comma for fractions. `nearest` is the closest allowed value where there is one. */
export function readNumber(text: string, range: NumberRange): ReadNumber {
  const trimmed = text.trim().replace(',', '.');
  const value = Number(trimmed);
  if (trimmed === '' || !Number.isFinite(value)) return { ok: false, reason: words.fields.number.needed };
  if (value < range.min || value > range.max)
    return {
      ok: false,
      reason: words.fields.number.between(showNumber(range.min), showNumber(range.max)),
      nearest: fitNumber(value, range),
    };
  if (Number.isInteger(range.step) && Number.isInteger(range.min) && !Number.isInteger(value))
    return { ok: false, reason: words.fields.number.whole, nearest: fitNumber(value, range) };
  return { ok: true, value };
}

/** A step up or down from the keyboard; `coarse` takes ten at once. */
export function stepNumber(value: number, direction: 1 | -1, coarse: boolean, range: NumberRange): number {
  return fitNumber(value + direction * range.step * (coarse ? 10 : 1), range);
}

const pixelsPerStep = 6;

/** The value after dragging `pixels` sideways from `start`. A wide range moves faster: 400 px is all of it at most. */
export function scrubNumber(start: number, pixels: number, coarse: boolean, range: NumberRange): number {
  const steps = (range.max - range.min) / range.step;
  const perPixel = Math.max(1 / pixelsPerStep, Number.isFinite(steps) ? Math.min(steps / 400, 16) : 0);
  return fitNumber(start + pixels * perPixel * range.step * (coarse ? 10 : 1), range);
}

/** As it is shown in a field. */
export function showNumber(value: number): string {
  return String(Number(value.toPrecision(15)));
}
