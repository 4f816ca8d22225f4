import { canConnect } from '#core/plan/can-connect';
import * as edits from '#core/document/edit';
import { addressText, type Point, type PortAddress, type WorkflowDocument } from '#core/document/schema';
import type { JsonObject } from '#core/json';
import { makesResults, type NodeDefinition } from '#core/node';
import { fittingPort } from '../panels/fitting-nodes';
import { documentStore } from '../stores/document-store';
import { sessionStore, type LooseWire } from '../stores/session-store';
import { canvas } from './canvas-handle';

/** Half a card, so that a card put at a point stands around it. */
const cardWidth = 264;
const halfCard: Point = [cardWidth / 2, 90];

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
  const centre = canvas()?.centre() ?? [0, 0];
  const { document } = documentStore.getState();
  const id = edits.freeNodeId(document, type);
  const place: Point =
    at === undefined
      ? freePlace(document, [centre[0] - halfCard[0], centre[1] - halfCard[1]])
      : [wire?.side === 'input' ? at[0] - cardWidth : at[0], at[1] - 48];
  documentStore.actions.edit((before) => {
    const added = edits.addNode(before, id, edits.newNode(definition), place);
    return wire === undefined ? added : withWire(added, definition, id, wire);
  });
  sessionStore.actions.select([id]);
  if (at === undefined) canvas()?.show([id]);
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
  return canConnect(documentStore.getState().document, sessionStore.getState().catalogue, from, to);
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

/** Selects a node and brings it into view. */
export function showNode(id: string): void {
  sessionStore.actions.select([id]);
  canvas()?.show([id]);
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

/** Removes nodes and wires that are selected. */
export function deleteSelected(): void {
  const { selected, selectedWires } = sessionStore.getState();
  const { document } = documentStore.getState();
  documentStore.actions.remove(
    selected,
    document.edges.filter((edge) => selectedWires.has(edits.edgeId(edge))),
  );
  sessionStore.actions.select([]);
}

export function deleteNodes(ids: readonly string[]): void {
  documentStore.actions.remove(new Set(ids), []);
  sessionStore.actions.select([]);
}

export function selectAll(): void {
  sessionStore.actions.select(Object.keys(documentStore.getState().document.nodes));
}
