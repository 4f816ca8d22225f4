import type { useStoreApi } from '@xyflow/react';
import type { Box, Boxes, Places } from '#core/document/arrange';
import { sessionStore } from '../stores/session-store';
import { groupNodeId } from './group-nodes';

type FlowStore = ReturnType<typeof useStoreApi>;

/** Place and size of what is drawn, as React Flow measured it. */
export function boxesOf(store: FlowStore): Boxes {
  const boxes: Record<string, Box> = {};
  for (const [id, { internals, measured }] of store.getState().nodeLookup)
    if (measured.width !== undefined && measured.height !== undefined)
      boxes[id] = { ...internals.positionAbsolute, width: measured.width, height: measured.height };
  return boxes;
}

/** Milliseconds. */
const glideTime = 180;

/** Moves cards to their places with their wires, slower towards the end. They are dragged, as far as React Flow knows. */
export function glide(store: FlowStore, places: Places): Promise<void> {
  const { nodeLookup, triggerNodeChanges } = store.getState();
  const moves = Object.entries(places).flatMap(([id, [x, y]]) => {
    const from = nodeLookup.get(id)?.position;
    return from === undefined || (from.x === x && from.y === y) ? [] : [{ id, from, to: { x, y } }];
  });
  if (moves.length === 0) return Promise.resolve();
  const started = performance.now();
  return new Promise((resolve) => {
    const next = (now: number) => {
      const passed = Math.min(1, Math.max(0, (now - started) / glideTime));
      const way = 1 - (1 - passed) ** 3;
      triggerNodeChanges(
        moves.map(({ id, from, to }) => ({
          type: 'position',
          id,
          position: { x: from.x + (to.x - from.x) * way, y: from.y + (to.y - from.y) * way },
          dragging: true,
        })),
      );
      if (passed < 1) requestAnimationFrame(next);
      else resolve();
    };
    requestAnimationFrame(next);
  });
}

/** Opens the menu at what is selected, or in the middle of the canvas. */
export function openMenu(): void {
  const { selected, selectedGroups, selectedWires } = sessionStore.getState();
  const ids = [...selected, ...[...selectedGroups].map(groupNodeId)];
  const found =
    ids.length > 0
      ? document.querySelector(`.react-flow__node[data-id="${CSS.escape(ids[0] ?? '')}"]`)
      : document.querySelector(`.react-flow__edge[data-id="${CSS.escape([...selectedWires][0] ?? '')}"]`);
  const target = found ?? document.querySelector('.react-flow__pane');
  const pane = document.querySelector('.canvas')?.getBoundingClientRect();
  const box = target?.getBoundingClientRect();
  if (target === null || box === undefined || pane === undefined) return;
  const isPane = found === null;
  const x = isPane ? pane.left + pane.width / 2 : Math.min(Math.max(box.left + 24, pane.left), pane.right);
  const y = isPane ? pane.top + pane.height / 2 : Math.min(Math.max(box.top + 24, pane.top), pane.bottom);
  target.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: x, clientY: y, button: 2 }),
  );
}
