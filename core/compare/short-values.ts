import { canonicalJson } from '../json';

const longest = 64;
/** What is kept of the words before the place where two long texts part. */
const leadIn = 16;

/** Two values that differ, each in a few words; of long texts the part where they differ. */
export function shortValues(before: unknown, after: unknown): { before: string; after: string } {
  const [left, right] = [plainText(before), plainText(after)];
  if (left !== undefined && right !== undefined) {
    const start = shownFrom(left, right);
    return { before: quoted(left, start), after: quoted(right, start) };
  }
  const [first, second] = [shortValue(before), shortValue(after)];
  if (first !== second) return { before: first, after: second };
  return { before: cut(canonicalJson(before)), after: cut(canonicalJson(after)) };
}

/** A value in a few words. */
export function shortValue(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'none';
  if (typeof value === 'string')
    return value.startsWith('sha256:') ? `picture ${value.slice(7, 15)}` : quoted(value, 0);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value))
    return value.length === 1
      ? shortValue(value[0])
      : value.length === 0
        ? 'none'
        : cut(`${value.length}: ${value.map(shortValue).join(', ')}`);
  const { width, height, name } = value as { width?: unknown; height?: unknown; name?: unknown };
  if (typeof width === 'number' && typeof height === 'number') return `${width} × ${height}`;
  if (typeof name === 'string') return cut(name);
  return cut(canonicalJson(value));
}

function plainText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && !value.startsWith('sha256:') ? value : undefined;
}

function shownFrom(left: string, right: string): number {
  if (left.length <= longest && right.length <= longest) return 0;
  let same = 0;
  while (same < left.length && same < right.length && left[same] === right[same]) same += 1;
  return same <= leadIn + 1 ? 0 : same - leadIn;
}

function quoted(text: string, start: number): string {
  return `“${start > 0 ? '…' : ''}${cut(text.slice(start))}”`;
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}
