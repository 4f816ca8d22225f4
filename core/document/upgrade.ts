import type { JsonObject } from '../json';
import type { NodeCatalogue } from '../node';
import { withEveryNode } from './every-node';
import { documentFormat, type WorkflowDocument } from './schema';
import { InstanceUpgrades } from './upgrade-instances';

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

/** Every node of a workflow, or of a part of one, in the shape of its type's present version, at any depth. */
export function upgradeNodes<
  P extends { nodes: WorkflowDocument['nodes']; subgraphs?: WorkflowDocument['subgraphs'] | undefined },
>(part: P, catalogue: NodeCatalogue): P {
  const upgrades = new InstanceUpgrades(part.subgraphs ?? {}, catalogue);
  const upgraded = withEveryNode(part, (node) => upgrades.node(node));
  if (upgraded.subgraphs === undefined) return upgraded;
  const subgraphs = Object.fromEntries(
    Object.entries(upgraded.subgraphs).map(([id, inside]) => {
      const params = upgrades.shown(id, inside.params);
      return [id, params === inside.params ? inside : { ...inside, params }];
    }),
  );
  return { ...upgraded, subgraphs };
}
