import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

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
const same = /^(Seedloom|ComfyUI|RunPod|GPU|LoRA|px|MP|Tab|sha256|\(?[A-Z]\)?|\S+\/\S+|[A-Z]+(_[A-Z]+)+)$/;

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
});
