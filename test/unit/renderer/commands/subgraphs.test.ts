import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addNode, connect, newNode } from '#core/document/edit';
import { makeGroup } from '#core/document/edit-groups';
import { setNodeMode } from '#core/document/edit-modes';
import { isImageRef } from '#core/values';
import {
  goInto,
  followSubgraphs,
  makeSubgraph,
  openSubgraph,
  unpackSubgraphs,
  useKinds,
} from '../../../../renderer/commands/subgraphs';
import { cardState } from '../../../../renderer/canvas/card-state';
import { duplicateNodes } from '../../../../renderer/commands/clipboard';
import { canGoOn, goOn, pick, readyChoices } from '../../../../renderer/commands/choosing';
import { editorState, findCommand } from '../../../../renderer/commands/command-list';
import { closeFind, lookAtFound, openFind } from '../../../../renderer/commands/find';
import { plansAlike } from '../../../../renderer/commands/planning';
import { findInWorkflow } from '../../../../renderer/panels/find-in-workflow';
import { togglePin } from '../../../../renderer/commands/modes';
import { documentStore, nameless } from '../../../../renderer/stores/document-store';
import { runStore } from '../../../../renderer/stores/run-store';
import { sessionStore } from '../../../../renderer/stores/session-store';
import { small, smallNodes } from '#test/kit/small-catalogue';
import { SmallWorld } from '#test/kit/small-knowledge';

const { actions } = documentStore;
const graph = () => documentStore.getState().document;
const whole = () => documentStore.getState().whole;

/** words ──▶ make ──▶ change ──▶ write */
const chain = () =>
  small(
    [
      ['words', 'words'],
      ['make', 'make'],
      ['change', 'change'],
      ['write', 'write'],
    ],
    ['words.text > make.prompt', 'make.image > change.images', 'change.image > write.image'],
  );

beforeEach(() => {
  useKinds(smallNodes);
  actions.open(chain(), nameless, false);
  runStore.actions.enterTab(documentStore.getState().tab);
  return documentStore.subscribe((now, before) => {
    if (now.whole !== before.whole) followSubgraphs(now);
  });
});

describe('a subgraph in the window', () => {
  it('is one step to make, and one to unpack; undo leaves what is gone', () => {
    makeSubgraph(['make', 'change']);
    expect([...sessionStore.getState().selected]).toEqual(['subgraph']);
    expect(sessionStore.getState().catalogue.get('subgraph:subgraph')?.title).toBe('Subgraph');
    openSubgraph('subgraph');
    expect(Object.keys(graph().nodes)).toContain('subgraph/make');
    actions.undo();
    expect(documentStore.getState().inside).toEqual([]);
    expect(graph()).toEqual(chain());
    actions.redo();
    unpackSubgraphs(['subgraph']);
    expect(Object.keys(graph().nodes).sort()).toEqual(Object.keys(chain().nodes).sort());
    actions.undo();
    expect(Object.keys(graph().nodes)).toContain('subgraph');
  });

  it('is edited inside like any graph, and what did not change stays the same object', () => {
    makeSubgraph(['make', 'change']);
    openSubgraph('subgraph');
    const { nodes, edges } = graph();
    actions.setParam('subgraph/make', 'prompt', 'a hat');
    expect(graph().nodes['subgraph/make']!.params['prompt']).toBe('a hat');
    expect(graph().nodes['subgraph/change']).toBe(nodes['subgraph/change']);
    expect(graph().nodes['subgraph/@inputs']).toBe(nodes['subgraph/@inputs']);
    expect(graph().edges).toBe(edges);
    expect(whole().subgraphs!['subgraph']!.nodes['make']!.params['prompt']).toBe('a hat');
    const before = sessionStore.getState().catalogue.get('subgraph:subgraph');
    actions.moveNodes({ 'subgraph/make': [5, 5] });
    expect(sessionStore.getState().catalogue.get('subgraph:subgraph')).toBe(before);
    expect(whole().nodes).not.toHaveProperty('subgraph/make');
    goInto([]);
    expect([...sessionStore.getState().selected]).toEqual(['subgraph']);
  });

  it('shows the sum of what it has inside, and the pictures of its outputs', () => {
    makeSubgraph(['make', 'change']);
    const world = new SmallWorld();
    runStore.actions.planMade(world.plan(whole()));
    const planned = () => runStore.getState().planned.get('subgraph');
    expect(planned()).toMatchObject({
      verdict: 'will-run',
      steps: { willRun: 2, reused: 0, blocked: 0 },
      forecast: { price: { high: 0.08 } },
      items: { image: 1 },
    });
    world.run(whole());
    runStore.actions.planMade(world.plan(whole()));
    expect(planned()).toMatchObject({ verdict: 'reused', steps: { willRun: 0, reused: 2 } });
    const made = runStore.getState().outputs.get('subgraph/change')!['image']!.filter(isImageRef);
    expect(runStore.getState().pictures.get('subgraph')).toEqual(made);
    // It has no step of its own to pin.
    togglePin(['subgraph'], true);
    expect(whole().nodes['subgraph']!.pins).toBeUndefined();
    openSubgraph('subgraph');
    togglePin(['subgraph/make'], true);
    expect(whole().subgraphs!['subgraph']!.nodes['make']!.pins).toBeDefined();
  });

  it('each tab has the graph it has open', () => {
    makeSubgraph(['make', 'change']);
    openSubgraph('subgraph');
    const first = documentStore.getState().tab;
    actions.open(chain(), nameless, false);
    expect(documentStore.getState().inside).toEqual([]);
    actions.showTab(first);
    expect(documentStore.getState().inside).toEqual(['subgraph']);
    expect(Object.keys(graph().nodes)).toContain('subgraph/make');
    expect(Object.keys(whole().nodes)).toContain('subgraph');
  });

  it('is arranged inside: groups are made and go, and undo takes them back, without a new plan', () => {
    makeSubgraph(['make', 'change']);
    openSubgraph('subgraph');
    const before = documentStore.getState();
    actions.edit((document) => makeGroup(document, ['subgraph/make'], 'Own').document);
    actions.moveNodes({ 'subgraph/make': [7, 7] });
    expect(whole().subgraphs!['subgraph']!.groups).toEqual({ group: { title: 'Own', nodes: ['make'] } });
    const grouped = documentStore.getState();
    expect(plansAlike(before, grouped)).toBe(false);
    actions.moveNodes({ 'subgraph/make': [9, 9] });
    expect(plansAlike(grouped, documentStore.getState())).toBe(true);
    expect(graph().groups!['group']).toBe(grouped.document.groups!['group']);
    actions.undo();
    actions.undo();
    actions.undo();
    expect(graph().groups).toBeUndefined();
  });

  it('is looked through by the search, which opens what it finds and comes back', () => {
    makeSubgraph(['make', 'change']);
    const { catalogue } = sessionStore.getState();
    const found = findInWorkflow(whole(), catalogue, 'blue');
    expect(found.map(({ id, title }) => [id, title])).toEqual([['subgraph/change', 'Subgraph › Change']]);
    vi.stubGlobal('requestAnimationFrame', (draw: () => void) => draw());
    openFind();
    lookAtFound('subgraph/change');
    expect(documentStore.getState().inside).toEqual(['subgraph']);
    expect([...sessionStore.getState().selected]).toEqual(['subgraph/change']);
    closeFind(false);
    vi.unstubAllGlobals();
    expect(documentStore.getState().inside).toEqual([]);
    expect([...sessionStore.getState().selected]).toEqual(['subgraph']);
  });
});

