import { z } from 'zod';
import { userFailure, type Failure } from '../failure';
import { baseOfTensors, baseOfWord, isDown, type Tensor } from './lora-base';
import type { LoraBase, LoraFacts } from './lora';

/**
 * The header of a safetensors file: eight bytes with its length (little-endian), then JSON, `__metadata__` (texts) beside
 * one member for each tensor; the weights come after it. Whatever stands in it was written by strangers.
 */

/** Bytes of a header that is read at most. Those of LoRAs are far below, also with a picture in them. */
export const largestHeader = 16_000_000;
/** Bytes before the header. */
export const headerPrefix = 8;

export type HeaderRead<T> = { ok: true; value: T } | { ok: false; failure: Failure };

function refused<T>(code: string, message: string): HeaderRead<T> {
  return { ok: false, failure: userFailure(code, message) };
}

/** Where the header ends, by the file's first eight bytes and its size; nothing but those is looked at. */
export function headerLength(first: Uint8Array, fileBytes: number): HeaderRead<number> {
  const notOne = 'This is not a safetensors file';
  if (first.byteLength < headerPrefix || fileBytes < headerPrefix + 2)
    return refused('not-safetensors', `${notOne}: it is too short.`);
  const view = new DataView(first.buffer, first.byteOffset, headerPrefix);
  // As two halves: a length beyond 2^32 is refused, and need not be exact.
  const length = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
  if (length < 2) return refused('not-safetensors', `${notOne}: its header is empty.`);
  if (length > fileBytes - headerPrefix)
    return refused(
      'not-safetensors',
      `${notOne}, or not all of it: its header would end after the file. Copy it anew.`,
    );
  if (length > largestHeader)
    return refused(
      'header-too-large',
      `The header of this file has ${Math.round(length / 1e6)} MB; Seedloom reads up to ${largestHeader / 1e6} MB.`,
    );
  return { ok: true, value: length };
}

const tensorSchema = z.object({
  shape: z.array(z.number().int().nonnegative()).max(8),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
});

/**
 * What a header says, by its JSON. `weightBytes`: how many bytes follow it in the file, to tell whether they are all there;
 * left out where only the header is at hand.
 */
export function readHeader(json: Uint8Array | string, weightBytes?: number): HeaderRead<LoraFacts> {
  let header: unknown;
  try {
    header = JSON.parse(typeof json === 'string' ? json : new TextDecoder().decode(json));
  } catch {
    return refused('not-safetensors', 'This is not a safetensors file: its header cannot be read.');
  }
  if (!isRecord(header))
    return refused('not-safetensors', 'This is not a safetensors file: its header has no members.');
  const tensors: Tensor[] = [];
  let end = 0;
  for (const [name, member] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const tensor = tensorSchema.safeParse(member);
    if (!tensor.success)
      return refused('not-safetensors', `This is not a safetensors file: "${short(name, 80)}" is no tensor.`);
    tensors.push({ name, shape: tensor.data.shape });
    end = Math.max(end, ...tensor.data.data_offsets);
  }
  if (weightBytes !== undefined && end > weightBytes)
    return refused('file-cut', 'This file is not whole: weights at its end are missing. Copy it anew.');
  const metadata = Object.hasOwn(header, '__metadata__') ? header['__metadata__'] : undefined;
  return { ok: true, value: factsOf(metadata, tensors) };
}

/**
 * What the metadata of a LoRA says (the header's `__metadata__`: texts by name), with its tensors where they are at hand.
 * Never throws; a member that is not as it should be counts as not said.
 */
export function factsOf(metadata: unknown, tensors: readonly Tensor[] = []): LoraFacts {
  const texts = new Texts(metadata);
  const words = [texts.of('modelspec.architecture'), texts.of('ss_base_model_version')].filter(
    (word) => word !== undefined,
  );
  const { base, baseSaid } = baseOf(words, tensors);
  const [rank, alpha] = [texts.number('ss_network_dim') ?? rankOf(tensors), texts.number('ss_network_alpha')];
  const resolution = sizeOf(texts.of('modelspec.resolution') ?? texts.of('ss_resolution'));
  return defined({
    title: texts.of('modelspec.title') ?? texts.of('ss_output_name') ?? texts.of('name'),
    base,
    baseSaid,
    triggers: triggersOf(texts),
    frequent: frequentOf(texts.json('ss_tag_frequency')),
    rank: rank !== undefined && rank > 0 ? rank : undefined,
    alpha,
    resolution,
    licence: texts.of('modelspec.license'),
    author: texts.of('modelspec.author'),
    about: texts.of('modelspec.description', 600) ?? texts.of('ss_training_comment', 600),
  });
}

