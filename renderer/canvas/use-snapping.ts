import { useReactFlow, useStoreApi, type NodeChange } from '@xyflow/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { around, type Box } from '#core/document/arrange';
import type { CardNode } from './flow-elements';
import { boxOfCard, groupOfNode, type CanvasNode } from './group-nodes';
import { snap, snapIndex, type Gap, type Guide, type SnapIndex } from './guides';

/** Pixels of the screen within which a card is drawn to a line. */
const reach = 6;

export interface ShownGuides {
  guides: readonly Guide[];
  gaps: readonly Gap[];
}
const noGuides: ShownGuides = { guides: [], gaps: [] };

/** Cards that are dragged snap to the lines of those that stay; Alt lets them go where they like. */
export function useSnapping() {
  const flow = useReactFlow<CanvasNode>();
  const store = useStoreApi();
  const [shown, setShown] = useState(noGuides);
  const drag = useRef<{ index: SnapIndex; boxes: ReadonlyMap<string, Box> } | null>(null);
  const isFree = useRef(false);
  useEffect(() => {
    const stop = new AbortController();
    const note = (event: PointerEvent | MouseEvent | KeyboardEvent) => {
      isFree.current = event.altKey;
    };
    for (const type of ['pointermove', 'mousemove', 'keydown', 'keyup'] as const)
      window.addEventListener(type, note, { capture: true, passive: true, signal: stop.signal });
    return () => stop.abort();
  }, []);

  /** The index is made here, of the cards that are seen. `moving`: every card that will move. */
  const begin = useCallback(
    (moving: ReadonlySet<string>) => {
      const { transform, width, height } = store.getState();
      const [x, y, zoom] = transform;
      const seen: Box = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
      const boxes = new Map<string, Box>();
      const others: Box[] = [];
      for (const node of flow.getNodes()) {
        const box = boxOfCard(node);
        if (moving.has(node.id)) {
          if (groupOfNode(node.id) === undefined) boxes.set(node.id, box);
        } else if (node.type !== 'frame' && meets(box, seen)) others.push(box);
      }
      const all = around([...boxes.values()]);
      drag.current = all === undefined ? null : { index: snapIndex(others, all), boxes };
    },
    [flow, store],
  );

  /** The changes with their places on the lines. */
  const snapped = useCallback(
    (changes: NodeChange<CardNode>[]): NodeChange<CardNode>[] => {
      const going = drag.current;
      if (going === null) return changes;
      const moved: Box[] = [];
      let isOver = false;
      for (const change of changes) {
        if (change.type !== 'position' || change.position === undefined) continue;
        const box = going.boxes.get(change.id);
        if (box !== undefined) moved.push({ ...box, ...change.position });
        isOver ||= change.dragging !== true;
      }
      const all = around(moved);
      if (all === undefined) return changes;
      const found = isFree.current
        ? undefined
        : snap(going.index, all, reach / store.getState().transform[2]);
      if (isOver) drag.current = null;
      setShown(
        isOver || found === undefined || found.guides.length + found.gaps.length === 0 ? noGuides : found,
      );
      if (found === undefined || (found.dx === 0 && found.dy === 0)) return changes;
      const { dx, dy } = found;
      return changes.map((change) =>
        change.type === 'position' && change.position !== undefined
          ? { ...change, position: { x: change.position.x + dx, y: change.position.y + dy } }
          : change,
      );
    },
    [store],
  );
  return { shown, begin, snapped };
}

function meets(box: Box, seen: Box): boolean {
  return (
    box.x < seen.x + seen.width &&
    box.x + box.width > seen.x &&
    box.y < seen.y + seen.height &&
    box.y + box.height > seen.y
  );
}
