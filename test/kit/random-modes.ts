import fc from 'fast-check';
import { setGroupMode, setNodeMode } from '#core/document/edit-modes';
import type { NodeMode } from '#core/document/modes';
import type { WorkflowDocument } from '#core/document/schema';
import { small } from './small-catalogue';

/** A node of a random graph. Every prompt is its own, so that a charge names the node it was for. */
type Spec =
  | { kind: 'words'; lines: number }
  | { kind: 'make'; words: number | undefined; count: number }
  | { kind: 'change'; words: number | undefined; images: number[] }
  | { kind: 'shrink'; image: number };

export interface RandomGraph {
  specs: Spec[];
  modes: (NodeMode | undefined)[];
  groups: { nodes: number[]; mode: NodeMode | undefined }[];
}

const mode = fc.option(fc.constantFrom<NodeMode>('mute', 'bypass'), { nil: undefined, freq: 2 });
const seeds = fc.array(
  fc.record({ kind: fc.nat(5), pick: fc.array(fc.nat(), { minLength: 4, maxLength: 4 }) }),
  {
    minLength: 1,
    maxLength: 8,
  },
);

function specOf(kind: number, pick: number[], before: readonly Spec[]): Spec {
  const [a = 0, b = 0, c = 0, d = 0] = pick;
  const used = new Set(before.flatMap((spec) => ('words' in spec ? [spec.words] : [])));
  const free = before.flatMap((spec, place) => (spec.kind === 'words' && !used.has(place) ? [place] : []));
  const images = before.flatMap((spec, place) => (spec.kind === 'words' ? [] : [place]));
  const words = b % 3 === 0 ? undefined : free[b % Math.max(1, free.length)];
  if (kind <= 1) return { kind: 'words', lines: 1 + (a % 3) };
  if (kind === 2 || images.length === 0) return { kind: 'make', words, count: 1 + (c % 2) };
  const image = images[a % images.length]!;
  if (kind === 3) return { kind: 'shrink', image };
  const others = [c, d].map((one) => images[one % images.length]!);
  return { kind: 'change', words, images: [...new Set([image, ...others.slice(0, c % 3)])] };
}

export const randomGraph: fc.Arbitrary<RandomGraph> = seeds.chain((list) => {
  const specs: Spec[] = [];
  for (const { kind, pick } of list) specs.push(specOf(kind, pick, specs));
  const places = fc.array(fc.nat(specs.length - 1), { maxLength: 4 });
  return fc.record({
    specs: fc.constant(specs),
    modes: fc.array(mode, { minLength: specs.length, maxLength: specs.length }),
    groups: fc.array(fc.record({ nodes: places.map((nodes) => [...new Set(nodes)]), mode }), {
      maxLength: 3,
    }),
  });
});

const id = (place: number) => `n${place}`;
const wordsOf = (place: number, line: number, name: string) => `${name}-words-${place}-${line}`;
const promptOf = (place: number, name: string) => `${name}-own-${place}`;

/** The workflow of a graph; `name` keeps its prompts apart from those of others. */
export function documentOf({ specs, modes, groups }: RandomGraph, name: string): WorkflowDocument {
  const edges: string[] = [];
  const document = small(
    specs.map((spec, place) => {
      if (spec.kind === 'words') {
        const lines = Array.from({ length: spec.lines }, (_, line) => wordsOf(place, line, name));
        return [id(place), 'words', { lines: lines.join('\n') }];
      }
      if (spec.kind === 'shrink') {
        edges.push(`${id(spec.image)}.image > ${id(place)}.image`);
        return [id(place), 'shrink'];
      }
      if (spec.words !== undefined) edges.push(`${id(spec.words)}.text > ${id(place)}.prompt`);
      if (spec.kind === 'make')
        return [id(place), 'make', { prompt: promptOf(place, name), count: spec.count }];
      for (const image of spec.images) edges.push(`${id(image)}.image > ${id(place)}.images`);
      return [id(place), 'change', { prompt: promptOf(place, name) }];
    }),
    edges,
  );
  const grouped: WorkflowDocument = {
    ...document,
    id: name,
    groups: Object.fromEntries(
      groups.map(({ nodes }, place) => [`g${place}`, { title: `Group ${place}`, nodes: nodes.map(id) }]),
    ),
  };
  const own = modes.reduce((before, one, place) => setNodeMode(before, id(place), one), grouped);
  return groups.reduce((before, group, place) => setGroupMode(before, `g${place}`, group.mode), own);
}

/** What is meant by it, told once more and shortly: the prompts the paid nodes should be charged for. */
export function meantCharges({ specs, modes, groups }: RandomGraph, name: string): string[] {
  const isOff = (place: number, which: NodeMode) =>
    modes[place] === which || groups.some((group) => group.mode === which && group.nodes.includes(place));
  const charges: string[] = [];
  /** How many pictures each node gives; `undefined`: nothing, it is as if it were not there. */
  const given: (number | undefined)[] = [];
  specs.forEach((spec, place) => {
    const muted = isOff(place, 'mute');
    const bypassed = !muted && isOff(place, 'bypass');
    const prompts = () => {
      const words = 'words' in spec ? spec.words : undefined;
      const lines = words === undefined ? undefined : given[words];
      return lines === undefined
        ? [promptOf(place, name)]
        : Array.from({ length: lines }, (_, line) => wordsOf(words!, line, name));
    };
    if (muted) given[place] = undefined;
    else if (spec.kind === 'words') given[place] = bypassed ? undefined : spec.lines;
    else if (spec.kind === 'shrink') given[place] = given[spec.image];
    else if (spec.kind === 'make') {
      const all = bypassed
        ? []
        : prompts().flatMap((prompt) => Array.from({ length: spec.count }, () => prompt));
      charges.push(...all);
      given[place] = bypassed ? undefined : all.length;
    } else {
      const there = spec.images.flatMap((image) => given[image] ?? []);
      if (there.length === 0) given[place] = undefined;
      else if (bypassed) given[place] = there.reduce((sum, one) => sum + one, 0);
      else {
        charges.push(...prompts());
        given[place] = prompts().length;
      }
    }
  });
  return charges.sort();
}
