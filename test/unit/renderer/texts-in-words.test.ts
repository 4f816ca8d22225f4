import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '#core/words/words';
import { gap, saidTexts, sourcesIn } from '../../kit/said-texts';

/** Attributes whose text a person reads or hears. */
const said: ReadonlySet<string> = new Set([
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'title',
  'placeholder',
  'label',
  'alt',
  'caption',
  'description',
  'hint',
  'summary',
]);

/** Names, units, keys on the keyboard, paths and variables are the same in every language. */
const same =
  /^([1-9]K|Seedloom|ComfyUI|RunPod|GPU|LoRA|px|MP|Tab|sha256|\(?[A-Z]\)?|\S+\/\S+|[A-Z]+(_[A-Z]+)+)$/;

interface Part {
  type: string;
  [name: string]: unknown;
}

function isPart(value: unknown): value is Part {
  return (
    typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
  );
}

function partsOf(part: Part): Part[] {
  return Object.values(part)
    .flatMap((value: unknown) => (Array.isArray(value) ? (value as unknown[]) : [value]))
    .filter(isPart);
}

/** Every text an expression can come to: `a ? 'x' : 'y'`, `a && 'x'`, `` `x ${b}` ``. */
function textsOf(part: Part | undefined): string[] {
  if (part === undefined) return [];
  switch (part.type) {
    case 'Literal':
      return typeof part['value'] === 'string' ? [part['value']] : [];
    case 'TemplateLiteral':
      return (part['quasis'] as { value: { cooked: string } }[]).map(({ value }) => value.cooked);
    case 'ConditionalExpression':
      return [...textsOf(part['consequent'] as Part), ...textsOf(part['alternate'] as Part)];
    case 'LogicalExpression':
    case 'BinaryExpression':
      return part['type'] === 'BinaryExpression' && part['operator'] !== '+'
        ? []
        : [...textsOf(part['left'] as Part), ...textsOf(part['right'] as Part)];
    case 'JSXExpressionContainer':
    case 'ParenthesizedExpression':
      return textsOf(part['expression'] as Part);
    default:
      return [];
  }
}

function isSaid(attribute: Part): boolean {
  const name = (attribute['name'] as Part)['name'];
  return typeof name === 'string' && said.has(name);
}

/** The texts that stand in a component's source. */
function textsLeft(source: string): string[] {
  const found: string[] = [];
  const look = (part: Part): void => {
    if (part.type === 'JSXText') found.push(String(part['value']));
    if (part.type === 'JSXAttribute') {
      const value = part['value'];
      if (isSaid(part) && isPart(value)) found.push(...textsOf(value));
      if (isPart(value) && value.type === 'JSXExpressionContainer') look(value['expression'] as Part);
      return;
    }
    // What stands between the tags: `{isOn ? 'Stop' : 'Start'}`.
    if (part.type === 'JSXElement' || part.type === 'JSXFragment')
      for (const child of part['children'] as Part[])
        if (child.type === 'JSXExpressionContainer') found.push(...textsOf(child));
    for (const each of partsOf(part)) look(each);
  };
  look(parseSync('component.tsx', source).program as unknown as Part);
  return found
    .map((text) => text.replaceAll(/\s+/g, ' ').trim())
    .filter((text) => /\p{L}/u.test(text) && !same.test(text));
}

/** Texts under a name that says that a person reads them: `{ label: 'Start' }`. */
function textsUnderNames(source: string): string[] {
  const found: string[] = [];
  const look = (part: Part): void => {
    if (part.type === 'Property' && isPart(part['value'])) {
      const key = part['key'] as Part;
      if (said.has(String(key['name'] ?? key['value'])) || key['name'] === 'heading')
        found.push(...textsOf(part['value']));
    }
    for (const each of partsOf(part)) look(each);
  };
  look(parseSync('constants.ts', source).program as unknown as Part);
  return found.filter((text) => /\p{L}/u.test(text) && !same.test(text));
}

