import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { createDocumentStore, nameless } from '../../../../renderer/stores/document-store';
import { mostClosed } from '../../../../renderer/stores/open-documents';

const saved = (name: string) => ({ path: `/w/${name}.seedloom`, name, seen: 'hash' });

/** A store with one document of each name, the last one shown, and their tabs by name. */
function opened(...names: string[]) {
  const store = createDocumentStore(() => 0);
  const tabs = new Map<string, string>();
  names.forEach((name, at) => {
    const first = store.getState().tab;
    store.actions.open(createDocument(name, name), nameless, false, at === 0 ? first : undefined);
    tabs.set(name, store.getState().tab);
  });
  const tab = (name: string) => tabs.get(name) ?? '';
  const labels = () => store.getState().tabs.map(({ label }) => label);
  return { store, actions: store.actions, tab, labels };
}

type Act = { of: string } & ({ do: 'title'; title: string } | { do: 'undo' | 'redo' | 'show' });
const name = fc.constantFrom('a', 'b', 'c');
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ of: name, do: fc.constant('title' as const), title: fc.string({ minLength: 1 }) }),
  fc.record({ of: name, do: fc.constantFrom('undo' as const, 'redo' as const, 'show' as const) }),
);

describe('documents in tabs', () => {
  it('never mix, whatever is edited, taken back and shown in between', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const { store, actions, tab } = opened('a', 'b', 'c');
        /** What each document would be by itself: all titles it had, and which of them it has now. */
        const alone = new Map(['a', 'b', 'c'].map((id) => [id, { titles: [id], now: 0 }]));
        for (const one of acts) {
          const model = alone.get(one.of)!;
          actions.showTab(tab(one.of));
          if (one.do === 'title' && one.title !== model.titles[model.now]) {
            model.titles = [...model.titles.slice(0, model.now + 1), one.title];
            model.now += 1;
          }
          if (one.do === 'title') {
            if (one.title !== store.getState().document.title) actions.setWorkflowTitle(one.title);
          } else if (one.do === 'undo') {
            model.now = Math.max(0, model.now - 1);
            actions.undo();
          } else if (one.do === 'redo') {
            model.now = Math.min(model.titles.length - 1, model.now + 1);
            actions.redo();
          }
          for (const [id, { titles, now }] of alone) {
            const open = actions.inTab(tab(id));
            expect([open?.history.present.id, open?.history.present.title]).toEqual([id, titles[now]]);
          }
          const { document, canUndo, canRedo, edited } = store.getState();
          expect(document.id).toBe(one.of);
          expect(canUndo).toBe(model.now > 0);
          expect(canRedo).toBe(model.now < model.titles.length - 1);
          expect(edited).toBe(model.now > 0);
        }
      }),
    );
  });

  it('keep the summary of a tab nothing happened to', () => {
    const { store, actions } = opened('a', 'b');
    const [first, second] = store.getState().tabs;
    actions.setWorkflowTitle('other');
    expect(store.getState().tabs[0]).toBe(first);
    expect(store.getState().tabs[1]).not.toBe(second);
    const { tabs } = store.getState();
    actions.showTab(first!.id);
    actions.addNode('n', { type: 'prompt', version: 1, params: {} }, [0, 0]);
    actions.undo();
    expect(store.getState().tabs).toEqual(tabs);
  });

  it('open beside the one shown, and in the place of one that is named', () => {
    const { actions, tab, labels } = opened('a', 'b');
    actions.showTab(tab('a'));
    actions.open(createDocument('c', 'c'), nameless, false);
    expect(labels()).toEqual(['a', 'c', 'b']);
    actions.open(createDocument('d', 'd'), nameless, false, tab('b'));
    expect(labels()).toEqual(['a', 'c', 'd']);
    expect(actions.knows(tab('b'))).toBe(false);
  });

  it('come back where they were, with their history, the last one first', () => {
    const { store, actions, tab, labels } = opened('a', 'b', 'c');
    actions.showTab(tab('b'));
    actions.setWorkflowTitle('b!');
    actions.closeTab(tab('b'));
    expect([labels(), store.getState().document.id]).toEqual([['a', 'c'], 'c']);
    actions.closeTab(tab('c'));
    expect(store.getState().document.id).toBe('a');
    actions.reopenTab();
    actions.reopenTab();
    expect(labels()).toEqual(['a', 'b!', 'c']);
    expect(store.getState()).toMatchObject({ edited: true, canUndo: true, closed: 0 });
    actions.undo();
    expect(store.getState()).toMatchObject({ edited: false, tab: tab('b') });
  });

  it('are forgotten when too many others were closed after them', () => {
    const names = Array.from({ length: mostClosed + 2 }, (_, at) => `n${at}`);
    const { actions, tab } = opened(...names);
    const lost = names.slice(0, -1).map((closed) => actions.closeTab(tab(closed)));
    expect(lost).toEqual([...Array<undefined>(mostClosed).fill(undefined), tab('n0')]);
    expect([actions.knows(tab('n0')), actions.knows(tab('n1'))]).toEqual([false, true]);
  });

  it('never close all', () => {
    const { store, actions, tab } = opened('a');
    expect(actions.closeTab(tab('a'))).toBeUndefined();
    expect(store.getState()).toMatchObject({ tab: tab('a'), closed: 0 });
  });

  it('stand in the order they are put in', () => {
    const { actions, tab, labels } = opened('a', 'b', 'c');
    actions.moveTab(tab('c'), 0);
    actions.moveTab(tab('a'), 2);
    expect(labels()).toEqual(['c', 'b', 'a']);
  });

  it('have a file each: saving over that of another tab takes it from there', () => {
    const { store, actions, tab } = opened('a', 'b', 'c');
    for (const id of ['a', 'b']) actions.saved(actions.inTab(tab(id))!.history.present, saved(id), tab(id));
    actions.showTab(tab('a'));
    actions.setWorkflowTitle('only here');
    actions.saved(actions.inTab(tab('c'))!.history.present, saved('a'), tab('c'));
    expect(actions.inTab(tab('a'))?.place.path).toBeNull();
    expect(store.getState()).toMatchObject({ tab: tab('a'), edited: true });
    actions.saved(actions.inTab(tab('c'))!.history.present, saved('b'), tab('c'));
    expect(store.getState().tabs.map(({ id }) => id)).toEqual([tab('a'), tab('c')]);
  });

  it('come back beside their file when that was opened again meanwhile', () => {
    const { store, actions, tab } = opened('a', 'b');
    actions.saved(actions.inTab(tab('b'))!.history.present, saved('b'), tab('b'));
    actions.closeTab(tab('b'));
    actions.open(createDocument('b', 'b'), saved('b'), false);
    const again = store.getState().tab;
    actions.showTab(tab('a'));
    actions.reopenTab();
    expect(store.getState()).toMatchObject({ tab: again, closed: 0 });
    expect(store.getState().tabs).toHaveLength(2);

    actions.setWorkflowTitle('mine');
    actions.closeTab(again);
    actions.open(createDocument('b', 'b'), saved('b'), false);
    actions.reopenTab();
    expect(store.getState()).toMatchObject({ tab: again, path: null, edited: true });
  });
});
