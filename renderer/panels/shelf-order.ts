import { portAddressOf, type WorkflowDocument } from '#core/document/schema';
import type { NodeDefinition } from '#core/node';

/** The inputs of a node that take a whole list of pictures in an order that matters: its reference shelves. */
export function shelfPorts(definition: NodeDefinition): string[] {
  return Object.entries(definition.inputs)
    .filter(([, input]) => input.takes === 'all' && input.type === 'image')
    .map(([port]) => port);
}

/** What is wired to an input (`node.port` texts), in the order of its wires. */
export function sourcesOf(document: WorkflowDocument, to: string): string[] {
  return document.edges.filter((edge) => edge.to === to).map((edge) => edge.from);
}

/** The list with `moved` put where `over` stood. */
export function moveBefore(sources: readonly string[], moved: string, over: string): string[] {
  const from = sources.indexOf(moved);
  const to = sources.indexOf(over);
  if (from === -1 || to === -1) return [...sources];
  const rest = sources.filter((source) => source !== moved);
  return [...rest.slice(0, to), moved, ...rest.slice(to)];
}

export interface ShelfPlace {
  /** `node.port`. */
  source: string;
  /** The numbers its pictures have in the prompt ("image 3"), from 1. */
  first: number;
  last: number;
}

/** Numbers the pictures on a shelf: a source that gives several takes as many places. */
export function numberPlaces(sources: readonly string[], itemsOf: (source: string) => number): ShelfPlace[] {
  let next = 1;
  return sources.map((source) => {
    const items = Math.max(1, itemsOf(source));
    const place = { source, first: next, last: next + items - 1 };
    next += items;
    return place;
  });
}

/** How many pictures stand on it. */
export function shelfLength(places: readonly ShelfPlace[]): number {
  return places.at(-1)?.last ?? 0;
}

/** The node a wired input's value comes from: the last wire counts where one is taken. */
export function sourceNodeOf(document: WorkflowDocument, to: string): string | undefined {
  const from = sourcesOf(document, to).at(-1);
  return from === undefined ? undefined : portAddressOf(from).node;
}
