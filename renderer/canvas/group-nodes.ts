import type { Node as FlowNode, NodeChange } from '@xyflow/react';
import { frameAround, isInside, type Box } from '#core/document/arrange';
import { putInGroup } from '#core/document/edit-groups';
import { moveNodes } from '#core/document/edit';
import { portAddressOf, type Point, type WorkflowDocument } from '#core/document/schema';
import { words } from '../look/words';
import type { CardNode, WireEdge } from './flow-elements';

/** Groups as React Flow knows them: a frame behind its cards, or one small card in their place. */
export type GroupNode = FlowNode<{ group: string }, 'frame' | 'folded'>;
export type CanvasNode = CardNode | GroupNode;

/** No node's id holds a colon. */
const prefix = 'group:';
export const groupNodeId = (group: string) => `${prefix}${group}`;
export function groupOfNode(id: string): string | undefined {
  return id.startsWith(prefix) ? id.slice(prefix.length) : undefined;
}

export const foldedSize = { width: 272, height: 72 };

export function boxOfCard({ position, measured, width, height }: CanvasNode): Box {
  return {
    ...position,
    width: measured?.width ?? width ?? 0,
    height: measured?.height ?? height ?? 0,
  };
}

/** The part of a document that says what is grouped. */
export interface Grouping {
  groups?: WorkflowDocument['groups'] | undefined;
  collapsed?: WorkflowDocument['collapsed'] | undefined;
}

/** Nodes that are not drawn, by the collapsed group that stands for them. */
export function foldedNodes(document: Grouping): ReadonlyMap<string, string> {
  const folded = new Map<string, string>();
  for (const group of document.collapsed ?? [])
    for (const node of document.groups?.[group]?.nodes ?? []) if (!folded.has(node)) folded.set(node, group);
  return folded;
}

/**
 * The groups, behind everything. One that did not change is the same object as before. `held` frames stay as they are: some of
 * their cards, but not all, are being dragged.
 */
export function groupNodesOf(
  document: Grouping,
  cards: readonly CardNode[],
  selected: ReadonlySet<string>,
  held: ReadonlyMap<string, Box>,
  before: readonly GroupNode[],
): GroupNode[] {
  const groups = Object.entries(document.groups ?? {});
  if (groups.length === 0) return none;
  const byId = new Map(cards.map((card) => [card.id, card]));
  const old = new Map(before.map((node) => [node.id, node]));
  const collapsed = new Set(document.collapsed);
  return groups.flatMap(([group, { title, nodes }]): GroupNode[] => {
    const boxes = nodes.flatMap((node) => {
      const card = byId.get(node);
      return card === undefined ? [] : [boxOfCard(card)];
    });
    const isFolded = collapsed.has(group);
    const frame = held.get(group) ?? frameAround(boxes);
    // A frame without the sizes of its cards would jump.
    if (frame === undefined || (!isFolded && boxes.some(({ height }) => height === 0))) return [];
    const id = groupNodeId(group);
    const { width, height } = isFolded ? foldedSize : frame;
    const isSelected = selected.has(group);
    const ariaLabel = words.arrange.group.about(title, nodes.length);
    const known = old.get(id);
    if (
      known !== undefined &&
      known.type === (isFolded ? 'folded' : 'frame') &&
      known.position.x === frame.x &&
      known.position.y === frame.y &&
      known.width === width &&
      known.height === height &&
      known.selected === isSelected &&
      known.ariaLabel === ariaLabel
    )
      return [known];
    return [
      {
        id,
        type: isFolded ? ('folded' as const) : ('frame' as const),
        position: { x: frame.x, y: frame.y },
        width,
        height,
        measured: { width, height },
        data: known?.data ?? { group },
        selected: isSelected,
        ariaLabel,
        ...(isFolded
          ? {}
          : {
              dragHandle: '.group-head',
              // React Flow lifts what is selected by a thousand; a frame stays behind its cards and wires.
              zIndex: isSelected ? -1001 : -1,
              style: behind,
            }),
      },
    ];
  });
}
const none: GroupNode[] = [];
/** Only its header takes the pointer. */
const behind = { pointerEvents: 'none' } as const;

/** Wires with the ends that are in a collapsed group at its edge, and without those inside one. */
export function foldedWires(
  wires: readonly WireEdge[],
  folded: ReadonlyMap<string, string>,
  before: ReadonlyMap<string, WireEdge>,
): WireEdge[] {
  if (folded.size === 0) return wires as WireEdge[];
  return wires.flatMap((wire) => {
    const [from, to] = [folded.get(wire.source), folded.get(wire.target)];
    if (from === undefined && to === undefined) return [wire];
    if (from === to) return [];
    const known = before.get(wire.id);
    const source = from === undefined ? wire.source : groupNodeId(from);
    const target = to === undefined ? wire.target : groupNodeId(to);
    if (
      known !== undefined &&
      known.source === source &&
      known.target === target &&
      known.selected === wire.selected &&
      known.data?.type === wire.data?.type
    )
      return [known];
    return [
      {
        ...wire,
        source,
        target,
        ...(from === undefined ? {} : { sourceHandle: 'out' }),
        ...(to === undefined ? {} : { targetHandle: 'in' }),
        reconnectable: false,
        data: { ...wire.data, type: wire.data?.type, place: undefined },
      },
    ];
  });
}

