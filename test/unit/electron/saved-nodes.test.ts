import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { setParam } from '#core/document/edit';
import { pasteFragment } from '#core/document/fragment';
import { pinStep } from '#core/document/edit-modes';
import { packNodes } from '#core/document/pack';
import { savedNodeOf } from '#core/document/saved-node';
import { bridgeInputs } from '#core/ipc';
import { openSavedNodes } from '../../../electron/main/saved-nodes';
import { small, smallNodes } from '#test/kit/small-catalogue';
import { pictureOf, SmallWorld } from '#test/kit/small-knowledge';
import { temporaryFolder } from './temporary-folder';

function savedLook() {
  const one = setParam(small([['make', 'make']]), 'make', 'prompt', 'a hat');
  const pinned = pinStep(one, 'make', '0', { image: [pictureOf('old')] });
  const made = packNodes(pinned, ['make'], smallNodes, 'Look');
  if ('refused' in made) throw new Error(made.refused);
  return savedNodeOf(made.document, 'look', 'look');
}

it('a saved node is a file of its own; in another workflow it is whole, and makes its own pictures', async () => {
  const folder = await temporaryFolder();
  const nodes = openSavedNodes(folder);
  expect(await nodes.list()).toEqual([]);
  await nodes.save(savedLook());
  expect(await readdir(join(folder, 'nodes'))).toEqual(['look.seedloom-node']);
  const [saved] = await openSavedNodes(folder).list();
  expect(saved).toEqual(savedLook());
  const fragment = {
    nodes: { look: { type: 'subgraph:look', version: 1, params: {} } },
    edges: [],
    layout: {},
    subgraphs: saved!.subgraphs,
  };
  const { document } = pasteFragment(small([]), fragment, [0, 0]);
  expect(new SmallWorld().plan(document).counts).toEqual({ reused: 0, willRun: 1, blocked: 0 });
  expect(await nodes.remove('look')).toEqual([]);
});

it('a file that is none is put aside, and a name that leaves the folder is refused', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'nodes'));
  await writeFile(join(folder, 'nodes', 'odd.seedloom-node'), '{"seedloomNode":2}');
  expect(await openSavedNodes(folder).list()).toEqual([]);
  expect((await readdir(join(folder, 'nodes'))).join()).toContain('odd.seedloom-node.damaged-');
  await expect(openSavedNodes(folder).remove('../keys')).rejects.toThrow('a saved node is named by');
  expect(bridgeInputs['nodes.save'].safeParse({ ...savedLook(), name: '../keys' }).success).toBe(false);
});
