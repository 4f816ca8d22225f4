import { canConnect } from '#core/plan/can-connect';
import {
  addressText,
  portAddressOf,
  type Edge,
  type Point,
  type PortAddress,
  type WorkflowDocument,
} from '#core/document/schema';
import { connect, disconnect } from '#core/document/edit';
import type { NodeCatalogue } from '#core/node';
import { withDependents, withSources } from '#core/plan/order';
import { documentStore } from '../stores/document-store';
import { sessionStore, type LooseWire } from '../stores/session-store';
import { connectPorts, whyNotConnect } from './nodes';
import { portFromWire } from './subgraphs';

/** The ports (`node.port`) on the other side that a loose wire may go to. */
export function fittingPorts(
  document: WorkflowDocument,
  catalogue: NodeCatalogue,
  wire: LooseWire,
): Set<string> {
  // Asked once for the whole graph, where `canConnect` would walk it for every port.
  const wouldLoop =
    wire.side === 'output' ? withSources(document, [wire.node]) : withDependents(document, wire.node);
  const fits = new Set<string>();
  for (const [id, node] of Object.entries(document.nodes)) {
    const definition = catalogue.get(node.type);
    if (definition === undefined || wouldLoop.has(id)) continue;
    const ports = wire.side === 'output' ? definition.inputs : definition.outputs;
    for (const [port, spec] of Object.entries(ports))
      if (spec.type === wire.type) fits.add(addressText({ node: id, port }));
  }
  return fits;
}

/** A loose wire as it hangs at a port, or `undefined` when the port is not known here. */
export function looseWire(address: PortAddress, side: LooseWire['side']): LooseWire | undefined {
  const { catalogue } = sessionStore.getState();
  const definition = catalogue.get(documentStore.getState().document.nodes[address.node]?.type ?? '');
  const spec = (side === 'output' ? definition?.outputs : definition?.inputs)?.[address.port];
  return spec === undefined ? undefined : { ...address, side, type: spec.type };
}

/** `replaces`: the wire whose end is taken to another port. */
export function beginWire(address: PortAddress, side: LooseWire['side'], replaces?: Edge): void {
  const wire = looseWire(address, side);
  if (wire === undefined) return;
  const fits = fittingPorts(documentStore.getState().document, sessionStore.getState().catalogue, wire);
  sessionStore.actions.set({ drawing: { wire, fits, replaces } });
}

export function endWire(): void {
  if (sessionStore.getState().drawing !== null) sessionStore.actions.set({ drawing: null });
}

/** By keyboard: the first port picks a wire up, the second takes it. */
export function wireByKey(address: PortAddress, side: LooseWire['side']): string | null {
  const { drawing } = sessionStore.getState();
  if (drawing === null || drawing.wire.side === side) {
    beginWire(address, side);
    return null;
  }
  endWire();
  const [from, to] = side === 'input' ? [drawing.wire, address] : [address, drawing.wire];
  const reason = whyNotConnect(from, to);
  if (reason === null) connectPorts(from, to);
  return reason;
}

/** The wire was let go over the empty canvas: the palette shows what fits. */
export function offerNodes(wire: LooseWire | undefined, at: Point): void {
  sessionStore.actions.set({
    overlay: { kind: 'palette', mode: 'nodes', at, ...(wire === undefined ? {} : { wire }) },
  });
}

/** The wire was let go over a card: it goes to the first port there that fits. Whether there was one. */
export function wireToCard(wire: LooseWire, node: string): boolean {
  if (portFromWire(wire, node)) return true;
  const { drawing } = sessionStore.getState();
  const port = [...(drawing?.fits ?? [])].find((address) => portAddressOf(address).node === node);
  if (port === undefined) return false;
  const other = portAddressOf(port);
  if (wire.side === 'output') connectPorts(wire, other);
  else connectPorts(other, wire);
  return true;
}

/** Moves one end of a wire to another port. One undo step. */
export function rewire(old: Edge, from: PortAddress, to: PortAddress): void {
  const { catalogue } = sessionStore.getState();
  documentStore.actions.edit((before) => {
    const cut = disconnect(before, [old]);
    if (canConnect(cut, catalogue, from, to) !== null) return before;
    const input = catalogue.get(cut.nodes[to.node]?.type ?? '')?.inputs[to.port];
    return connect(
      cut,
      { from: addressText(from), to: addressText(to) },
      { replace: input?.takes === 'one' },
    );
  });
}
