import { homedir } from 'node:os';
import { win32 } from 'node:path';
import type { WorkflowDocument } from '#core/document/schema';
import { catalogueOf } from '#core/document/subgraph';
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
  const clean = (nodes: WorkflowDocument['nodes']) =>
    Object.fromEntries(
      Object.entries(nodes).map(([id, node]) => {
        const params = paramsWithoutFullPaths(node.params, catalogue.get(node.type));
        return [id, { ...node, params: params as JsonObject }];
      }),
    );
  const { subgraphs } = document;
  return {
    ...document,
    nodes: clean(document.nodes),
    ...(subgraphs && {
      subgraphs: Object.fromEntries(
        Object.entries(subgraphs).map(([id, inside]) => [id, { ...inside, nodes: clean(inside.nodes) }]),
      ),
    }),
  };
}

export function paramsWithoutFullPaths(
  params: Readonly<Record<string, unknown>>,
  definition: NodeDefinition | undefined,
): Record<string, unknown> {
  const writes = definition?.work.on === 'machine' && definition.work.effect === 'writes-files';
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      const kind = definition?.params[name]?.field.kind;
      if (
        (kind === 'folder' || kind === 'image-file') &&
        isRecord(value) &&
        typeof value['path'] === 'string'
      )
        return [name, { ...value, path: lastName(value['path']) }];
      return [name, writes && typeof value === 'string' ? lastName(value) : value];
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
