import { type PortAddress, type WorkflowDocument } from '../document/schema';
import type { NodeCatalogue } from '../node';
import type { PortType } from '../values';
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
  if (output.type !== input.type) {
    const between = converter(catalogue, output.type, input.type);
    const hint = between === undefined ? '' : `; put ${between} between`;
    return `It gives ${output.type}, this takes ${input.type}${hint}`;
  }
  if (withSources(document, [from.node]).has(to.node)) return 'That would make a loop';
  return null;
}

/** The title of a node on this computer that needs nothing but the one type and gives the other. */
function converter(catalogue: NodeCatalogue, from: PortType, to: PortType): string | undefined {
  const found = [...catalogue.values()].find(({ work, inputs, outputs }) => {
    const needed = Object.values(inputs).filter(({ required }) => required);
    const isFit = needed.length === 1 && needed[0]?.type === from;
    return work.on === 'machine' && isFit && Object.values(outputs).some(({ type }) => type === to);
  });
  return found?.title;
}
