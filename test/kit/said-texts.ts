import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseSync } from 'vite';

/** Stands in a text for what is put in there: `` `It said: ${said}` `` is `It said: ` and this. */
export const gap = '\uE000';

export interface SaidText {
  file: string;
  text: string;
  /** What is put into the gaps, as written in the source. */
  gaps: string[];
}

interface Part {
  type: string;
  start: number;
  end: number;
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

type Piece = string | Part;

/** `` 'a ' + b + `c ${d}` `` as its pieces; `undefined`: no text is in it. */
function piecesOf(part: Part): Piece[] | undefined {
  if (part.type === 'ParenthesizedExpression') return piecesOf(part['expression'] as Part);
  if (part.type === 'Literal') return typeof part['value'] === 'string' ? [part['value']] : undefined;
  if (part.type === 'TemplateLiteral') {
    const holes = part['expressions'] as Part[];
    return (part['quasis'] as { value: { cooked: string } }[]).flatMap(({ value }, index) => {
      const hole = holes[index];
      return hole === undefined ? [value.cooked] : [value.cooked, hole];
    });
  }
  if (part.type === 'BinaryExpression' && part['operator'] === '+') {
    const left = part['left'] as Part;
    const right = part['right'] as Part;
    const [first, second] = [piecesOf(left), piecesOf(right)];
    if (first === undefined && second === undefined) return undefined;
    return [...(first ?? [left]), ...(second ?? [right])];
  }
  return undefined;
}

/** Errors of ours and what goes into a log are read by developers. */
function isForDevelopers(part: Part): boolean {
  const callee = part['callee'];
  if (!isPart(callee)) return false;
  if (part.type === 'NewExpression') return /^(Type|Range)?Error$/.test(String(callee['name']));
  if (part.type !== 'CallExpression') return false;
  const of = callee['object'];
  return callee['name'] === 'log' || (isPart(of) && of['name'] === 'console');
}

const isType = (part: Part) => part.type.startsWith('TS') && part.type.includes('Type');

/** Every text in a source that two words stand beside each other in. */
export function saidTexts(file: string, source: string): SaidText[] {
  const found: SaidText[] = [];
  const look = (part: Part): void => {
    if (part.type === 'ImportDeclaration' || isType(part) || isForDevelopers(part)) return;
    const pieces = piecesOf(part);
    if (pieces === undefined) return partsOf(part).forEach(look);
    const holes = pieces.filter((piece) => typeof piece !== 'string');
    found.push({
      file,
      text: pieces.map((piece) => (typeof piece === 'string' ? piece : gap)).join(''),
      gaps: holes.map(({ start, end }) => source.slice(start, end)),
    });
    holes.forEach(look);
  };
  look(parseSync(file, source).program as unknown as Part);
  return found.filter(({ text }) => isSentence(text));
}

/** Two words side by side, or a word beside what is put in; no markup. */
function isSentence(text: string): boolean {
  return (
    !text.startsWith('<') &&
    /\p{L}\p{Ll}+[,;:’s]* (\p{Ll}{2,}|a )|\uE000,? \p{Ll}{2,}|\p{Ll}{2,} \(?\uE000/u.test(text)
  );
}

/** The sources in these folders of the project, as `saidTexts` reads them. */
export function sourcesIn(folders: readonly string[]): { file: string; source: string }[] {
  return folders.flatMap((folder) =>
    readdirSync(join(process.cwd(), folder), { recursive: true, encoding: 'utf8' })
      .map((path) => `${folder}/${path.split(sep).join('/')}`)
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => ({ file, source: readFileSync(join(process.cwd(), file), 'utf8') })),
  );
}
