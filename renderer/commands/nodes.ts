import * as edits from '#core/document/edit';
import { insertNode, insertPorts } from '#core/document/edit-wires';
import { canConnect } from '#core/plan/can-connect';
import { withDependents } from '#core/plan/order';
import {
  addressText,
  portAddressOf,
  type Edge,
  type Point,
  type PortAddress,
  type WorkflowDocument,
} from '#core/document/schema';
import { removeGroups } from '#core/document/edit-groups';
import type { JsonObject } from '#core/json';
import type { PortType } from '#core/values';
import { makesResults, type NodeDefinition } from '#core/node';
import { translated } from '../look/words';
import { fittingPort } from '../panels/fitting-nodes';
import { documentStore } from '../stores/document-store';
import { sessionStore, type LooseWire } from '../stores/session-store';
import { canvas } from './canvas-handle';
import type { PlacedCard } from './card-reach';

/** Half a card, so that a card put at a point stands around it. */
const cardWidth = 272;
const halfCard: Point = [cardWidth / 2, 90];
/** Between a card and the next on its wire. */
const gap = 64;
/** Where the ports of a card begin, from its top. */
const portsAt = 40;

/** The nearest place to the right and below where no card stands exactly. */
function freePlace(document: WorkflowDocument, [x, y]: Point): Point {
  const isTaken = (place: Point) =>
    Object.values(document.layout).some(
      ([left, top]) => Math.abs(left - place[0]) < 24 && Math.abs(top - place[1]) < 24,
    );
  let place: Point = [x, y];
  while (isTaken(place)) place = [place[0] + 32, place[1] + 32];
  return place;
}

/** Adds a node of a kind; joined to a loose wire when there is one. One undo step. */
export function addNodeOfType(type: string, options: { at?: Point; wire?: LooseWire } = {}): void {
  const definition = sessionStore.getState().catalogue.get(type);
  if (definition === undefined) return;
  const { at, wire } = options;
  const { document } = documentStore.getState();
  const { catalogue } = sessionStore.getState();
  const id = edits.freeNodeId(document, type);
  const node = edits.newNode(definition);
  const edge = wire === undefined ? chosenWire(document) : undefined;
  const isInserted =
    edge !== undefined &&
    insertPorts(edits.addNode(document, id, node, [0, 0]), catalogue, edge, id) !== null;
  const into = isInserted ? placeInWire(document, edge) : undefined;
  const place: Point =
    at === undefined
      ? (into?.place ?? newPlace())
      : [wire?.side === 'input' ? at[0] - cardWidth : at[0], at[1] - 48];
  documentStore.actions.edit((before) => {
    const added = edits.addNode(before, id, node, place);
    if (isInserted) return insertNode(edits.moveNodes(added, into?.aside ?? {}), catalogue, edge, id);
    return wire === undefined ? added : withWire(added, definition, id, wire);
  });
  sessionStore.actions.select([id]);
  if (at === undefined) canvas()?.show([id]);
  canvas()?.followFocus(id, isInserted ? 'wire' : 'card');
}

/** The wire a new node goes into: the only thing selected. */
function chosenWire(document: WorkflowDocument): Edge | undefined {
  const { selected, selectedWires } = sessionStore.getState();
  const [id, ...others] = selectedWires;
  if (id === undefined || others.length > 0 || selected.size > 0) return undefined;
  return document.edges.find((edge) => edits.edgeId(edge) === id);
}

/** What the wire carries that a new node goes into. */
export function chosenWireType(): PortType | undefined {
  const { document } = documentStore.getState();
  const edge = chosenWire(document);
  if (edge === undefined) return undefined;
  const { node, port } = portAddressOf(edge.from);
  return sessionStore.getState().catalogue.get(document.nodes[node]?.type ?? '')?.outputs[port]?.type;
}

/** Beside the selected card, where the pointer is, or in the middle of what is seen. */
function newPlace(): Point {
  const cards = canvas()?.cards() ?? [];
  const [only, ...others] = sessionStore.getState().selected;
  const beside = others.length === 0 ? cards.find(({ id }) => id === only) : undefined;
  if (beside !== undefined) return clearPlace([beside.x + beside.width + gap, beside.y], cards);
  const [x, y] = canvas()?.pointer() ?? canvas()?.centre() ?? [0, 0];
  return clearPlace([x - halfCard[0], y - halfCard[1]], cards);
}

