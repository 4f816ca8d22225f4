import { groups, type Group, type NodeCatalogue, type NodeDefinition } from '#core/node';
import type { PortType } from '#core/values';
import { words } from '../look/words';

/** The loose end of a wire: which type it carries, and whether it comes out of an output or waits at an input. */
export interface LooseEnd {
  type: PortType;
  side: 'output' | 'input';
}

/** The port of a new node a loose wire would go to: the first of its type, a required input before others. */
export function fittingPort(definition: NodeDefinition, end: LooseEnd): string | undefined {
  if (end.side === 'input')
    return Object.entries(definition.outputs).find(([, output]) => output.type === end.type)?.[0];
  const inputs = Object.entries(definition.inputs).filter(([, input]) => input.type === end.type);
  return (inputs.find(([, input]) => input.required) ?? inputs[0])?.[0];
}

export interface NodeGroup {
  group: Group;
  label: string;
  definitions: NodeDefinition[];
}

/** What can be added, by group in the order of the groups; only what fits a loose wire when there is one. */
export function fittingNodes(catalogue: NodeCatalogue, end?: LooseEnd): NodeGroup[] {
  const all = [...catalogue.values()].filter(
    (definition) =>
      definition.hidden !== true && (end === undefined || fittingPort(definition, end) !== undefined),
  );
  return groups
    .map((group) => ({
      group,
      label: words.palette.groups[group],
      definitions: all
        .filter((definition) => definition.group === group)
        .sort((left, right) => left.title.localeCompare(right.title)),
    }))
    .filter(({ definitions }) => definitions.length > 0);
}

/** The words the palette finds a node by, besides its title. */
export function searchWords(definition: NodeDefinition): string[] {
  return [
    ...(definition.keywords ?? []),
    words.palette.groups[definition.group],
    definition.type.replaceAll('-', ' '),
    definition.summary,
  ];
}

/** A sign of a node in the palette: a type of its ports, and whether a port of that type takes a whole list. */
export interface PortKind {
  type: PortType;
  many: boolean;
}

/** The types of a node's ports without repeats: inputs, then outputs. */
export function portTypes(definition: NodeDefinition): { inputs: PortKind[]; outputs: PortKind[] } {
  const types = (ports: Record<string, { type: PortType; takes?: 'one' | 'all' }>) => {
    const all = Object.values(ports);
    return [...new Set(all.map((port) => port.type))].map((type) => ({
      type,
      many: all.some((port) => port.type === type && port.takes === 'all'),
    }));
  };
  return { inputs: types(definition.inputs), outputs: types(definition.outputs) };
}
