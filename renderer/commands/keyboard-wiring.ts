import { disconnect, edgeId } from '#core/document/edit';
import { addressText, portAddressOf, type Edge, type Point, type PortAddress } from '#core/document/schema';
import { words } from '../look/words';
import { documentStore } from '../stores/document-store';
import { sessionStore, type LooseWire } from '../stores/session-store';
import { canvas } from './canvas-handle';
import { whyNotConnect } from './nodes';
import { showNote } from './notices';
import { beginWire, endWire, looseWire, offerNodes, rewire, wireByKey } from './wiring';

type Side = LooseWire['side'];

const otherSide = (side: Side): Side => (side === 'output' ? 'input' : 'output');

/** Tells those who listen to the window. */
export function say(sentence: string): void {
  sessionStore.actions.set({ said: sentence });
}

function titleOf(node: string): string {
  const { title, type } = documentStore.getState().document.nodes[node] ?? {};
  return title ?? sessionStore.getState().catalogue.get(type ?? '')?.title ?? node;
}

/** "Image of Edit". */
function portWords({ node, port }: PortAddress, side: Side): string {
  const definition = sessionStore
    .getState()
    .catalogue.get(documentStore.getState().document.nodes[node]?.type ?? '');
  const spec = (side === 'input' ? definition?.inputs : definition?.outputs)?.[port];
  return words.wires.portOf(spec?.label ?? port, titleOf(node));
}

function distance(left: Point | undefined, right: Point | undefined): number {
  if (left === undefined || right === undefined) return Infinity;
  return Math.hypot(left[0] - right[0], left[1] - right[1]);
}

/** The ports the wire being drawn may go to, the nearest to where it begins first. */
export function fitsByNearness(): string[] {
  const { drawing } = sessionStore.getState();
  if (drawing === null) return [];
  const { wire, fits } = drawing;
  const place = (address: PortAddress, side: Side) => canvas()?.portPlace(address, side);
  const start = place(wire, wire.side);
  const far = new Map(
    [...fits].map((fit) => [fit, distance(start, place(portAddressOf(fit), otherSide(wire.side)))]),
  );
  return [...fits].sort((left, right) => (far.get(left) ?? 0) - (far.get(right) ?? 0));
}

/** Takes a wire up at a port; one that `replaces` another takes its place. */
export function takeUp(address: PortAddress, side: Side, replaces?: Edge): void {
  beginWire(address, side, replaces);
  const { drawing } = sessionStore.getState();
  if (drawing === null) return;
  canvas()?.focusPort(address, side);
  const { wire, fits } = drawing;
  say(
    fits.size === 0
      ? words.wires.nothingFits(side, wire.type)
      : words.wires.taken(portWords(address, side), fits.size),
  );
}

/** The next of the ports that fit, `step` on from the one that has the focus. */
export function walk(address: PortAddress, side: Side, step: 1 | -1): void {
  const { drawing } = sessionStore.getState();
  if (drawing === null) return;
  const fits = fitsByNearness();
  if (fits.length === 0) {
    say(words.wires.nothingFits(drawing.wire.side, drawing.wire.type));
    return;
  }
  const own = side === drawing.wire.side ? -1 : fits.indexOf(addressText(address));
  const next = own === -1 ? (step === 1 ? 0 : fits.length - 1) : (own + step + fits.length) % fits.length;
  const aim = fits[next];
  if (aim === undefined) return;
  sessionStore.actions.set({ drawing: { ...drawing, aim } });
  const target = portAddressOf(aim);
  canvas()?.focusPort(target, otherSide(drawing.wire.side));
  say(words.wires.aimed(portWords(target, otherSide(drawing.wire.side)), next + 1, fits.length));
}

/** Enter on a port: takes a wire up, puts it down, or, where it was taken up, offers nodes that fit. */
export function pressPort(address: PortAddress, side: Side): void {
  const { drawing } = sessionStore.getState();
  if (drawing === null) return takeUp(address, side);
  const { wire, replaces } = drawing;
  if (wire.side === side) {
    if (wire.node !== address.node || wire.port !== address.port) return takeUp(address, side);
    const at = canvas()?.portPlace(address, side) ?? [0, 0];
    endWire();
    offerNodes(wire, [at[0] + (side === 'output' ? 80 : -80), at[1]]);
    return;
  }
  const [from, to] = side === 'input' ? [wire, address] : [address, wire];
  const reason =
    replaces === undefined
      ? wireByKey(address, side)
      : (whyNotRewire(replaces, from, to) ?? done(replaces, from, to));
  if (reason !== null) showNote(reason);
  say(reason ?? words.wires.connected(portWords(from, 'output'), portWords(to, 'input')));
}

function whyNotRewire(old: Edge, from: PortAddress, to: PortAddress): string | null {
  // The same wire again is no change, and no fault.
  return edgeId(old) === edgeId({ from: addressText(from), to: addressText(to) })
    ? null
    : whyNotConnect(from, to);
}

function done(old: Edge, from: PortAddress, to: PortAddress): null {
  endWire();
  rewire(old, from, to);
  return null;
}

/** Escape: the wire is let go where it was taken up. */
export function letGo(): void {
  const { drawing } = sessionStore.getState();
  if (drawing === null) return;
  endWire();
  canvas()?.focusPort(drawing.wire, drawing.wire.side);
  say(words.wires.letGo);
}

function wiresAt(address: PortAddress, side: Side): Edge[] {
  const text = addressText(address);
  return documentStore
    .getState()
    .document.edges.filter((edge) => (side === 'input' ? edge.to : edge.from) === text);
}

/** Takes the wires off a port. One undo step. */
export function unplug(address: PortAddress, side: Side): void {
  const wires = wiresAt(address, side);
  if (wires.length > 0) documentStore.actions.edit((document) => disconnect(document, wires));
  say(words.wires.unplugged(wires.length));
}

/** Takes up an end of a wire again: `end` is the one that moves. */
export function replug(wire: Edge, end: 'to' | 'from'): void {
  if (end === 'to') takeUp(portAddressOf(wire.from), 'output', wire);
  else takeUp(portAddressOf(wire.to), 'input', wire);
}

/** The wire at a port goes to another port: its last, where there are several. */
export function replugAt(address: PortAddress, side: Side): void {
  const wire = wiresAt(address, side).at(-1);
  if (wire === undefined) say(words.wires.unplugged(0));
  else replug(wire, side === 'input' ? 'to' : 'from');
}

/** Draws a wire from a card: from its next port on that side, when it has one already. */
export function wireFromCard(node: string, side: Side): void {
  const { catalogue, drawing } = sessionStore.getState();
  const { document } = documentStore.getState();
  const definition = catalogue.get(document.nodes[node]?.type ?? '');
  const ports = Object.keys((side === 'output' ? definition?.outputs : definition?.inputs) ?? {});
  const free = ports.find((port) => wiresAt({ node, port }, side).length === 0);
  const own =
    drawing?.wire.node === node && drawing.wire.side === side ? ports.indexOf(drawing.wire.port) : -1;
  const port =
    own === -1 ? ((side === 'input' ? free : undefined) ?? ports[0]) : ports[(own + 1) % ports.length];
  if (port === undefined || looseWire({ node, port }, side) === undefined) {
    showNote(words.wires.noPorts(side, titleOf(node)));
    return;
  }
  takeUp({ node, port }, side);
}