function defined(facts: { [K in keyof LoraFacts]: LoraFacts[K] | undefined }): LoraFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as LoraFacts;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** On one line, without what would steer a terminal, and not too long. */
function short(text: string, most: number): string {
  const plain = text
    .slice(0, most * 4)
    .replaceAll(/\p{Cc}|\s/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  // By characters: half an emoji is none.
  const characters = [...plain];
  return characters.length <= most ? plain : `${characters.slice(0, most - 1).join('')}…`;
}

/** Trainers write `None` where they have nothing to say. */
const empty = /^(none|null|undefined|unknown|n\/a)?$/i;

class Texts {
  readonly #metadata: Record<string, unknown>;

  constructor(metadata: unknown) {
    this.#metadata = isRecord(metadata) ? metadata : {};
  }

  #raw(name: string): unknown {
    return Object.hasOwn(this.#metadata, name) ? this.#metadata[name] : undefined;
  }

  of(name: string, most = 120): string | undefined {
    const value = this.#raw(name);
    if (typeof value !== 'string') return undefined;
    const text = short(value, most);
    return empty.test(text) ? undefined : text;
  }

  number(name: string): number | undefined {
    const value = this.#raw(name);
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
  }

  /** A text that holds JSON, as the format wants it, or what some write in its place: the JSON itself. */
  json(name: string): unknown {
    const value = this.#raw(name);
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      return value;
    }
  }
}

/** By what is said; by the tensors where nothing known is said. What contradicts itself is not known. */
function baseOf(
  words: readonly string[],
  tensors: readonly Tensor[],
): { base: LoraBase | undefined; baseSaid: string | undefined } {
  const named = new Set(words.map(baseOfWord).filter((base) => base !== undefined));
  const baseSaid = words[0];
  if (named.size > 1) return { base: undefined, baseSaid: words.join(', ') };
  // A word that is not known here may well be another family's: tensors that look like a known one would be a guess.
  const base = named.size === 1 ? [...named][0] : words.length === 0 ? baseOfTensors(tensors) : undefined;
  return { base, baseSaid };
}

/** The rank most layers have. */
function rankOf(tensors: readonly Tensor[]): number | undefined {
  const counts = new Map<number, number>();
  for (const tensor of tensors) {
    const [rank = 0] = tensor.shape;
    if (isDown(tensor)) counts.set(rank, (counts.get(rank) ?? 0) + 1);
  }
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0];
}

/** `1024x1024`, `(1024, 1024)`, `512`. */
function sizeOf(text: string | undefined): { width: number; height: number } | undefined {
  const [width = 0, height = width] = (text?.match(/\d{2,5}/g) ?? []).map(Number);
  return width > 0 && height > 0 ? { width, height } : undefined;
}

const mostTriggers = 12;

function triggersOf(texts: Texts): string[] {
  for (const name of ['modelspec.trigger_phrase', 'ss_trigger_words', 'trigger_words', 'trigger_word']) {
    const value = texts.json(name);
    const list = Array.isArray(value) ? (value as unknown[]) : [value];
    const words = list
      .filter((word) => typeof word === 'string')
      .map((word) => short(word, 200))
      .filter((word) => !empty.test(word));
    if (words.length > 0) return [...new Set(words)].slice(0, mostTriggers);
  }
  return [];
}

const mostFrequent = 12;

/** `{ "10_folder": { "a word": 12 } }`: the words of all folders together. */
function frequentOf(value: unknown): { word: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const folder of isRecord(value) ? Object.values(value) : [])
    for (const [written, count] of isRecord(folder) ? Object.entries(folder) : []) {
      const word = short(written, 80);
      if (word === '' || typeof count !== 'number' || !Number.isFinite(count) || count <= 0) continue;
      counts.set(word, Math.min((counts.get(word) ?? 0) + count, Number.MAX_SAFE_INTEGER));
    }
  return [...counts]
    .map(([word, count]) => ({ word, count }))
    .sort((left, right) => right.count - left.count || (left.word < right.word ? -1 : 1))
    .slice(0, mostFrequent);
}
