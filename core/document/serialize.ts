import type { Outputs } from '../values';
import { portAddressOf, type DocumentNode, type Edge, type WorkflowDocument } from './schema';

function sortedByKey<V>(record: Record<string, V>): Record<string, V> {
  return Object.fromEntries(Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Edges by the port they go into; among those of one port the order stays, for it is the order of the list. */
function sortedEdges(edges: readonly Edge[]): Edge[] {
  const key = (edge: Edge) => {
    const { node, port } = portAddressOf(edge.to);
    return `${node}\u0000${port}`;
  };
  return edges
    .map((edge, place) => ({ edge, place, key: key(edge) }))
    .sort((left, right) =>
      left.key === right.key ? left.place - right.place : left.key < right.key ? -1 : 1,
    )
    .map(({ edge }) => ({ from: edge.from, to: edge.to }));
}

function sortedPins(pins: NonNullable<DocumentNode['pins']>) {
  const sortedItem = (item: Outputs[string][number]) =>
    typeof item === 'object' ? sortedByKey(item as unknown as Record<string, unknown>) : item;
  return Object.fromEntries(
    Object.entries(sortedByKey(pins)).map(([place, outputs]) => [
      place,
      Object.fromEntries(
        Object.entries(sortedByKey(outputs)).map(([port, items]) => [port, items.map(sortedItem)]),
      ),
    ]),
  );
}

function sortedGroups(groups: NonNullable<WorkflowDocument['groups']>) {
  return Object.fromEntries(
    Object.entries(sortedByKey(groups)).map(([id, { title, color, mode, nodes }]) => [
      id,
      { title, color, mode, nodes },
    ]),
  );
}

function sortedNodes(nodes: WorkflowDocument['nodes']) {
  return Object.fromEntries(
    Object.entries(sortedByKey(nodes)).map(([nodeId, node]) => {
      const { type, version, title, mode, route, take, params, pins } = node;
      return [
        nodeId,
        {
          type,
          version,
          title,
          mode,
          route,
          take,
          params: sortedByKey(params),
          pins: pins && sortedPins(pins),
        },
      ];
    }),
  );
}

/** How a graph is drawn. */
function sortedLayout({
  layout,
  bends,
  collapsed,
  sizes,
}: Pick<WorkflowDocument, 'layout' | 'bends' | 'collapsed' | 'sizes'>) {
  return {
    layout: sortedByKey(layout),
    bends: bends && sortedByKey(bends),
    collapsed: collapsed && [...collapsed].sort(),
    sizes: sizes && sortedByKey(sizes),
  };
}

/** Ports and params keep their order: it is the order they are shown in. */
function sortedSubgraphs(subgraphs: NonNullable<WorkflowDocument['subgraphs']>) {
  return Object.fromEntries(
    Object.entries(sortedByKey(subgraphs)).map(
      ([id, { title, inputs, outputs, params, nodes, edges, groups, layout, bends, collapsed, sizes }]) => [
        id,
        {
          title,
          inputs: inputs.map(({ name, label, type }) => ({ name, label, type })),
          outputs: outputs.map(({ name, label, type }) => ({ name, label, type })),
          params: params.map(({ name, label, param }) => ({ name, label, param })),
          nodes: sortedNodes(nodes),
          edges: sortedEdges(edges),
          groups: groups && sortedGroups(groups),
          ...sortedLayout({ layout, bends, collapsed, sizes }),
        },
      ],
    ),
  );
}

/**
 * The document as the text of a file: keys in a fixed order, nodes and layout by id, two spaces, a line end at the end.
 * The same document always gives the same text; one changed word is one changed line.
 */
export function serializeDocument(document: WorkflowDocument): string {
  const { seedloom, id, title, routes, nodes, edges, groups, exposed, form, subgraphs } = document;
  const { layout, bends, collapsed, sizes } = document;
  const ordered = {
    seedloom,
    id,
    title,
    routes: sortedByKey(routes as Record<string, string>),
    nodes: sortedNodes(nodes),
    edges: sortedEdges(edges),
    groups: groups && sortedGroups(groups),
    exposed: exposed?.map(({ param, label, hint, heading }) => ({ param, label, hint, heading })),
    form: form && { first: form.first, description: form.description, results: form.results },
    ...sortedLayout({ layout, bends, collapsed, sizes }),
    subgraphs: subgraphs && sortedSubgraphs(subgraphs),
  };
  return `${compactPoints(JSON.stringify(ordered, null, 2))}\n`;
}

/** A card's place on one line: moving a card is one changed line. */
function compactPoints(text: string): string {
  return text.replace(/\[\n\s+(-?[\d.e+-]+),\n\s+(-?[\d.e+-]+)\n\s+\]/g, '[$1, $2]');
}
