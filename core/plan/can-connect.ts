import { type PortAddress, type WorkflowDocument } from '../document/schema';
import type { NodeCatalogue } from '../node';
import { withSources } from './order';

/** Why an output may not be wired to an input, in a few words for the person, or `null` when it may. */
export function canConnect(
  document: WorkflowDocument,
  catalogue: NodeCatalogue,
  from: PortAddress,
  to: PortAddress,
): string | null {
  const source = document.nodes[from.node];
  const target = document.nodes[to.node];
  if (source === undefined || target === undefined) return 'That node is not here any more';
  if (from.node === to.node) return 'A node cannot feed itself';
  const output = catalogue.get(source.type)?.outputs[from.port];
  const input = catalogue.get(target.type)?.inputs[to.port];
  if (output === undefined || input === undefined) return 'That port is not known here';
  if (output.type !== input.type) return `It gives ${output.type}, this takes ${input.type}`;
  if (withSources(document, [from.node]).has(to.node)) return 'That would make a loop';
  return null;
}
