import type { NodeCatalogue } from '../node';
import type { DocumentNode } from './schema';

/** The node with its params in the shape of its type's present version. Unknown types and newer versions stay as they are. */
export function upgradeNode(node: DocumentNode, catalogue: NodeCatalogue): DocumentNode {
  const definition = catalogue.get(node.type);
  if (definition === undefined || node.version >= definition.version) return node;
  let { params, version } = node;
  for (const upgrade of definition.upgrades ?? []) {
    if (upgrade.from === version) {
      params = upgrade.params(params);
      version += 1;
    }
  }
  return version === definition.version ? { ...node, version, params } : node;
}
