import { userFailure, type Failure } from './failure';

/**
 * A prompt with places that are filled in: `{red|green}` is a wildcard, one of its alternatives; `$name` and `{name}` are
 * variables; `{}` is the inserted text. A backslash before `{ } | $ \` takes the sign as it is. Braces with neither a bar nor a
 * name in them stay braces, so that JSON is a prompt too. `from` and `to` are places in the text.
 */
export type PromptPart = { from: number; to: number } & (
  | { kind: 'text'; text: string }
  | { kind: 'escape'; text: string }
  | { kind: 'insert' }
  | { kind: 'variable'; name: string }
  | { kind: 'wildcard'; alternatives: PromptPart[][]; bars: number[] }
  /** A brace that is never closed. */
  | { kind: 'open' }
);

/** Wildcards within wildcards. */
const deepest = 50;
const special = '{}|$\\';
const variableName = /^[\p{L}_][\p{L}\p{N}_]*/u;
const bracedName = /^\{\s*([\p{L}_][\p{L}\p{N}_]*)\s*\}/u;

/** Reads a prompt. Every text is one; what is wrong in it is a part of the kind `open`. */
export function readPrompt(text: string): PromptPart[] {
  return sequence(text, 0, 0).parts;
}

/** Up to the end, or inside braces up to a bar or the brace that closes them. */
function sequence(text: string, start: number, depth: number): { parts: PromptPart[]; end: number } {
  const parts: PromptPart[] = [];
  let at = start;
  const plain = (from: number, to: number) => {
    const last = parts.at(-1);
    if (last?.kind === 'text' && last.to === from) {
      last.text += text.slice(from, to);
      last.to = to;
    } else parts.push({ kind: 'text', text: text.slice(from, to), from, to });
  };
  while (at < text.length) {
    const sign = text[at]!;
    if (depth > 0 && (sign === '|' || sign === '}')) break;
    if (sign === '\\' && at + 1 < text.length && special.includes(text[at + 1]!)) {
      parts.push({ kind: 'escape', text: text[at + 1]!, from: at, to: at + 2 });
      at += 2;
    } else if (sign === '$') {
      const [name] = variableName.exec(text.slice(at + 1)) ?? [];
      if (name === undefined) plain(at, at + 1);
      else parts.push({ kind: 'variable', name, from: at, to: at + 1 + name.length });
      at += 1 + (name?.length ?? 0);
    } else if (sign === '{') {
      at = braces(text, at, depth, parts, plain);
    } else {
      plain(at, at + 1);
      at += 1;
    }
  }
  return { parts, end: at };
}

/** Reads what begins with a brace; gives the place behind it. */
function braces(
  text: string,
  at: number,
  depth: number,
  parts: PromptPart[],
  plain: (from: number, to: number) => void,
): number {
  if (text[at + 1] === '}') {
    parts.push({ kind: 'insert', from: at, to: at + 2 });
    return at + 2;
  }
  const named = bracedName.exec(text.slice(at));
  if (named?.[1] !== undefined) {
    parts.push({ kind: 'variable', name: named[1], from: at, to: at + named[0].length });
    return at + named[0].length;
  }
  if (depth >= deepest) {
    parts.push({ kind: 'open', from: at, to: at + 1 });
    return at + 1;
  }
  const alternatives: PromptPart[][] = [];
  const bars: number[] = [];
  let end = at;
  do {
    if (alternatives.length > 0) bars.push(end);
    const read = sequence(text, end + 1, depth + 1);
    alternatives.push(read.parts);
    end = read.end;
  } while (text[end] === '|');
  const isClosed = text[end] === '}';
  if (isClosed && bars.length > 0) {
    parts.push({ kind: 'wildcard', alternatives, bars, from: at, to: end + 1 });
    return end + 1;
  }
  if (isClosed) plain(at, at + 1);
  else parts.push({ kind: 'open', from: at, to: at + 1 });
  for (const [place, alternative] of alternatives.entries()) {
    if (place > 0) plain(bars[place - 1]!, bars[place - 1]! + 1);
    parts.push(...alternative);
  }
  if (isClosed) plain(end, end + 1);
  return isClosed ? end + 1 : end;
}

export interface PromptGiven {
  /** What stands for `{}`; without a `{}` it is put behind the text. */
  insert?: string | undefined;
  /** Lines of `name = value`; a value may have wildcards, and variables too. */
  variables?: string;
  /** One of the ways its wildcards can fall, by its number from 1; or all of them. */
  draw: number | 'all';
}

/** More prompts than this at once is a slip of the keyboard far more often than a wish. */
const mostPrompts = 1000;