/** A place in a wire, and where what is behind it has to go so that there is room. */
function placeInWire(
  document: WorkflowDocument,
  edge: Edge,
): { place: Point; aside: Record<string, Point> } | undefined {
  const middle = canvas()?.wireMiddle(edits.edgeId(edge));
  const cards = new Map(
    canvas()
      ?.cards()
      .map((card) => [card.id, card]),
  );
  const source = cards.get(portAddressOf(edge.from).node);
  const target = cards.get(portAddressOf(edge.to).node);
  if (middle === undefined || source === undefined || target === undefined) return undefined;
  const place: Point = [middle[0] - halfCard[0], middle[1] - portsAt];
  // A wire that leads back has its ends nowhere near each other.
  if (target.x <= source.x + source.width) return { place, aside: {} };
  const first = source.x + source.width + gap;
  const last = target.x - gap - cardWidth;
  if (first <= last) return { place: [Math.min(Math.max(place[0], first), last), place[1]], aside: {} };
  const aside = [...withDependents(document, target.id)].flatMap((id): [string, Point][] => {
    const card = cards.get(id);
    return card === undefined || card.x < target.x ? [] : [[id, [card.x + first - last, card.y]]];
  });
  return { place: [first, place[1]], aside: Object.fromEntries(aside) };
}

/** The nearest place below where a card stands clear of the others. */
function clearPlace([x, y]: Point, cards: readonly PlacedCard[]): Point {
  const aside = cards.filter((card) => x < card.x + card.width + 24 && card.x < x + cardWidth + 24);
  let top = y;
  for (const card of [...aside].sort((one, other) => one.y - other.y))
    if (top < card.y + card.height + 24 && card.y < top + 2 * halfCard[1] + 24)
      top = card.y + card.height + 24;
  return [Math.round(x), Math.round(top)];
}

function withWire(
  document: WorkflowDocument,
  definition: NodeDefinition,
  id: string,
  wire: LooseWire,
): WorkflowDocument {
  const port = fittingPort(definition, wire);
  if (port === undefined) return document;
  const loose = { node: wire.node, port: wire.port };
  const own = { node: id, port };
  return wire.side === 'output' ? joined(document, loose, own) : joined(document, own, loose);
}

/** With a wire; one into a port that takes one takes the place of the wire there. */
function joined(document: WorkflowDocument, from: PortAddress, to: PortAddress): WorkflowDocument {
  const { catalogue } = sessionStore.getState();
  if (canConnect(document, catalogue, from, to) !== null) return document;
  const input = catalogue.get(document.nodes[to.node]?.type ?? '')?.inputs[to.port];
  return edits.connect(
    document,
    { from: addressText(from), to: addressText(to) },
    { replace: input?.takes === 'one' },
  );
}

/** Why two ports may not be joined, or `null`. */
export function whyNotConnect(from: PortAddress, to: PortAddress): string | null {
  const { catalogue } = sessionStore.getState();
  return translated(canConnect(documentStore.getState().document, catalogue, from, to));
}

export function connectPorts(from: PortAddress, to: PortAddress): void {
  documentStore.actions.edit((document) => joined(document, from, to));
}

/** Adds several nodes as one undo step and selects them. */
export function placeNodes(
  nodes: readonly { definition: NodeDefinition; params: JsonObject; at: Point }[],
): void {
  const ids: string[] = [];
  documentStore.actions.edit((before) =>
    nodes.reduce((document, { definition, params, at }) => {
      const id = edits.freeNodeId(document, definition.type);
      ids.push(id);
      const fresh = edits.newNode(definition);
      return edits.addNode(
        document,
        id,
        { ...fresh, params: { ...fresh.params, ...params } },
        freePlace(document, at),
      );
    }, before),
  );
  sessionStore.actions.select(ids);
}

/** Nodes that ask something of a model or the machine: they have results to make anew. */
export function workingNodes(ids: Iterable<string>): string[] {
  const { document } = documentStore.getState();
  const { catalogue } = sessionStore.getState();
  return [...ids].filter((id) => {
    const definition = catalogue.get(document.nodes[id]?.type ?? '');
    return definition !== undefined && makesResults(definition);
  });
}

/** Removes nodes and wires that are selected; of a selected group the frame only. One undo step. */
export function deleteSelected(): void {
  const { selected, selectedWires, selectedGroups } = sessionStore.getState();
  documentStore.actions.edit((document) => {
    const wires = document.edges.filter((edge) => selectedWires.has(edits.edgeId(edge)));
    const cut = wires.length === 0 ? document : edits.disconnect(document, wires);
    const left = selected.size === 0 ? cut : edits.removeNodes(cut, selected);
    return removeGroups(left, selectedGroups);
  });
  sessionStore.actions.select([]);
}

export function deleteNodes(ids: readonly string[]): void {
  documentStore.actions.remove(new Set(ids), []);
  sessionStore.actions.select([]);
}

export function selectAll(): void {
  sessionStore.actions.select(Object.keys(documentStore.getState().document.nodes));
}
