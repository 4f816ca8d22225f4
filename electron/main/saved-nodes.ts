import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { savedNodeName, savedNodeSchema, type SavedNode } from '#core/document/saved-node';
import { readJsonFile, writeJsonFile } from './json-file';

const ending = '.seedloom-node';

export interface SavedNodes {
  /** By name. A file that cannot be understood is put aside and left out. */
  list(): Promise<SavedNode[]>;
  /** Takes the place of one of the same name. */
  save(node: SavedNode): Promise<SavedNode[]>;
  remove(name: string): Promise<SavedNode[]>;
}

/** The person's own nodes: one file each in `nodes` of the data folder. */
export function openSavedNodes(dataFolder: string): SavedNodes {
  const folder = join(dataFolder, 'nodes');
  const fileOf = (name: string) => join(folder, `${savedNodeName.parse(name)}${ending}`);
  const list = async (): Promise<SavedNode[]> => {
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    const nodes: SavedNode[] = [];
    for (const file of names.filter((name) => name.endsWith(ending)).sort()) {
      const content = await readJsonFile(join(folder, file), savedNodeSchema);
      // The file's name is the one that counts: it may have been copied by hand.
      const name = savedNodeName.safeParse(file.slice(0, -ending.length));
      if (content.state === 'read' && name.success) nodes.push({ ...content.value, name: name.data });
    }
    return nodes;
  };
  return {
    list,
    async save(node) {
      await writeJsonFile(fileOf(node.name), node);
      return list();
    },
    async remove(name) {
      await rm(fileOf(name), { force: true });
      return list();
    },
  };
}