/** Changes of groups as changes of their cards: where a frame goes, its cards go. */
export function cardChanges(
  changes: readonly NodeChange<CanvasNode>[],
  groupNodes: readonly GroupNode[],
  document: WorkflowDocument,
  cards: readonly CardNode[],
): NodeChange<CardNode>[] {
  const isGroup = (change: NodeChange<CanvasNode>) => 'id' in change && groupOfNode(change.id) !== undefined;
  if (!changes.some(isGroup)) return changes as NodeChange<CardNode>[];
  const own = changes.filter((change) => !isGroup(change)) as NodeChange<CardNode>[];
  const moving = new Set(own.flatMap((change) => (change.type === 'position' ? [change.id] : [])));
  const byId = new Map(cards.map((card) => [card.id, card]));
  for (const change of changes) {
    if (change.type !== 'position' || change.position === undefined) continue;
    const node = groupNodes.find(({ id }) => id === change.id);
    const group = groupOfNode(change.id);
    if (node === undefined || group === undefined) continue;
    const [dx, dy] = [change.position.x - node.position.x, change.position.y - node.position.y];
    for (const id of document.groups?.[group]?.nodes ?? []) {
      const card = byId.get(id);
      if (card === undefined || moving.has(id)) continue;
      moving.add(id);
      own.push({
        type: 'position',
        id,
        position: { x: card.position.x + dx, y: card.position.y + dy },
        dragging: change.dragging ?? false,
      });
    }
  }
  return own;
}

/**
 * The document after cards were let go at `places`: each goes into the frame its middle lies in, and out of one it left. Cards that
 * came with a whole group stay in it.
 */
export function dropped(
  document: WorkflowDocument,
  places: Readonly<Record<string, Point>>,
  cards: readonly CardNode[],
): WorkflowDocument {
  const moved = moveNodes(document, places);
  const groups = Object.entries(document.groups ?? {});
  if (groups.length === 0) return moved;
  const byId = new Map(cards.map((card) => [card.id, card]));
  const folded = new Set(document.collapsed);
  const frames = groups.flatMap(([id, { nodes }]) => {
    if (folded.has(id)) return [];
    const isWhole = nodes.every((node) => Object.hasOwn(places, node) || !byId.has(node));
    // Where it was when the drag began: the cards being dragged count at their old places.
    const frame = frameAround(
      nodes.flatMap((node) => {
        const card = byId.get(node);
        const [x, y] = document.layout[node] ?? [card?.position.x ?? 0, card?.position.y ?? 0];
        return card === undefined ? [] : [{ ...boxOfCard(card), x, y }];
      }),
    );
    return frame === undefined ? [] : [{ id, nodes: new Set(nodes), isWhole, frame }];
  });
  return Object.entries(places).reduce((changed, [id, [x, y]]) => {
    const card = byId.get(id);
    const mine = groups.find(([, { nodes }]) => nodes.includes(id))?.[0];
    const own = frames.find((one) => one.id === mine);
    if (card === undefined || own?.isWhole === true || (mine !== undefined && own === undefined))
      return changed;
    const { width, height } = boxOfCard(card);
    const middle: Point = [x + width / 2, y + height / 2];
    const hit = (one: (typeof frames)[number]) => !one.isWhole && isInside(middle, one.frame);
    const target = own !== undefined && hit(own) ? own : frames.find(hit);
    return target?.id === mine ? changed : putInGroup(changed, id, target?.id);
  }, moved);
}

/** The nodes at the two real ends of a wire, whatever stands for them. */
export function realEnds(wire: string): { source: string; target: string } {
  const [from = '', to = ''] = wire.split(' ');
  return { source: portAddressOf(from).node, target: portAddressOf(to).node };
}

/** Ids of all that moves when these are dragged: with a group its cards. */
export function movedWith(
  dragged: readonly CanvasNode[],
  groups: WorkflowDocument['groups'],
): ReadonlySet<string> {
  return new Set(
    dragged.flatMap(({ id }) => {
      const group = groupOfNode(id);
      return group === undefined ? [id] : [id, ...(groups?.[group]?.nodes ?? [])];
    }),
  );
}

/** Frames and wires as they were drawn last: what did not change is the same object again. */
export function rememberGroups() {
  let nodes: readonly GroupNode[] = [];
  let wires: ReadonlyMap<string, WireEdge> = new Map();
  return {
    nodes(...input: DropLast<Parameters<typeof groupNodesOf>>): readonly GroupNode[] {
      const next = groupNodesOf(...input, nodes);
      if (next.length !== nodes.length || next.some((node, place) => node !== nodes[place])) nodes = next;
      return nodes;
    },
    wires(all: readonly WireEdge[], folded: ReadonlyMap<string, string>): WireEdge[] {
      const next = foldedWires(all, folded, wires);
      wires = folded.size === 0 ? new Map() : new Map(next.map((wire) => [wire.id, wire]));
      return next;
    },
  };
}
type DropLast<T extends unknown[]> = T extends [...infer Rest, unknown] ? Rest : never;