/** words (two) ─ make ─ [choose ─ shrink] */
const funnel = () =>
  small(
    [
      ['words', 'words', { lines: 'a\nb' }],
      ['make', 'make'],
      ['choose', 'choose'],
      ['shrink', 'shrink'],
    ],
    ['words.text > make.prompt', 'make.image > choose.images', 'choose.image > shrink.image'],
  );

describe('a choice in a subgraph', () => {
  const world = new SmallWorld();
  const planAgain = () => runStore.actions.planMade(world.plan(whole()));
  const planned = (id: string) => runStore.getState().planned.get(id);
  const sign = (id: string) => cardState(planned(id), undefined, undefined);

  it('is waited for by the card of the whole, and made by the card inside', () => {
    actions.open(funnel(), nameless, false);
    runStore.actions.enterTab(documentStore.getState().tab);
    makeSubgraph(['choose', 'shrink']);
    planAgain();
    expect(planned('subgraph')).toMatchObject({ verdict: 'waits', later: { steps: { low: 1, high: 2 } } });
    expect(sign('subgraph').words).toBe('you choose here');
    world.run(whole());
    planAgain();
    expect(sign('subgraph')).toMatchObject({ sign: 'choose', words: 'waits for you' });
    // There is nothing to look at on the whole yet.
    sessionStore.actions.select(['subgraph']);
    expect(findCommand('edit.look')!.enabled(editorState())).toBe(false);

    expect(readyChoices(runStore.getState().plan)).toEqual(['subgraph/choose']);
    openSubgraph('subgraph');
    pick('subgraph/choose', 1);
    expect(canGoOn('subgraph/choose')).toBe(true);
    goInto([]);
    // From outside too: the command means the only choice there is.
    void goOn('subgraph/choose');
    planAgain();
    expect(planned('subgraph')).toMatchObject({ verdict: 'will-run', steps: { willRun: 1 } });
    expect(whole().subgraphs!['subgraph']!.nodes['choose']!.params['picks']).toMatchObject({
      picked: [expect.any(String)],
    });
    actions.undo();
    planAgain();
    expect(planned('subgraph')!.verdict).toBe('waits');
  });

  it('is made in each place for itself where the subgraph stands in two', () => {
    actions.open(funnel(), nameless, false);
    runStore.actions.enterTab(documentStore.getState().tab);
    makeSubgraph(['choose', 'shrink']);
    duplicateNodes(['subgraph']);
    actions.edit((document) =>
      connect(
        addNode(document, 'other', newNode(smallNodes.get('make')!), [0, 0]),
        { from: 'other.image', to: 'subgraph-2.images' },
        { replace: false },
      ),
    );
    world.run(whole());
    planAgain();
    expect(Object.keys(whole().subgraphs!)).toEqual(['subgraph']);
    pick('subgraph/choose', 0);
    void goOn('subgraph/choose');
    expect(Object.keys(whole().subgraphs!)).toEqual(['subgraph', 'subgraph-2']);
    planAgain();
    pick('subgraph-2/choose', 0);
    void goOn('subgraph-2/choose');
    planAgain();
    expect(readyChoices(runStore.getState().plan)).toEqual([]);
    expect(planned('subgraph')!.verdict).toBe('will-run');
    expect(planned('subgraph-2')!.verdict).toBe('will-run');
  });

  it('is none while the whole is muted', () => {
    actions.open(funnel(), nameless, false);
    runStore.actions.enterTab(documentStore.getState().tab);
    makeSubgraph(['choose', 'shrink']);
    actions.edit((document) => setNodeMode(document, 'subgraph', 'mute'));
    planAgain();
    expect(planned('subgraph')).toMatchObject({ verdict: 'muted' });
    expect(planned('subgraph')!.choice).toBeUndefined();
    expect(readyChoices(runStore.getState().plan)).toEqual([]);
  });
});