/** Looks like a sentence and is none: what is the same in German, names of undo steps, media queries and selectors. */
const noSentence =
  /^(\uE000 h )?\uE000 min( \uE000 s)?$|^(nudge|group) \uE000$|^bend \uE000 of \uE000$|^\(prefers-|\[contenteditable|:is\(/;
/** `count(2, 'selected node')`: names in `words.counts`. */
const counted: ReadonlySet<string> = new Set(Object.keys(wordsOf('en').counts));

/** What a message from outside the window is put into a text or between tags by, without a translation. */
function untranslatedMessages(source: string): string[] {
  const found: string[] = [];
  const isMessage = ({ type, ...part }: Part) =>
    type === 'MemberExpression' &&
    /^(message|detail)$/.test(String((part['property'] as Part)['name'])) &&
    // `words.room.message` is the window's own.
    !source.slice(Number(part['start']), Number(part['end'])).startsWith('words.');
  const look = (part: Part, shown: boolean): void => {
    if (part.type === 'CallExpression' && (part['callee'] as Part)['name'] === 'translated') return;
    if (part.type === 'JSXAttribute' && (part['name'] as Part)['name'] === 'key') return;
    if (part.type === 'ConditionalExpression') {
      for (const each of [part['consequent'], part['alternate']] as Part[]) look(each, shown);
      return;
    }
    if (shown && isMessage(part)) found.push(source.slice(Number(part['start']), Number(part['end'])));
    const isShown =
      part.type === 'JSXExpressionContainer' || (shown && part.type !== 'ArrowFunctionExpression');
    for (const each of partsOf(part)) look(each, isShown);
  };
  look(parseSync('component.tsx', source).program as unknown as Part, false);
  return found;
}

const folder = join(process.cwd(), 'renderer');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.tsx'))
  .map((path) => ({
    name: relative(folder, join(folder, path)).split(sep).join('/'),
    source: readFileSync(join(folder, path), 'utf8'),
  }));

describe('the texts of components', () => {
  it('are found wherever they stand in one', () => {
    const found = textsLeft(`
      const One = () => (
        <p title="a tip" data-kind="plain">
          Some text <b aria-label={isOn ? 'on' : \`off \${why}\`}>{isOn ? 'Stop' : words.room.start}</b>
          {words.room.text} · {count > 1 && 'many'}
          <Field label={words.room.label} hint={'a hint'} render={() => <i>inside</i>} />
        </p>
      );`);
    expect(found.toSorted()).toEqual(
      ['a tip', 'Some text', 'on', 'off', 'Stop', 'many', 'a hint', 'inside'].toSorted(),
    );
  });
  it('stand in core/words', () => {
    const left = files.flatMap(({ name, source }) => textsLeft(source).map((text) => `${name}: ${text}`));
    expect(left).toEqual([]);
  });
  it('that come from outside the window are translated', () => {
    expect(
      untranslatedMessages(
        'const One = () => <p key={a.message} title={b.detail}>{is ? c?.message : d}</p>;',
      ),
    ).toEqual(['b.detail', 'c?.message']);
    expect(
      untranslatedMessages('const One = () => <p title={words.room.message}>{translated(c.message)}</p>;'),
    ).toEqual([]);
    const left = files.flatMap(({ name, source }) =>
      untranslatedMessages(source).map((text) => `${name}: ${text}`),
    );
    expect(left).toEqual([]);
  });
});

describe('the constants of the window', () => {
  const sources = sourcesIn(['renderer']);
  const plain = sources.filter(({ file }) => file.endsWith('.ts'));
  it('are found under names that say they are read', () => {
    expect(
      textsUnderNames("const one = { label: 'Start', title: is ? `Stop ${it}` : '', icon: 'Play' };"),
    ).toEqual(['Start', 'Stop ']);
  });
  it('have their sentences in core/words', () => {
    const left = sources
      .flatMap(({ file, source }) => saidTexts(file, source))
      // In a component two small words are names of classes.
      .filter(({ file, text }) => file.endsWith('.ts') || /^\p{Lu}/u.test(text))
      .filter(({ text }) => !noSentence.test(text) && !counted.has(text))
      .map(({ file, text }) => `${file}: ${text.replaceAll(gap, '{}')}`);
    expect(left).toEqual([]);
  });
  it('have their labels and titles in core/words', () => {
    const left = plain.flatMap(({ file, source }) =>
      textsUnderNames(source).map((text) => `${file}: ${text}`),
    );
    expect(left).toEqual([]);
  });
});
