import { beforeEach, describe, expect, it } from 'vitest';
import { addBends } from '#core/document/bends';
import { connect, edgeId } from '#core/document/edit';
import { attachCanvas, type CanvasHandle } from '../../../../renderer/commands/canvas-handle';
import { cardAlong, cardTowards, type PlacedCard } from '../../../../renderer/commands/card-reach';
import { runCommand } from '../../../../renderer/commands/command-list';
import { pressPort, takeUp, unplug, walk } from '../../../../renderer/commands/keyboard-wiring';
import { addNodeOfType } from '../../../../renderer/commands/nodes';
import { dropCards, holdOverWire } from '../../../../renderer/commands/wire-drop';
import { documentStore, nameless } from '../../../../renderer/stores/document-store';
import { sessionStore } from '../../../../renderer/stores/session-store';
import { small, smallNodes } from '#test/kit/small-catalogue';

const place = (id: string, x: number, y: number): PlacedCard => ({ id, x, y, width: 272, height: 300 });
const edges = () => documentStore.getState().document.edges.map((edge) => edgeId(edge));
const said = () => sessionStore.getState().said;

let cards: PlacedCard[] = [];
let focused: string[] = [];
const hand: CanvasHandle = {
  zoomIn: () => {},
  zoomOut: () => {},
  fit: () => {},
  show: () => {},
  centre: () => [0, 0],
  pointer: () => null,
  cards: () => cards,
  portPlace: ({ node }, side) => {
    const card = cards.find(({ id }) => id === node);
    return card === undefined ? undefined : [card.x + (side === 'output' ? card.width : 0), card.y + 40];
  },
  wireMiddle: () => [300, 40],
  focusCard: (node) => focused.push(node),
  followFocus: () => {},
  focusPort: ({ node, port }, side) => focused.push(`${side} ${node}.${port}`),
  focusWire: (edge) => focused.push(edge),
  focusedCard: () => undefined,
  bend: () => {},
  note: () => {},
  boxes: () => ({}),
  glide: async () => {},
  openMenu: () => {},
};

beforeEach(() => {
  sessionStore.setState(sessionStore.getInitialState(), true);
  sessionStore.actions.set({ catalogue: smallNodes });
  const document = small(
    [
      ['make', 'make'],
      ['near', 'change'],
      ['far', 'change'],
      ['free', 'change'],
    ],
    ['make.image > near.images'],
  );
  documentStore.actions.open(document, nameless, false);
  cards = [place('make', 0, 0), place('near', 400, 0), place('far', 2000, 0), place('free', 900, 600)];
  focused = [];
  attachCanvas(hand);
});

describe('a card let go over a wire', () => {
  it('is moved and put into it in one step', () => {
    holdOverWire('free', 'make.image near.images');
    expect(sessionStore.getState().dropping).toMatchObject({ input: 'images', output: 'image' });
    dropCards({ free: [150, 20] });
    expect(edges()).toEqual(['make.image free.images', 'free.image near.images']);
    expect(sessionStore.getState().dropping).toBeNull();
    documentStore.actions.undo();
    expect(edges()).toEqual(['make.image near.images']);
    expect(documentStore.getState().document.layout['free']).not.toEqual([150, 20]);
    expect(documentStore.getState().canUndo).toBe(false);
  });

  it('is only moved where it does not fit, and where it was taken away from the wire again', () => {
    holdOverWire('make', 'make.image near.images');
    expect(sessionStore.getState().dropping).toBeNull();
    holdOverWire('free', 'make.image near.images');
    holdOverWire('free', undefined);
    dropCards({ free: [150, 20] });
    expect(edges()).toEqual(['make.image near.images']);
    expect(documentStore.getState().document.layout['free']).toEqual([150, 20]);
  });
});

describe('a node added while a wire is chosen', () => {
  it('goes into it, and what is behind it makes room', () => {
    sessionStore.actions.select([], ['make.image near.images']);
    addNodeOfType('change');
    expect(edges()).toEqual(['make.image change.images', 'change.image near.images']);
    const { layout } = documentStore.getState().document;
    expect(layout['change']?.[0]).toBe(272 + 64);
    expect(layout['near']?.[0]).toBe(272 + 64 + 272 + 64);
    documentStore.actions.undo();
    expect(edges()).toEqual(['make.image near.images']);
  });

  it('is only added where it does not fit', () => {
    sessionStore.actions.select([], ['make.image near.images']);
    addNodeOfType('words');
    expect(edges()).toEqual(['make.image near.images']);
    expect(documentStore.getState().document.nodes['words']).toBeDefined();
  });

  it('stands beside the only selected card, clear of others', () => {
    cards.push(place('in-the-way', 340, 0));
    sessionStore.actions.select(['make']);
    addNodeOfType('words');
    const [x, y] = documentStore.getState().document.layout['words'] ?? [0, 0];
    expect(x).toBe(272 + 64);
    expect(y).toBeGreaterThan(300);
  });
});

