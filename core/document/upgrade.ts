import type { JsonObject } from '../json';
import type { NodeCatalogue } from '../node';
import { withEveryNode } from './every-node';
import { documentFormat, type DocumentNode, type WorkflowDocument } from './schema';

/** Turns a file of format `from` into one of `from + 1`. Pure, without any catalogue; kept for ever. */
interface FormatUpgrade {
  from: number;
  apply(old: JsonObject): JsonObject;
}

/** None yet: format 1 is the first. */
const formatUpgrades: readonly FormatUpgrade[] = [];

/** Brings an older file up to the format of this program. The number of the format is known to be an older or equal one. */
export function upgradeFormat(file: JsonObject): JsonObject {
  let current = file;
  for (const upgrade of formatUpgrades) {
    if (current['seedloom'] === upgrade.from)
      current = { ...upgrade.apply(current), seedloom: upgrade.from + 1 };
  }
  return current['seedloom'] === documentFormat ? current : file;
}

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

/** Every node of a workflow, or of a part of one, in the shape of its type's present version. */
export function upgradeNodes<
  P extends { nodes: WorkflowDocument['nodes']; subgraphs?: WorkflowDocument['subgraphs'] | undefined },
>(part: P, catalogue: NodeCatalogue): P {
  return withEveryNode(part, (node) => upgradeNode(node, catalogue));
}
