import { beforeEach, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, newNode } from '#core/document/edit';
import type { SavedNode } from '#core/document/saved-node';
import type { Bridge } from '#core/ipc';
import image from '../../../../nodes/image.node';
import { connectBridge } from '../../../../renderer/commands/bridge';
import { placeSavedNode, saveAsNode } from '../../../../renderer/commands/saved-nodes';
import { followSubgraphs, makeSubgraph, useKinds } from '../../../../renderer/commands/subgraphs';
import { documentStore, nameless } from '../../../../renderer/stores/document-store';
import { sessionStore } from '../../../../renderer/stores/session-store';

const { actions } = documentStore;
let kept: SavedNode[];

beforeEach(() => {
  kept = [];
  const bridge: Bridge = {
    call: async (name, input) => {
      if (name === 'nodes.save') kept = [input as SavedNode];
      return { ok: true, value: (name === 'nodes.save' ? kept : null) as never };
    },
    listen: () => () => {},
    pathOfFile: () => '',
  };
  connectBridge(bridge);
  sessionStore.setState(sessionStore.getInitialState(), true);
  useKinds(new Map([[image.type, image]]));
  return documentStore.subscribe((now, before) => {
    if (now.whole !== before.whole) followSubgraphs(now);
  });
});

const place = (path: string | null) => ({ ...nameless, path });
const paths = (subgraphs: SavedNode['subgraphs'] = {}) =>
  Object.values(subgraphs).flatMap(({ nodes }) =>
    Object.values(nodes).map(({ params }) => (params['file'] as { path: string }).path),
  );

it('a picture inside a saved node is found from any workflow, and goes along with those beside it', async () => {
  const photo = { ...newNode(image), params: { file: { name: 'a.png', path: 'pictures/a.png' } } };
  actions.open(
    addNode(createDocument('d', 'Cats'), 'photo', photo, [0, 0]),
    place('/home/ann/cats.seedloom'),
    false,
  );
  makeSubgraph(['photo']);
  const [id] = Object.keys(documentStore.getState().document.nodes);
  await saveAsNode(id!);
  expect(paths(kept[0]?.subgraphs)).toEqual(['/home/ann/pictures/a.png']);
  // The workflow itself stays as it is.
  expect(paths(documentStore.getState().whole.subgraphs)).toEqual(['pictures/a.png']);

  const used = (path: string | null) => {
    actions.open(createDocument('e', 'Dogs'), place(path), false);
    expect(placeSavedNode(`saved:${kept[0]!.name}`)).toBe(true);
    return paths(documentStore.getState().whole.subgraphs);
  };
  expect(used('/home/ann/dogs.seedloom')).toEqual(['pictures/a.png']);
  expect(used('/home/ann/dogs/dogs.seedloom')).toEqual(['/home/ann/pictures/a.png']);
  expect(used(null)).toEqual(['/home/ann/pictures/a.png']);
});
