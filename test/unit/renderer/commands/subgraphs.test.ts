import { beforeEach, describe, expect, it } from 'vitest';
import { isImageRef } from '#core/values';
import {
  goInto,
  followSubgraphs,
  makeSubgraph,
  openSubgraph,
  unpackSubgraphs,
  useKinds,
} from '../../../../renderer/commands/subgraphs';
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
});
