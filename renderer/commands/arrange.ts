import {
  align,
  distribute,
  frameAround,
  type Box,
  type Boxes,
  type Direction,
  type Places,
  type Side,
} from '#core/document/arrange';
import { moveNodes } from '#core/document/edit';
import { documentStore } from '../stores/document-store';
import { sessionStore } from '../stores/session-store';
import type { Way } from './arrange-ids';
import { autoLayout } from './auto-layout';
import { canvas } from './canvas-handle';
import { chosenNodes } from './chosen';

const { edit } = documentStore.actions;

/** The canvas's boxes, and those of what it does not draw: cards in a collapsed group lie under its card. */
function allBoxes(): Boxes {
  const { document } = documentStore.getState();
  const drawn = canvas()?.boxes() ?? {};
  const hidden = Object.entries(document.layout)
    .filter(([id]) => !Object.hasOwn(drawn, id) && Object.hasOwn(document.nodes, id))
    .map(([id, [x, y]]): [string, Box] => [id, { x, y, width: 0, height: 0 }]);
  return { ...Object.fromEntries(hidden), ...drawn };
}

/** What is selected as things that are moved whole: single cards, and groups with all their cards. */
function selectedUnits(): Map<string, { box: Box; nodes: string[] }> {
  const { selected, selectedGroups } = sessionStore.getState();
  const { document } = documentStore.getState();
  const boxes = allBoxes();
  const units = new Map<string, { box: Box; nodes: string[] }>();
  const taken = new Set<string>();
  for (const group of selectedGroups) {
    const nodes = (document.groups?.[group]?.nodes ?? []).filter((id) => !taken.has(id));
    const box = boxes[`group:${group}`] ?? frameAround(nodes.flatMap((id) => boxes[id] ?? []));
    if (box === undefined) continue;
    units.set(`group:${group}`, { box, nodes });
    for (const id of nodes) taken.add(id);
  }
  for (const id of selected) {
    const box = boxes[id];
    if (box !== undefined && !taken.has(id)) units.set(id, { box, nodes: [id] });
  }
  return units;
}

async function move(places: Places): Promise<void> {
  await canvas()?.glide(places);
  edit((document) => {
    const there = Object.entries(places).filter(([id]) => Object.hasOwn(document.nodes, id));
    return moveNodes(document, Object.fromEntries(there));
  });
}

function arrangeUnits(order: (boxes: Boxes) => Places): Promise<void> {
  const units = selectedUnits();
  const { layout } = documentStore.getState().document;
  const places: Places = {};
  for (const [key, [x, y]] of Object.entries(
    order(Object.fromEntries([...units].map(([id, { box }]) => [id, box]))),
  )) {
    const unit = units.get(key);
    for (const id of unit?.nodes ?? []) {
      const [left, top] = layout[id] ?? [unit?.box.x ?? 0, unit?.box.y ?? 0];
      places[id] = [Math.round(left + x - (unit?.box.x ?? x)), Math.round(top + y - (unit?.box.y ?? y))];
    }
  }
  return move(places);
}

export const alignSelected = (side: Side) => arrangeUnits((boxes) => align(boxes, side));
export const distributeSelected = (direction: Direction) =>
  arrangeUnits((boxes) => distribute(boxes, direction));

/** Of several selected cards, else of the whole workflow. */
export async function layOut(): Promise<void> {
  const chosen = chosenNodes();
  const library = await import('@dagrejs/dagre');
  const { document } = documentStore.getState();
  await move(
    autoLayout(library, document, allBoxes(), chosen.size > 1 ? chosen : Object.keys(document.nodes)),
  );
}

/** Pixels of the canvas. */
const step = 4;
const farStep = 24;
const ways: Record<Way, [x: number, y: number]> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/** A series of steps is one undo step. */
export function nudge(way: Way, isFar = false): void {
  const nodes = [...chosenNodes()];
  const [x, y] = ways[way].map((direction) => direction * (isFar ? farStep : step));
  edit(
    (document) => {
      const places = nodes.flatMap((id): [string, [number, number]][] => {
        const at = document.layout[id];
        return at === undefined ? [] : [[id, [at[0] + (x ?? 0), at[1] + (y ?? 0)]]];
      });
      return moveNodes(document, Object.fromEntries(places));
    },
    `nudge ${nodes.join(' ')}`,
  );
}