/** The prompt or prompts a text stands for. The same is always given for the same. */
export function resolvePrompt(text: string, given: PromptGiven): string[] | Failure {
  const template = readPrompt(text);
  const defined = readVariables(given.variables ?? '');
  if (!(defined instanceof Map)) return defined;
  const wrong = troubleIn(template, text);
  if (wrong !== undefined) return wrong;
  const used = usedVariables(template, defined);
  if (!Array.isArray(used)) return used;
  const slots: [name: string | undefined, parts: PromptPart[]][] = [
    ...used.map((name): [string, PromptPart[]] => [name, defined.get(name) ?? []]),
    [undefined, template],
  ];
  const hasGap = slots.some(([, parts]) => someParts(parts, ({ kind }) => kind === 'insert'));
  if (hasGap && given.insert === undefined)
    return userFailure(
      'nothing-to-insert',
      'The text has a {} but nothing is wired to "Insert". Wire a text in, or take the {} out.',
    );
  const counts = slots.map(([, parts]) => waysOf(parts));
  const ways = counts.reduce((product, count) => product * count, 1n);
  if (given.draw === 'all' && ways > BigInt(mostPrompts))
    return userFailure(
      'too-many-items',
      `These wildcards give ${ways > 1_000_000n ? 'more than a million' : ways} prompts; at most ${mostPrompts} are made at once. Draw one, or take some away.`,
    );
  const written = (way: bigint): string => {
    const values = new Map<string, string>();
    let rest = way;
    // The last slot turns fastest.
    const places = counts.toReversed().map((count) => {
      const place = rest % count;
      rest /= count;
      return place;
    });
    places.reverse();
    let prompt = '';
    for (const [at, [name, parts]] of slots.entries()) {
      const words = writtenWay(parts, places[at] ?? 0n, values, given.insert ?? '');
      if (name === undefined) prompt = words;
      else values.set(name, words);
    }
    return given.insert !== undefined && !hasGap ? appended(prompt, given.insert) : prompt;
  };
  if (given.draw === 'all') return Array.from({ length: Number(ways) }, (_, way) => written(BigInt(way)));
  return [written(drawnWay(given.draw, ways))];
}

/** In steps that share no divisor with the number of ways: each comes once before any comes again, neighbours differ. */
function drawnWay(draw: number, ways: bigint): bigint {
  let step = (ways * 618n) / 1000n;
  if (step < 1n) step = 1n;
  while (divisor(step, ways) !== 1n) step += 1n;
  return (BigInt(Math.max(0, Math.trunc(draw) - 1)) * step) % ways;
}

function divisor(one: bigint, other: bigint): bigint {
  let [left, right] = [one, other];
  while (right !== 0n) [left, right] = [right, left % right];
  return left;
}

function waysOf(parts: readonly PromptPart[]): bigint {
  return parts.reduce(
    (product, part) =>
      part.kind === 'wildcard'
        ? product * part.alternatives.reduce((sum, alternative) => sum + waysOf(alternative), 0n)
        : product,
    1n,
  );
}

function writtenWay(
  parts: readonly PromptPart[],
  way: bigint,
  values: ReadonlyMap<string, string>,
  insert: string,
): string {
  let rest = way;
  const words = parts.toReversed().map((part) => {
    switch (part.kind) {
      case 'text':
      case 'escape':
        return part.text;
      case 'open':
        return '{';
      case 'insert':
        return insert;
      case 'variable':
        return values.get(part.name) ?? '';
      case 'wildcard': {
        const ways = part.alternatives.map(waysOf);
        const all = ways.reduce((sum, count) => sum + count, 0n);
        let place = rest % all;
        rest /= all;
        for (const [at, count] of ways.entries()) {
          if (place < count) return writtenWay(part.alternatives[at] ?? [], place, values, insert).trim();
          place -= count;
        }
        return '';
      }
    }
  });
  return words.toReversed().join('');
}

/** Put in as one more phrase: after a comma, unless the text already ends in a mark of its own. */
function appended(text: string, insert: string): string {
  const start = text.trimEnd();
  if (start === '') return insert;
  return /[\p{P}]$/u.test(start) ? `${start} ${insert}` : `${start}, ${insert}`;
}

function someParts(parts: readonly PromptPart[], is: (part: PromptPart) => boolean): boolean {
  return parts.some(
    (part) =>
      is(part) ||
      (part.kind === 'wildcard' && part.alternatives.some((alternative) => someParts(alternative, is))),
  );
}

function troubleIn(parts: readonly PromptPart[], text: string): Failure | undefined {
  let open: PromptPart | undefined;
  someParts(parts, (part) => {
    if (part.kind === 'open') open ??= part;
    return false;
  });
  if (open === undefined) return undefined;
  const words = text.slice(open.from, open.from + 24).replaceAll('\n', ' ');
  return userFailure(
    'open-brace',
    `"${words}" begins with a { that is never closed. Close it, or write \\{.`,
  );
}

