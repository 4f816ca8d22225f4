import { canonicalJson, sameJson } from '../json';
import { isImageRef, isLoraRef, type PortValue } from '../values';

/**
 * Exactly what makes a result this result and no other. A field added here makes every stored result unknown, so it must
 * be argued for.
 */
export interface CacheKeyParts {
  node: string;
  version: number;
  /** Resolved: defaults filled in, wired values in place of their params, pictures by their hash. */
  params: Record<string, unknown>;
  /** For each input port its items in order; pictures by their hash. */
  inputs: Record<string, unknown[]>;
  /** Model nodes only. */
  provider?: { id: string; revision: number; model: string };
  take: number;
  copy: number;
  /** Nodes that write files only: the folder they write to when they name none, and the place among the items. */
  files?: { folder: string; index: number };
}

/** A value as it counts for the key: pictures by their content alone, and so LoRAs whose file is here. */
export function keyValue(value: unknown): unknown {
  if (isImageRef(value)) return `sha256:${value.hash}`;
  if (isLoraRef(value) && value.file !== undefined) {
    const { file, strength, clip } = value;
    return { file: `sha256:${file.hash}`, strength, ...(clip === undefined ? {} : { clip }) };
  }
  return Array.isArray(value) ? value.map(keyValue) : value;
}

export function keyValues(items: readonly PortValue[]): unknown[] {
  return items.map(keyValue);
}

/** `hash` is sha256 of a text in hex, given by whoever has one. */
export function cacheKey(parts: CacheKeyParts, hash: (text: string) => string): string {
  return hash(canonicalJson(parts));
}

/** What differs between two keys' parts, most telling first. */
export type Difference =
  | { part: 'param'; name: string }
  | { part: 'input'; name: string }
  | { part: 'node' | 'route' | 'take' | 'files' };

export function keyDifferences(before: CacheKeyParts, after: CacheKeyParts): Difference[] {
  const differences: Difference[] = [];
  if (before.node !== after.node || before.version !== after.version) differences.push({ part: 'node' });
  const names = (left: object, right: object) =>
    [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
  for (const name of names(before.params, after.params))
    if (!sameJson(before.params[name], after.params[name])) differences.push({ part: 'param', name });
  for (const name of names(before.inputs, after.inputs))
    if (!sameJson(before.inputs[name], after.inputs[name])) differences.push({ part: 'input', name });
  if (!sameJson(before.provider, after.provider)) differences.push({ part: 'route' });
  if (before.take !== after.take || before.copy !== after.copy) differences.push({ part: 'take' });
  if (!sameJson(before.files, after.files)) differences.push({ part: 'files' });
  return differences;
}
