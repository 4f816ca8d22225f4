import { sameJson } from '../json';
import type { DocumentNode, Subgraph, WorkflowDocument } from './schema';
import { subgraphOf, subgraphType } from './subgraph';

type Subgraphs = NonNullable<WorkflowDocument['subgraphs']>;

/** The subgraphs these nodes stand for, and those inside them. */
export function subgraphsUsed(subgraphs: Subgraphs, nodes: Iterable<Pick<DocumentNode, 'type'>>): Subgraphs {
  const used: Subgraphs = {};
  const open = [...nodes];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const id = subgraphOf(node.type);
    const inside = id !== undefined && Object.hasOwn(subgraphs, id) ? subgraphs[id] : undefined;
    if (id === undefined || inside === undefined || Object.hasOwn(used, id)) continue;
    used[id] = inside;
    open.push(...Object.values(inside.nodes));
  }
  return used;
}

/** A free id among subgraphs, made from a title: `look`, `look-2`, … */
export function freeSubgraphId(subgraphs: Subgraphs, title: string): string {
  const word = title
    .normalize('NFKD')
    .replace(/[\u0300-\u036F]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  const base = word === '' ? 'subgraph' : word;
  if (!Object.hasOwn(subgraphs, base)) return base;
  let number = 2;
  while (Object.hasOwn(subgraphs, `${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}

/** `base`, or the first of `base-2`, `base-3`, … that is not taken. */
export function freeName(base: string, taken: readonly string[]): string {
  let name = base;
  for (let number = 2; taken.includes(name); number += 1) name = `${base}-${number}`;
  return name;
}

/** `nodes` with other subgraphs behind them. */
function retyped<N extends Record<string, DocumentNode>>(nodes: N, renamed: ReadonlyMap<string, string>): N {
  return Object.fromEntries(
    Object.entries(nodes).map(([id, node]) => {
      const now = renamed.get(subgraphOf(node.type) ?? '');
      return [id, now === undefined ? node : { ...node, type: subgraphType(now) }];
    }),
  ) as N;
}

/**
 * Takes the subgraphs of nodes from elsewhere into the document. One that is there already, just so, is used; another one of
 * the same id stays what it is, and the new one gets an id of its own.
 */
export function withSubgraphs<
  F extends { nodes: Record<string, DocumentNode>; subgraphs?: Subgraphs | undefined },
>(document: WorkflowDocument, fragment: F): { document: WorkflowDocument; fragment: F } {
  const news = fragment.subgraphs ?? {};
  if (Object.keys(news).length === 0) return { document, fragment };
  const here: Subgraphs = { ...document.subgraphs };
  const isHere = (id: string) => Object.hasOwn(here, id) && sameJson(reached(here, id), reached(news, id));
  const renamed = new Map<string, string>();
  for (const id of Object.keys(news)) {
    if (isHere(id)) continue;
    const free = freeSubgraphId(
      { ...here, ...Object.fromEntries([...renamed.values()].map((name) => [name, news[id]!])) },
      id,
    );
    renamed.set(id, free);
  }
  for (const [id, free] of renamed) {
    const inside = news[id]!;
    here[free] = { ...inside, nodes: retyped(inside.nodes, renamed) };
  }
  return {
    document: { ...document, subgraphs: here },
    fragment: { ...fragment, nodes: retyped(fragment.nodes, renamed) },
  };
}

function reached(subgraphs: Subgraphs, id: string): Record<string, Subgraph> {
  return subgraphsUsed(subgraphs, [{ type: subgraphType(id) }]);
}