const definition = /^\s*\$?([\p{L}_][\p{L}\p{N}_]*)\s*=\s*(.*?)\s*$/u;

function readVariables(lines: string): Map<string, PromptPart[]> | Failure {
  const variables = new Map<string, PromptPart[]>();
  for (const [place, line] of lines.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '') continue;
    const [, name, value] = definition.exec(line) ?? [];
    if (name === undefined || value === undefined)
      return userFailure('no-variable', `Variables, line ${place + 1}: write it as "name = value".`);
    if (variables.has(name))
      return userFailure('variable-twice', `Variables, line ${place + 1}: "${name}" has a value already.`);
    const parts = readPrompt(value);
    const wrong = troubleIn(parts, value);
    if (wrong !== undefined) return wrong;
    variables.set(name, parts);
  }
  return variables;
}

/** Those the text needs, also through others, each after what it needs itself. */
function usedVariables(
  template: readonly PromptPart[],
  defined: ReadonlyMap<string, PromptPart[]>,
): string[] | Failure {
  const done: string[] = [];
  const open = new Set<string>();
  let failure: Failure | undefined;
  const visit = (parts: readonly PromptPart[]) =>
    someParts(parts, (part) => {
      if (part.kind !== 'variable' || done.includes(part.name)) return failure !== undefined;
      const { name } = part;
      const value = defined.get(name);
      if (value === undefined)
        failure ??= userFailure(
          'unknown-variable',
          `The variable "${name}" has no value. Add a line "${name} = …" to the variables, or write \\$ or \\{ where the sign itself is meant.`,
        );
      else if (open.has(name))
        failure ??= userFailure('variable-loop', `The variable "${name}" is made of itself. Break the loop.`);
      else {
        open.add(name);
        visit(value);
        open.delete(name);
        if (!done.includes(name)) done.push(name);
      }
      return failure !== undefined;
    });
  visit(template);
  return failure ?? done;
}

/** A text that meant itself, but for `{}`, in the signs of today. */
export function escapedPrompt(text: string): string {
  let escaped = '';
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]!;
    const next = text[at + 1] ?? '';
    if (sign === '{' && next === '}') {
      escaped += '{}';
      at += 1;
    } else if (sign === '{') escaped += '\\{';
    else if (sign === '\\' && next !== '' && special.includes(next)) escaped += '\\\\';
    else if (sign === '$' && variableName.test(text.slice(at + 1))) escaped += '\\$';
    else escaped += sign;
  }
  return escaped;
}

/** `(word:1.3)`: how much a word counts, for models that read it. A ratio like (16:9) is none. */
const weight = /(?<!\\)\([^()\\]*[^()\\\d\s]\s*:\s*(?:\d+(?:\.\d+)?|\.\d+)\s*\)/g;

export function hasWeights(prompt: string): boolean {
  return prompt.search(weight) >= 0;
}

/** A stretch of a prompt and what it is; plain words are of no kind. */
export interface PromptMark {
  text: string;
  kind?: 'wildcard' | 'alternative' | 'variable' | 'weight' | 'escape' | 'wrong';
}

/** The prompt in stretches, in order and without a gap, for marking it as it is typed. */
export function markPrompt(text: string, signs: 'weights' | 'template'): PromptMark[] {
  const kinds: (PromptMark['kind'] | undefined)[] = Array.from({ length: text.length });
  const paint = (from: number, to: number, kind: PromptMark['kind']) => kinds.fill(kind, from, to);
  const walk = (parts: readonly PromptPart[]) => {
    for (const part of parts) {
      const { from, to, kind } = part;
      if (kind === 'escape') paint(from, to, 'escape');
      else if (kind === 'insert' || kind === 'variable') paint(from, to, 'variable');
      else if (kind === 'open') paint(from, to, 'wrong');
      else if (kind === 'wildcard') {
        paint(from, to, 'alternative');
        for (const bar of [from, ...part.bars, to - 1]) paint(bar, bar + 1, 'wildcard');
        for (const alternative of part.alternatives) walk(alternative);
      }
    }
  };
  if (signs === 'template') walk(readPrompt(text));
  for (const found of text.matchAll(weight)) {
    const end = found.index + found[0].length;
    paint(found.index, found.index + 1, 'weight');
    paint(found.index + found[0].lastIndexOf(':'), end, 'weight');
  }
  const marks: PromptMark[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const kind = kinds[at];
    const last = marks.at(-1);
    if (last !== undefined && last.kind === kind) last.text += text[at];
    else marks.push({ text: text[at]!, ...(kind === undefined ? {} : { kind }) });
  }
  return marks;
}
