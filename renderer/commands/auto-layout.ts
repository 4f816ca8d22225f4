import type { Graph, layout } from '@dagrejs/dagre';
import { around, frameAround, type Box, type Boxes, type Places } from '#core/document/arrange';
import { portAddressOf, type WorkflowDocument } from '#core/document/schema';

/** What of the layout library is used; it is loaded when somebody asks for a layout. */
export interface LayoutLibrary {
  Graph: typeof Graph;
  layout: typeof layout;
}

/** Pixels between the columns, where wires have to bend, and between the cards of one. */
const columnGap = 96;
const rowGap = 40;

interface Unit extends Box {
  /** Its nodes, with their places from the unit's own corner. */
  inside: Places;
}

/** Those that no wire joins to another, in rows below the others. */
function inRows(units: ReadonlyMap<string, Box>, above: Box | undefined): Map<string, Box> {
  const area = [...units.values()].reduce(
    (sum, { width, height }) => sum + (width + columnGap) * (height + rowGap),
    0,
  );
  const widest = Math.max(above?.width ?? 0, Math.sqrt(2 * area));
  const left = above?.x ?? 0;
  let [x, y, rowHeight] = [left, above === undefined ? 0 : above.y + above.height + columnGap, 0];
  const rows = new Map<string, Box>();
  for (const [id, box] of units) {
    if (x > left && x + box.width > left + widest) [x, y, rowHeight] = [left, y + rowHeight + rowGap, 0];
    rows.set(id, { ...box, x, y });
    x += box.width + rowGap;
    rowHeight = Math.max(rowHeight, box.height);
  }
  return rows;
}

/** Left to right along the wires: the units' new places. */
function placed(
  library: LayoutLibrary,
  all: ReadonlyMap<string, Box>,
  wires: readonly [string, string][],
): Map<string, Box> {
  const joined = wires.filter(([from, to]) => from !== to && all.has(from) && all.has(to));
  const wired = new Set(joined.flat());
  const units = new Map([...all].filter(([id]) => wired.has(id)));
  const graph = new library.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: rowGap, ranksep: columnGap });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const [id, { width, height }] of units) graph.setNode(id, { width, height });
  for (const [from, to] of joined) graph.setEdge(from, to);
  library.layout(graph);
  const columns = new Map<string, Box>(
    [...units].map(([id, box]) => {
      const { x = 0, y = 0 } = graph.node(id) as { x?: number; y?: number };
      return [id, { ...box, x: x - box.width / 2, y: y - box.height / 2 }];
    }),
  );
  const lone = new Map([...all].filter(([id]) => !wired.has(id)));
  return new Map([...columns, ...inRows(lone, around([...columns.values()]))]);
}

/**
 * New places for `chosen` nodes, in columns along the wires, no card over another. Nodes of one group stay together, those of a
 * collapsed group as they are. The upper left corner of all of them stays where it was. Nodes without a box are left out.
 */
export function autoLayout(
  library: LayoutLibrary,
  document: WorkflowDocument,
  boxes: Boxes,
  chosen: Iterable<string>,
): Places {
  const wires = document.edges.map(({ from, to }): [string, string] => [
    portAddressOf(from).node,
    portAddressOf(to).node,
  ]);
  const targets = new Set([...chosen].filter((id) => Object.hasOwn(boxes, id)));
  const units = new Map<string, Unit>();
  const unitOf = new Map<string, string>();
  for (const [group, { nodes }] of Object.entries(document.groups ?? {})) {
    const members = nodes.filter((id) => targets.has(id) && !unitOf.has(id));
    // A group's id may be a node's too.
    const key = `group ${group}`;
    const before = frameAround(members.flatMap((id) => boxes[id] ?? []));
    if (before === undefined) continue;
    const isFolded = document.collapsed?.includes(group) === true;
    const own = new Map(members.flatMap((id) => (boxes[id] === undefined ? [] : [[id, boxes[id]]])));
    const inner = isFolded ? own : placed(library, own, wires);
    const frame = frameAround([...inner.values()]) ?? before;
    const inside = Object.fromEntries(
      [...inner].map(([id, { x, y }]): [string, [number, number]] => [id, [x - frame.x, y - frame.y]]),
    );
    const size = isFolded ? (boxes[`group:${group}`] ?? frame) : frame;
    units.set(key, { x: before.x, y: before.y, width: size.width, height: size.height, inside });
    for (const id of members) unitOf.set(id, key);
  }
  for (const id of targets) {
    const box = boxes[id];
    if (box === undefined || unitOf.has(id)) continue;
    units.set(id, { ...box, inside: { [id]: [0, 0] } });
    unitOf.set(id, id);
  }
  const between = wires.map(([from, to]): [string, string] => [unitOf.get(from) ?? '', unitOf.get(to) ?? '']);
  const after = placed(library, units, between);
  const [old, fresh] = [around([...units.values()]), around([...after.values()])];
  if (old === undefined || fresh === undefined) return {};
  const places: Places = {};
  for (const [key, { inside }] of units) {
    const to = after.get(key);
    if (to === undefined) continue;
    for (const [id, [x, y]] of Object.entries(inside))
      places[id] = [Math.round(to.x - fresh.x + old.x + x), Math.round(to.y - fresh.y + old.y + y)];
  }
  return places;
}
