import type { Edge as FlowEdge, Node as FlowNode } from '@xyflow/react';
import { edgeId } from '#core/document/edit';
import {
  portAddressOf,
  type DocumentNode,
  type Edge,
  type Point,
  type PortAddress,
  type WorkflowDocument,
} from '#core/document/schema';
import type { NodeCatalogue } from '#core/node';
import type { PortType } from '#core/values';
import { words } from '../look/words';

/** React Flow's arrays, derived from the document. A card reads everything but its place from the stores by its id. */
export type CardNode = FlowNode<Record<string, never>, 'card'>;

export interface WireData extends Record<string, unknown> {
  type: PortType | undefined;
  /** Its place among the wires into an input that takes several, from 0; `undefined` when it is the only one. */
  place: number | undefined;
}
export type WireEdge = FlowEdge<WireData, 'wire'>;

const noData = {};

/** A note that was never made larger or smaller. */
export const noteSize: Point = [272, 160];

/** The array of before where it holds the same: React Flow goes through everything of an array that is new to it. */
function sameOrNext<E>(before: readonly E[], next: E[]): E[] {
  const isSame = before.length === next.length && next.every((element, place) => element === before[place]);
  return isSame ? (before as E[]) : next;
}

/**
 * Cards in document order. A card whose place, name and selection did not change is the same object as before, and so is the array when
 * no card changed.
 */
export function cardsOf(
  document: WorkflowDocument,
  catalogue: NodeCatalogue,
  selected: ReadonlySet<string>,
  before: readonly CardNode[],
): CardNode[] {
  const old = new Map(before.map((card) => [card.id, card]));
  let unplaced = 0;
  const cards = Object.entries(document.nodes).map(([id, node]): CardNode => {
    const [x, y] = document.layout[id] ?? [320 * unplaced++, 0];
    const ariaLabel = node.title ?? catalogue.get(node.type)?.title ?? node.type;
    const isSelected = selected.has(id);
    const isNote = catalogue.get(node.type)?.look === 'note';
    const [width, height] = document.sizes?.[id] ?? noteSize;
    const size = isNote ? { width, height } : noData;
    const card = old.get(id);
    if (card === undefined)
      return { id, type: 'card', position: { x, y }, data: noData, ariaLabel, selected: isSelected, ...size };
    const same =
      card.position.x === x &&
      card.position.y === y &&
      card.ariaLabel === ariaLabel &&
      (card.selected ?? false) === isSelected &&
      (!isNote || (card.width === width && card.height === height));
    return same ? card : { ...card, position: { x, y }, ariaLabel, selected: isSelected, ...size };
  });
  return sameOrNext(before, cards);
}

interface ReadEdge {
  id: string;
  from: PortAddress;
  to: PortAddress;
  /** Its place among the wires into its input, when there are several. */
  place: number | undefined;
}
// The edges are read once as long as they are the same: typing changes none of them.
const readings = new WeakMap<readonly Edge[], readonly ReadEdge[]>();

function readEdges(edges: readonly Edge[]): readonly ReadEdge[] {
  const known = readings.get(edges);
  if (known !== undefined) return known;
  const numbers = new Map<string, number>();
  const totals = new Map<string, number>();
  for (const { to } of edges) totals.set(to, (totals.get(to) ?? 0) + 1);
  const read = edges.map((edge): ReadEdge => {
    const place = numbers.get(edge.to) ?? 0;
    numbers.set(edge.to, place + 1);
    return {
      id: edgeId(edge),
      from: portAddressOf(edge.from),
      to: portAddressOf(edge.to),
      place: (totals.get(edge.to) ?? 0) > 1 ? place : undefined,
    };
  });
  readings.set(edges, read);
  return read;
}

/** Wires in document order; one that did not change is the same object as before, and so is the array when none did. */
export function wiresOf(
  document: WorkflowDocument,
  catalogue: NodeCatalogue,
  selected: ReadonlySet<string>,
  before: readonly WireEdge[],
): WireEdge[] {
  const old = new Map(before.map((wire) => [wire.id, wire]));
  const titleOf = ({ title, type }: DocumentNode) => title || catalogue.get(type)?.title || type;
  const wires = readEdges(document.edges).flatMap(({ id, from, to, place }): WireEdge[] => {
    const source = document.nodes[from.node];
    const target = document.nodes[to.node];
    if (source === undefined || target === undefined) return [];
    const type = catalogue.get(source.type)?.outputs[from.port]?.type;
    const isSelected = selected.has(id);
    const ariaLabel = words.cards.wire(titleOf(source), titleOf(target));
    const known = old.get(id);
    if (
      known !== undefined &&
      known.selected === isSelected &&
      known.ariaLabel === ariaLabel &&
      known.data?.type === type &&
      known.data?.place === place
    )
      return [known];
    return [
      {
        id,
        type: 'wire',
        source: from.node,
        sourceHandle: from.port,
        target: to.node,
        targetHandle: to.port,
        selected: isSelected,
        // A card is a group of controls; a wire is none.
        ariaRole: 'img',
        ariaLabel,
        data: { type, place },
      },
    ];
  });
  return sameOrNext(before, wires);
}
