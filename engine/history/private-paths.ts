import { homedir } from 'node:os';
import { win32 } from 'node:path';
import { withEveryNode } from '#core/document/every-node';
import { portAddressOf, type WorkflowDocument } from '#core/document/schema';
import { catalogueOf, subgraphOf } from '#core/document/subgraph';
import type { JsonObject, JsonValue } from '#core/json';
import type { NodeCatalogue, NodeDefinition } from '#core/node';

/** A place of this machine and the words that stand for it where others may read. */
export interface PrivatePlace {
  path: string;
  words: string;
}

/**
 * Takes places of this machine out of the text of a JSON file: each of `places`, and the person's home folder. Only whole
 * paths count: `/home/max` is not found in `/home/maxine`.
 */
export function withoutPlaces(json: string, places: readonly PrivatePlace[], home = homedir()): string {
  return [...places, { path: home, words: '~' }]
    .filter(({ path }) => path.length > 1)
    .toSorted((left, right) => right.path.length - left.path.length)
    .reduce((text, { path, words }) => {
      const written = JSON.stringify(path).slice(1, -1);
      const exact = written.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
      return text.replace(new RegExp(String.raw`(?<![\w-])${exact}(?![\w-])`, 'g'), () => words);
    }, json);
}

/** The document with only the last name of each path that is full or climbs out of the workflow's folder: of a file or folder, or of where a node writes to. */
export function withoutFullPaths(document: WorkflowDocument, base: NodeCatalogue): WorkflowDocument {
  const catalogue = catalogueOf(document, base);
  const { subgraphs = {} } = document;
  /** Whether the param a subgraph shows is one of a node inside that writes files. */
  const goesToWriter = (type: string, param: string, around: readonly string[] = []): boolean => {
    const id = subgraphOf(type);
    if (id === undefined) return writesFiles(catalogue.get(type));
    const inside = Object.hasOwn(subgraphs, id) && !around.includes(id) ? subgraphs[id] : undefined;
    const shown = inside?.params.find(({ name }) => name === param);
    if (inside === undefined || shown === undefined) return false;
    const { node, port } = portAddressOf(shown.param);
    const inner = Object.hasOwn(inside.nodes, node) ? inside.nodes[node] : undefined;
    return inner !== undefined && goesToWriter(inner.type, port, [...around, id]);
  };
  return withEveryNode(document, (node) => ({
    ...node,
    params: paramsWithoutFullPaths(node.params, catalogue.get(node.type), (name) =>
      goesToWriter(node.type, name),
    ) as JsonObject,
  }));
}

function writesFiles(definition: NodeDefinition | undefined): boolean {
  return definition?.work.on === 'machine' && definition.work.effect === 'writes-files';
}

export function paramsWithoutFullPaths(
  params: Readonly<Record<string, unknown>>,
  definition: NodeDefinition | undefined,
  isWriters: (param: string) => boolean = () => writesFiles(definition),
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      const kind = definition?.params[name]?.field.kind;
      if (
        (kind === 'folder' || kind === 'image-file') &&
        isRecord(value) &&
        typeof value['path'] === 'string'
      )
        return [name, { ...value, path: lastName(value['path']) }];
      return [name, typeof value === 'string' && isWriters(name) ? lastName(value) : value];
    }),
  );
}

/** Full paths of any system count, for a workflow travels; so do those that climb out of its folder. */
function lastName(path: string): string {
  return win32.isAbsolute(path) || /^\.\.[\\/]/.test(path) ? win32.basename(path) : path;
}

function isRecord(value: unknown): value is Record<string, JsonValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
