import { everyGraph } from '#core/document/open-graph';
import type { DocumentNode, WorkflowDocument } from '#core/document/schema';
import { isBoundary } from '#core/document/subgraph';
import type { JsonValue } from '#core/json';
import type { NodeCatalogue } from '#core/node';
import type { ParamSpec } from '#core/param';
import { sizeSchema } from '#core/values';
import { pixels } from '../look/format';
import { words } from '../look/words';
import { nodeTitle } from './issue-place';

/** A node that answers to what was typed, with the text that does. */
export interface FoundNode {
  id: string;
  title: string;
  /** Its icon; `undefined` for a kind that is not known here. */
  icon: string | undefined;
  group: string | undefined;
  /** What the text is: "Prompt". */
  where: string;
  /** The text around the place, cut at both ends where it is long. */
  before: string;
  match: string;
  after: string;
}

interface Fact {
  where: string;
  text: string;
  /** Facts of a lower rank come first. */
  rank: number;
}

/** Characters shown around a match. */
const around = 60;

/**
 * The nodes of a workflow in which every typed word stands somewhere: in the title, the kind, a param, the route, the
 * group or the id; inside subgraphs too. Those found by their title come first; otherwise in the order of the document.
 */
export function findInWorkflow(
  document: WorkflowDocument,
  catalogue: NodeCatalogue,
  typed: string,
): FoundNode[] {
  const wanted = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const nodes = everyGraph(document).flatMap((graph) => {
    const groups = groupsByNode(graph);
    return Object.entries(graph.nodes).flatMap(([id, node]) =>
      isBoundary(id) ? [] : [{ id, node, groups: groups.get(id) ?? [] }],
    );
  });
  return nodes
    .flatMap(({ id, node, groups }) => {
      const facts = factsOf(id, node, catalogue, groups);
      const all = facts.map(({ text }) => text.toLocaleLowerCase());
      if (!wanted.every((word) => all.some((text) => text.includes(word)))) return [];
      const [best] = facts
        .map((fact, place) => ({ fact, hits: wanted.filter((word) => all[place]?.includes(word)) }))
        .filter(({ hits }) => hits.length > 0)
        .sort((left, right) => right.hits.length - left.hits.length || left.fact.rank - right.fact.rank);
      if (best === undefined) return [];
      const definition = catalogue.get(node.type);
      return [
        {
          rank: best.fact.rank,
          found: {
            id,
            title: nodeTitle(document, catalogue, id),
            icon: definition?.icon,
            group: definition?.group,
            where: best.fact.where,
            ...excerpt(best.fact.text, typed.trim(), best.hits[0] ?? ''),
          },
        },
      ];
    })
    .sort((left, right) => left.rank - right.rank)
    .map(({ found }) => found);
}

function groupsByNode({ groups }: WorkflowDocument): Map<string, string[]> {
  const titles = new Map<string, string[]>();
  for (const { title, nodes } of Object.values(groups ?? {}))
    for (const node of nodes) titles.set(node, [...(titles.get(node) ?? []), title]);
  return titles;
}

function factsOf(
  id: string,
  node: DocumentNode,
  catalogue: NodeCatalogue,
  groups: readonly string[],
): Fact[] {
  const definition = catalogue.get(node.type);
  const { where } = words.find;
  const kind = definition?.title ?? node.type;
  return [
    { where: where.title, text: node.title ?? kind, rank: 0 },
    ...Object.entries(node.params).flatMap(([name, value]): Fact[] => {
      const spec = definition?.params[name];
      const text = valueText(value, spec);
      return text === ''
        ? []
        : [{ where: spec?.label ?? name, text, rank: typeof value === 'string' ? 1 : 2 }];
    }),
    ...groups.map((text): Fact => ({ where: where.group, text, rank: 3 })),
    ...(node.route === undefined ? [] : [{ where: where.route, text: node.route, rank: 4 }]),
    ...(node.title === undefined ? [] : [{ where: where.kind, text: kind, rank: 5 }]),
    { where: where.id, text: id, rank: 6 },
  ];
}

/** A value as it can be searched for: a choice by its label, a file by its name. */
function valueText(value: JsonValue, spec: ParamSpec | undefined): string {
  if (typeof value === 'string' || typeof value === 'number') {
    const option =
      spec?.field.kind === 'choice' ? spec.field.options.find((one) => one.value === value) : undefined;
    return option?.label ?? String(value);
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return '';
  const { name, path } = value;
  if (typeof name === 'string') return name;
  if (typeof path === 'string') return path;
  const size = sizeSchema.safeParse(value);
  return size.success ? pixels(size.data) : '';
}

/** The text around the whole of what was typed, else around one word of it. */
function excerpt(text: string, typed: string, word: string): Pick<FoundNode, 'before' | 'match' | 'after'> {
  const line = text.replace(/\s+/g, ' ');
  const lowered = line.toLocaleLowerCase();
  // Some letters become two in lower case, and places would no longer be the same.
  const low = lowered.length === line.length ? lowered : line;
  const whole = low.indexOf(typed.toLocaleLowerCase());
  const place = whole === -1 ? Math.max(0, low.indexOf(word)) : whole;
  const end = place + (whole === -1 ? word.length : typed.length);
  const from = place > around ? place - around : 0;
  const to = Math.min(line.length, end + around * 2);
  return {
    before: `${from === 0 ? '' : '…'}${line.slice(from, place)}`,
    match: line.slice(place, end),
    after: `${line.slice(end, to)}${to === line.length ? '' : '…'}`,
  };
}