describe('a wire by keyboard', () => {
  it('walks over the ports that fit, the nearest first, and connects', () => {
    takeUp({ node: 'make', port: 'image' }, 'output');
    expect(said()).toContain('3 ports fit');
    walk({ node: 'make', port: 'image' }, 'output', 1);
    expect(focused.at(-1)).toBe('input near.images');
    walk({ node: 'near', port: 'images' }, 'input', 1);
    expect(focused.at(-1)).toBe('input free.images');
    walk({ node: 'free', port: 'images' }, 'input', 1);
    expect(said()).toContain('3 of 3');
    walk({ node: 'far', port: 'images' }, 'input', 1);
    expect(focused.at(-1)).toBe('input near.images');
    walk({ node: 'near', port: 'images' }, 'input', -1);
    pressPort({ node: 'far', port: 'images' }, 'input');
    expect(edges()).toContain('make.image far.images');
    expect(sessionStore.getState().drawing).toBeNull();
    expect(said()).toContain(' goes to ');
  });

  it('says why where nothing fits, and Enter offers nodes that do', () => {
    documentStore.actions.remove(new Set(['near', 'far', 'free']), []);
    takeUp({ node: 'make', port: 'image' }, 'output');
    expect(said()).toBe('No port here takes image. Enter offers nodes that do, Escape leaves.');
    pressPort({ node: 'make', port: 'image' }, 'output');
    expect(sessionStore.getState().overlay).toMatchObject({ kind: 'palette', wire: { type: 'image' } });
  });

  it('is taken off, and its end taken elsewhere, in one step', () => {
    sessionStore.actions.select([], ['make.image near.images']);
    runCommand('wire.replug');
    pressPort({ node: 'far', port: 'images' }, 'input');
    expect(edges()).toEqual(['make.image far.images']);
    documentStore.actions.undo();
    expect(edges()).toEqual(['make.image near.images']);
    unplug({ node: 'near', port: 'images' }, 'input');
    expect(edges()).toEqual([]);
    expect(said()).toBe('Wire removed.');
  });

  it('refuses a loop with its reason', () => {
    documentStore.actions.edit((document) =>
      connect(document, { from: 'near.image', to: 'far.images' }, { replace: false }),
    );
    takeUp({ node: 'far', port: 'image' }, 'output');
    pressPort({ node: 'near', port: 'images' }, 'input');
    expect(said()).toBe('That would make a loop');
  });

  it('goes over the wires of a card, and straightens the chosen one', () => {
    documentStore.actions.edit((document) => addBends(document, 'make.image near.images', 0, [[300, 200]]));
    sessionStore.actions.select(['near']);
    runCommand('wire.next');
    expect([...sessionStore.getState().selectedWires]).toEqual(['make.image near.images']);
    expect(focused).toEqual(['make.image near.images']);
    runCommand('wire.straighten');
    expect(documentStore.getState().document.bends).toBeUndefined();
  });
});

describe('from card to card', () => {
  it('by place: what stands straight ahead first', () => {
    const all = [...cards, place('aslant', 300, 500)];
    expect(cardTowards(all, 'make', 'right')).toBe('near');
    expect(cardTowards(all, 'make', 'down')).toBe('aslant');
    expect(cardTowards(all, 'make', 'left')).toBeUndefined();
    expect(cardTowards(all, undefined, 'up')).toBe('make');
  });

  it('along the wires: before, after, and around those beside', () => {
    const document = small(
      [
        ['a', 'make'],
        ['b', 'make'],
        ['c', 'make'],
        ['end', 'change'],
      ],
      ['a.image > end.images', 'b.image > end.images', 'c.image > end.images'],
    );
    expect(cardAlong(document, 'end', 'left')).toBe('a');
    expect(cardAlong(document, 'b', 'right')).toBe('end');
    expect(cardAlong(document, 'a', 'down')).toBe('b');
    expect(cardAlong(document, 'a', 'up')).toBe('c');
    expect(cardAlong(document, 'end', 'down')).toBeUndefined();
  });
});
