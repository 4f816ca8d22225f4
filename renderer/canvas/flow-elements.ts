import type { Edge as FlowEdge, Node as FlowNode } from '@xyflow/react';
import { edgeId } from '#core/document/edit';
import { portAddressOf, type Edge, type Point, type WorkflowDocument } from '#core/document/schema';
import type { NodeCatalogue } from '#core/node';
import type { PortType } from '#core/values';

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

/** Cards in document order. A card whose place, name and selection did not change is the same object as before. */
export function cardsOf(
  document: WorkflowDocument,
  catalogue: NodeCatalogue,
  selected: ReadonlySet<string>,
  before: readonly CardNode[],
): CardNode[] {
  const old = new Map(before.map((card) => [card.id, card]));
  let unplaced = 0;
  return Object.entries(document.nodes).map(([id, node]) => {
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
}

function samePlace(left: WireEdge, right: WireEdge): boolean {
  return (
    left.selected === right.selected &&
    left.data?.type === right.data?.type &&
    left.data?.place === right.data?.place
  );
}

export function wiresOf(
  document: WorkflowDocument,
  catalogue: NodeCatalogue,
  selected: ReadonlySet<string>,
  before: readonly WireEdge[],
): WireEdge[] {
  const old = new Map(before.map((wire) => [wire.id, wire]));
  const numbers = new Map<string, number>();
  const totals = new Map<string, number>();
  for (const edge of document.edges) totals.set(edge.to, (totals.get(edge.to) ?? 0) + 1);
  return document.edges.flatMap((edge) => {
    const place = numbers.get(edge.to) ?? 0;
    numbers.set(edge.to, place + 1);
    const wire = wireOf(
      edge,
      document,
      catalogue,
      selected,
      (totals.get(edge.to) ?? 0) > 1 ? place : undefined,
    );
    if (wire === undefined) return [];
    const known = old.get(wire.id);
    return [known !== undefined && samePlace(known, wire) ? known : wire];
  });
}

function wireOf(
  edge: Edge,
  document: WorkflowDocument,
  catalogue: NodeCatalogue,
  selected: ReadonlySet<string>,
  place: number | undefined,
): WireEdge | undefined {
  const from = portAddressOf(edge.from);
  const to = portAddressOf(edge.to);
  const source = document.nodes[from.node];
  const target = document.nodes[to.node];
  if (source === undefined || target === undefined) return undefined;
  const sourceKind = catalogue.get(source.type);
  const id = edgeId(edge);
  const title = (name: string, type: string) => name || catalogue.get(type)?.title || type;
  return {
    id,
    type: 'wire',
    source: from.node,
    sourceHandle: from.port,
    target: to.node,
    targetHandle: to.port,
    selected: selected.has(id),
    // A card is a group of controls; a wire is none.
    ariaRole: 'img',
    ariaLabel: `Wire from ${title(source.title ?? '', source.type)} to ${title(target.title ?? '', target.type)}`,
    data: { type: sourceKind?.outputs[from.port]?.type, place },
  };
}
