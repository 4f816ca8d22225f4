import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { createDocumentStore, nameless } from '../../../../renderer/stores/document-store';
import { mostSteps, pause } from '../../../../renderer/stores/history';

const node = (type: string) => ({ type, version: 1, params: {} });

function opened() {
  let now = 0;
  const store = createDocumentStore(() => now);
  store.actions.open(createDocument('doc'), nameless, false);
  return { store, actions: store.actions, wait: (milliseconds: number) => (now += milliseconds) };
}

type Opened = ReturnType<typeof opened>;

const id = fc.constantFrom('a', 'b', 'c');
const place = fc.tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: -999, max: 999 }));
/** Anything a person can do to a document, and the pauses in between. */
const act: fc.Arbitrary<(session: Opened) => void> = fc.oneof(
  fc.tuple(id, place).map(
    ([name, at]) =>
      ({ actions }: Opened) =>
        actions.addNode(name, node('prompt'), at),
  ),
  fc.tuple(id, fc.string()).map(
    ([name, text]) =>
      ({ actions }: Opened) =>
        actions.setParam(name, 'text', text),
  ),
  fc.tuple(id, fc.string()).map(
    ([name, title]) =>
      ({ actions }: Opened) =>
        actions.setNodeTitle(name, title),
  ),
  fc.tuple(id, place).map(
    ([name, at]) =>
      ({ actions }: Opened) =>
        actions.moveNodes({ [name]: at }),
  ),
  fc.tuple(id, id).map(
    ([from, to]) =>
      ({ actions }: Opened) =>
        actions.connect({ from: `${from}.text`, to: `${to}.insert` }, { replace: true }),
  ),
  id.map(
    (name) =>
      ({ actions }: Opened) =>
        actions.remove(new Set([name]), []),
  ),
  fc.constant(({ actions }: Opened) => actions.settle()),
  fc.integer({ min: 0, max: 3 * pause }).map(
    (milliseconds) =>
      ({ wait }: Opened) =>
        void wait(milliseconds),
  ),
);

describe('undo and redo', () => {
  it('lead back to the first document and forth to the last, whatever was done', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const session = opened();
        const { store, actions } = session;
        const first = store.getState().document;
        for (const one of acts) one(session);
        const last = store.getState().document;
        while (store.getState().canUndo) actions.undo();
        expect(store.getState().document).toBe(first);
        expect(store.getState().edited).toBe(false);
        while (store.getState().canRedo) actions.redo();
        expect(store.getState().document).toBe(last);
      }),
    );
  });

  it('take typing in one field as one step until a pause', () => {
    const { store, actions, wait } = opened();
    actions.addNode('a', node('prompt'), [0, 0]);
    for (const text of ['f', 'fo', 'fox']) {
      actions.setParam('a', 'text', text);
      wait(200);
    }
    wait(pause);
    actions.setParam('a', 'text', 'fox!');
    actions.undo();
    expect(store.getState().document.nodes['a']?.params).toEqual({ text: 'fox' });
    actions.undo();
    expect(store.getState().document.nodes['a']?.params).toEqual({});
  });

  it('do not stop at the space with which a sentence that stood there is gone on from', () => {
    const { store, actions, wait } = opened();
    actions.addNode('a', node('prompt'), [0, 0]);
    actions.setParam('a', 'text', 'A fox.');
    actions.settle();
    for (const text of ['A fox. ', 'A fox. I', 'A fox. It', 'A fox. It ', 'A fox. It s']) {
      actions.setParam('a', 'text', text);
      wait(100);
    }
    actions.undo();
    expect(store.getState().document.nodes['a']?.params['text']).toBe('A fox.');
  });

  it('do not lose more than a sentence, or some words of one, at once', () => {
    const { store, actions, wait } = opened();
    actions.addNode('a', node('prompt'), [0, 0]);
    const whole = 'A fox. It sleeps in very deep and very soft snow under an old tree';
    for (let end = 1; end <= whole.length; end += 1) {
      actions.setParam('a', 'text', whole.slice(0, end));
      wait(100);
    }
    const text = () => store.getState().document.nodes['a']?.params['text'];
    const steps: unknown[] = [];
    while (text() !== undefined) {
      steps.push(text());
      actions.undo();
    }
    expect(steps.reverse()).toEqual([
      'A fox. ',
      'A fox. It sleeps in very deep and ',
      'A fox. It sleeps in very deep and very soft snow under an ',
      whole,
    ]);
  });

  it('go back to an earlier take, and no further than the first', () => {
    const { store, actions } = opened();
    actions.addNode('a', node('generate'), [0, 0]);
    actions.takeNext(['a']);
    actions.takeNext(['a']);
    const take = () => store.getState().document.nodes['a']?.take;
    actions.takeBefore(['a']);
    expect(take()).toBe(1);
    actions.takeBefore(['a']);
    actions.takeBefore(['a']);
    expect(take()).toBeUndefined();
    actions.undo();
    expect(take()).toBe(1);
  });

  it('begin a new step when the field is left or another one is entered', () => {
    const { store, actions } = opened();
    actions.addNode('a', node('prompt'), [0, 0]);
    actions.setParam('a', 'text', 'one');
    actions.settle();
    actions.setParam('a', 'text', 'two');
    actions.setParam('a', 'other', 1);
    actions.undo();
    expect(store.getState().document.nodes['a']?.params).toEqual({ text: 'two' });
    actions.undo();
    expect(store.getState().document.nodes['a']?.params).toEqual({ text: 'one' });
  });

  it('keep a bounded number of steps', () => {
    const { store, actions } = opened();
    for (let step = 0; step < mostSteps + 20; step += 1) actions.setWorkflowTitle(`title ${step}`);
    let undone = 0;
    while (store.getState().canUndo) {
      actions.undo();
      undone += 1;
    }
    expect(undone).toBe(mostSteps);
    expect(store.getState().document.title).toBe('title 19');
  });
});

describe('the mark of unsaved edits', () => {
  it('goes with saving, and comes and goes with undo across it', () => {
    const { store, actions } = opened();
    actions.setWorkflowTitle('Bottle');
    expect(store.getState().edited).toBe(true);
    const saved = { path: '/w/bottle.seedloom', name: 'bottle', seen: 'hash' };
    actions.saved(store.getState().document, saved);
    expect(store.getState()).toMatchObject({ edited: false, ...saved });
    actions.undo();
    expect(store.getState().edited).toBe(true);
    actions.redo();
    expect(store.getState().edited).toBe(false);
  });

  it('stays for what was typed while the file was being written', () => {
    const { store, actions } = opened();
    actions.setWorkflowTitle('One');
    const written = store.getState().document;
    actions.setWorkflowTitle('Two');
    actions.saved(written, { path: '/w/a.seedloom', name: 'a', seen: 'hash' });
    expect(store.getState().edited).toBe(true);
  });

  it('is there at once for work that was brought back', () => {
    const { store, actions } = opened();
    actions.open(createDocument('other'), nameless, true);
    expect(store.getState()).toMatchObject({ edited: true, canUndo: false });
  });

  it('does not come from an edit that changes nothing', () => {
    const { store, actions } = opened();
    actions.setParam('nobody', 'text', 'x');
    actions.edit((document) => document);
    expect(store.getState()).toMatchObject({ edited: false, canUndo: false });
  });
});
