import type { NodeCatalogue } from '../node';
import { withEveryNode } from './every-node';
import type { WorkflowDocument } from './schema';
import { catalogueOf } from './subgraph';

type Part = Pick<WorkflowDocument, 'nodes' | 'subgraphs'>;

/**
 * A part of a workflow that goes out of it: pictures and folders it names relative to the workflow's `folder` are named by
 * their whole paths. `null` for a workflow in no file, where nothing is relative to anything.
 */
export function withWholePaths<P extends Part>(part: P, base: NodeCatalogue, folder: string | null): P {
  return folder === null ? part : withPaths(part, base, (path) => wholePath(path, folder));
}

/** The same on its way in: what lies in `folder` or below is named relative to it, so that both can be moved together. */
export function withPathsBelow<P extends Part>(part: P, base: NodeCatalogue, folder: string | null): P {
  return folder === null ? part : withPaths(part, base, (path) => pathBelow(path, folder));
}

function withPaths<P extends Part>(part: P, base: NodeCatalogue, change: (path: string) => string): P {
  const catalogue = catalogueOf(part, base);
  return withEveryNode(part, (node) => {
    const specs = catalogue.get(node.type)?.params ?? {};
    const params = Object.fromEntries(
      Object.entries(node.params).map(([name, value]) => {
        const kind = Object.hasOwn(specs, name) ? specs[name]?.field.kind : undefined;
        const isPlace = kind === 'image-file' || kind === 'folder';
        if (!isPlace || typeof value !== 'object' || value === null || Array.isArray(value))
          return [name, value];
        const { path } = value;
        return [name, typeof path === 'string' ? { ...value, path: change(path) } : value];
      }),
    );
    return { ...node, params };
  });
}

/** The folder of a file, of whatever system the path is of. */
export function folderOf(file: string): string {
  const end = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'));
  return file.slice(0, end < 1 || file[end - 1] === ':' ? end + 1 : end);
}

const isWindows = (path: string) => /^([a-z]:|\\\\)/i.test(path);
const isWhole = (path: string) => /^([a-z]:[\\/]|[\\/])/i.test(path);
const namesOf = (path: string) =>
  path.split(isWindows(path) ? /[\\/]/ : '/').filter((name) => name !== '' && name !== '.');

/** As the system of `folder` writes it. A relative path is written with `/`. */
function wholePath(path: string, folder: string): string {
  if (isWhole(path)) return path;
  const names = namesOf(folder);
  for (const name of path.split('/'))
    if (name === '..') names.splice(isWindows(folder) ? Math.max(1, names.length - 1) : -1, 1);
    else if (name !== '' && name !== '.') names.push(name);
  if (!isWindows(folder)) return `/${names.join('/')}`;
  return `${folder.startsWith('\\\\') ? '\\\\' : ''}${names.join('\\')}`;
}

function pathBelow(path: string, folder: string): string {
  if (!isWhole(path) || isWindows(path) !== isWindows(folder)) return path;
  const [names, above] = [namesOf(path), namesOf(folder)];
  const same = (name: string) => (isWindows(path) ? name.toLowerCase() : name);
  if (above.some((name, index) => same(names[index] ?? '') !== same(name))) return path;
  return names.slice(above.length).join('/') || '.';
}
