import { describe, expect, it } from 'vitest';
import { packNodes } from '#core/document/pack';
import type { WorkflowDocument } from '#core/document/schema';
import { catalogueOf } from '#core/document/subgraph';
import type { NodeMove } from '#core/plan/move-branch';
import type { ProviderInfo } from '#core/provider';
import { small, smallModel, smallNodes, smallProvider } from '#test/kit/small-catalogue';
import { moveBranch, otherProvider, scopesOf } from '../../../../renderer/commands/branch';
import { documentStore, nameless } from '../../../../renderer/stores/document-store';
import { sessionStore } from '../../../../renderer/stores/session-store';

const graph = small(
  [
    ['words', 'words'],
    ['make', 'make'],
    ['change', 'change'],
    ['alone', 'make'],
  ],
  ['words.text > make.prompt', 'make.image > change.images'],
);

describe('what moves', () => {
  const offered = (...given: string[]) =>
    scopesOf(given, graph, smallNodes).map(({ scope, nodes }) => [scope, nodes.join(' ')]);

  it('is the branch that begins at one node, and what else could be meant, each set once', () => {
    expect(offered('make')).toEqual([
      ['after', 'make change'],
      ['given', 'make'],
      ['all', 'make change alone'],
      ['generate', 'make alone'],
      ['edit', 'change'],
    ]);
    expect(offered('alone')[0]).toEqual(['after', 'alone']);
  });

  it('is what was selected of several; a node that asks no model stands for those after it', () => {
    expect(offered('make', 'alone')[0]).toEqual(['given', 'make alone']);
    expect(offered('words')[0]).toEqual(['after', 'make change']);
  });

  it('is everything where nothing is selected', () => {
    expect(offered()[0]).toEqual(['all', 'make change alone']);
  });
});

describe('a move of everything', () => {
  const open = (document: WorkflowDocument) => {
    documentStore.actions.open(document, nameless, false);
    sessionStore.actions.set({ catalogue: catalogueOf(document, smallNodes) });
  };
  const routes = () => documentStore.getState().whole.routes;
  const to = { kind: 'generate' as const, from: 'shop/one', to: 'dear/one' };

  it('takes the default along only where nothing else goes by it', () => {
    open(graph);
    moveBranch(
      [
        { node: 'make', ...to },
        { node: 'alone', ...to },
      ] as NodeMove[],
      'generate',
    );
    expect(routes().generate).toBe('dear/one');
    expect(documentStore.getState().whole.nodes['make']?.route).toBeUndefined();
  });

  it('leaves alone what runs inside a subgraph, or around the one that is shown', () => {
    const packed = packNodes(graph, ['make'], smallNodes, 'Look');
    if ('refused' in packed) throw new Error(packed.refused);
    open(packed.document);
    moveBranch([{ node: 'alone', ...to }] as NodeMove[], 'all');
    expect(routes().generate).toBe('shop/one');
    expect(documentStore.getState().whole.nodes['alone']?.route).toBe('dear/one');

    open(packed.document);
    documentStore.actions.goInto([packed.id]);
    moveBranch([{ node: `${packed.id}/make`, ...to }] as NodeMove[], 'all');
    expect(routes().generate).toBe('shop/one');
  });
});

describe('where it moves', () => {
  const provider = (id: string, perPicture: number, paidByTime = false): ProviderInfo => ({
    ...smallProvider,
    id,
    models: [{ ...smallModel, price: { ...smallModel.price, perPicture } }],
    ...(paidByTime ? { paidByTime: true } : {}),
  });
  const providers = [
    provider('gift', 0),
    provider('one', 0.1),
    provider('two', 0.2),
    provider('own', 0, true),
  ];
  const to = (route: string, movedFrom: Record<string, string> = {}) =>
    otherProvider(['make'], () => route, providers, movedFrom);

  it('is the other side: from a vendor to the machine, from the machine to a vendor', () => {
    expect(to('two/one')).toBe('own');
    expect(to('own/one')).toBe('one');
  });

  it('is where the nodes came from, first of all', () => {
    expect(to('own/one', { make: 'two/one' })).toBe('two');
    expect(to('two/one', { make: 'two/one' })).toBe('own');
    expect(to('own/one', { make: 'gone/one' })).toBe('one');
  });
});
