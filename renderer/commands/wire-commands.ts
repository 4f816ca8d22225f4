import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  CornerDownRight,
  CornerUpLeft,
  ListPlus,
  Minus,
  MoveRight,
  MoveLeft,
  Route,
  Spline,
  Waypoints,
  type LucideIcon,
} from 'lucide-react';
import { edgeId } from '#core/document/edit';
import { portAddressOf, type Edge } from '#core/document/schema';
import { words } from '../look/words';
import { documentStore } from '../stores/document-store';
import { sessionStore } from '../stores/session-store';
import { straightenWire } from './bends';
import { canvas } from './canvas-handle';
import { cardAlong, cardTowards, type Direction } from './card-reach';
import { always, hasNodes, onlySelected, type Command, type EditorState } from './command';
import { replug, say, wireFromCard } from './keyboard-wiring';
import { changeSettings } from './settings';
import { looseWire } from './wiring';

const session = () => sessionStore.getState();

function onlyWire({ document, session: { selected, selectedWires } }: EditorState): Edge | undefined {
  const [id, ...others] = selectedWires;
  if (id === undefined || others.length > 0 || selected.size > 0) return undefined;
  return document.document.edges.find((edge) => edgeId(edge) === id);
}

function withWire(act: (wire: Edge) => void): () => void {
  return () => {
    const [id] = session().selectedWires;
    const wire = documentStore.getState().document.edges.find((edge) => edgeId(edge) === id);
    if (wire !== undefined) act(wire);
  };
}

/** The card that is meant: the one with the focus, else the one selected. */
const meant = () => canvas()?.focusedCard() ?? onlySelected(session());

function drawFrom(side: 'output' | 'input'): void {
  const card = meant();
  if (card === undefined) say(words.wires.noCard);
  else wireFromCard(card, side);
}

function goTo(card: string | undefined): void {
  if (card === undefined) {
    say(words.wires.noCardThere);
    return;
  }
  sessionStore.actions.select([card]);
  canvas()?.show([card]);
  canvas()?.focusCard(card);
}

/** The wires of the card one after the other: each selected and with the focus. */
function nextWire(): void {
  const { selectedWires } = session();
  const { edges } = documentStore.getState().document;
  const [id] = selectedWires;
  const current = edges.find((edge) => edgeId(edge) === id);
  const card = current === undefined ? meant() : (onlyWireCard ?? portAddressOf(current.from).node);
  const own = edges.filter(
    ({ from, to }) => portAddressOf(from).node === card || portAddressOf(to).node === card,
  );
  const next = own[current === undefined ? 0 : (own.indexOf(current) + 1) % own.length];
  if (next === undefined) {
    say(words.wires.unplugged(0));
    return;
  }
  onlyWireCard = card;
  sessionStore.actions.select([], [edgeId(next)]);
  canvas()?.focusWire(edgeId(next));
}

/** The card whose wires are gone through: a wire has two. */
let onlyWireCard: string | undefined;

function addAfter(): void {
  const card = meant();
  const { document } = documentStore.getState();
  const definition = session().catalogue.get(document.nodes[card ?? '']?.type ?? '');
  const [port] = Object.keys(definition?.outputs ?? {});
  const wire =
    card === undefined || port === undefined ? undefined : looseWire({ node: card, port }, 'output');
  sessionStore.actions.set({
    overlay: { kind: 'palette', mode: 'nodes', ...(wire === undefined ? {} : { wire }) },
  });
}

const arrows: readonly (readonly [Direction, string, LucideIcon])[] = [
  ['left', 'ArrowLeft', ArrowLeft],
  ['right', 'ArrowRight', ArrowRight],
  ['up', 'ArrowUp', ArrowUp],
  ['down', 'ArrowDown', ArrowDown],
];

export const wireCommands: readonly Command[] = [
  {
    id: 'wire.addAfter',
    title: words.wires.commands.addAfter,
    heading: words.commands.headings.edit,
    icon: ListPlus,
    keys: ['Shift+A', 'Shift+Tab'],
    enabled: always,
    run: addAfter,
  },
  {
    id: 'wire.start',
    title: words.wires.commands.start,
    heading: words.commands.headings.edit,
    icon: MoveRight,
    keys: ['W'],
    enabled: hasNodes,
    run: () => drawFrom('output'),
  },
  {
    id: 'wire.startInput',
    title: words.wires.commands.startInput,
    heading: words.commands.headings.edit,
    icon: MoveLeft,
    keys: ['Shift+W'],
    enabled: hasNodes,
    run: () => drawFrom('input'),
  },
  {
    id: 'wire.next',
    title: words.wires.commands.next,
    heading: words.commands.headings.edit,
    icon: Waypoints,
    keys: ['E'],
    enabled: ({ document }) => document.document.edges.length > 0,
    run: nextWire,
  },
  {
    id: 'wire.replug',
    title: words.wires.commands.replug,
    heading: words.commands.headings.edit,
    icon: CornerDownRight,
    keys: ['R'],
    enabled: (state) => onlyWire(state) !== undefined,
    run: withWire((wire) => replug(wire, 'to')),
  },
  {
    id: 'wire.replugStart',
    title: words.wires.commands.replugStart,
    heading: words.commands.headings.edit,
    icon: CornerUpLeft,
    keys: ['Shift+R'],
    enabled: (state) => onlyWire(state) !== undefined,
    run: withWire((wire) => replug(wire, 'from')),
  },
  {
    id: 'wire.bend',
    title: words.wires.commands.bend,
    heading: words.commands.headings.edit,
    icon: Spline,
    keys: ['K'],
    enabled: (state) => onlyWire(state) !== undefined,
    run: withWire((wire) => canvas()?.bend(edgeId(wire))),
  },
  {
    id: 'wire.straighten',
    title: words.wires.commands.straighten,
    heading: words.commands.headings.edit,
    icon: Minus,
    enabled: (state) => {
      const wire = onlyWire(state);
      return wire !== undefined && state.document.document.bends?.[edgeId(wire)] !== undefined;
    },
    run: withWire((wire) => straightenWire(edgeId(wire))),
  },
  {
    id: 'wire.around',
    title: words.wires.commands.around,
    heading: words.commands.headings.view,
    icon: Route,
    enabled: always,
    run: () => changeSettings({ wiresAround: !session().settings.wiresAround }),
  },
  ...arrows.map(([direction, key, icon]): Command => ({
    id: `go.to.${direction}`,
    title: words.wires.commands.goTo[direction],
    heading: words.commands.headings.view,
    icon,
    keys: [`Mod+${key}`],
    enabled: hasNodes,
    run: () => goTo(cardTowards(canvas()?.cards() ?? [], meant(), direction)),
  })),
  ...arrows.map(([direction, key, icon]): Command => ({
    id: `go.along.${direction}`,
    title: words.wires.commands.goAlong[direction],
    heading: words.commands.headings.view,
    icon,
    keys: [`Alt+${key}`],
    enabled: hasNodes,
    run: () => {
      const card = meant();
      const { document } = documentStore.getState();
      goTo(
        card === undefined
          ? cardTowards(canvas()?.cards() ?? [], undefined, direction)
          : cardAlong(document, card, direction),
      );
    },
  })),
];
