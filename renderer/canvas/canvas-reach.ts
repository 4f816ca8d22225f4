import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import type { Point } from '#core/document/schema';
import { bendWire } from '../commands/bends';
import type { CanvasHandle } from '../commands/canvas-handle';
import { sessionStore } from '../stores/session-store';
import type { CardNode, WireEdge } from './flow-elements';
import { middleOf, nearest } from './wire-path';
import { wireWays } from './wire-ways';

type Reach = Pick<
  CanvasHandle,
  | 'pointer'
  | 'cards'
  | 'portPlace'
  | 'wireMiddle'
  | 'focusCard'
  | 'followFocus'
  | 'focusPort'
  | 'focusWire'
  | 'focusedCard'
  | 'bend'
>;

function focus(selector: string): void {
  const find = () => document.querySelector<HTMLElement>(selector);
  const found = find();
  // What is brought into view just now is drawn in the next frame.
  if (found === null) requestAnimationFrame(() => requestAnimationFrame(() => find()?.focus()));
  else found.focus({ preventScroll: true });
}

function bend(edge: string, at?: Point): void {
  const wire = wireWays.drawn.get(edge);
  if (wire === undefined) return;
  const point = at ?? middleOf(wire.curves);
  const { curve } = nearest(wire.curves, point);
  if (wire.isLed) return bendWire(edge, curve, [point]);
  // What it went through by itself stays, so that it does not jump.
  const around = wireWays.through(edge, wire.from, wire.to);
  bendWire(edge, 0, [...around.slice(0, curve), point, ...around.slice(curve)]);
}

/** What commands reach on the canvas: places, and the focus of cards, ports and wires. */
export function useCanvasReach(): Reach {
  const flow = useReactFlow();
  const store = useStoreApi<CardNode, WireEdge>();
  const pointer = useRef<{ x: number; y: number } | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    const note = (event: PointerEvent) => {
      const isHere = event.target instanceof Element && event.target.closest('.react-flow') !== null;
      pointer.current = isHere ? { x: event.clientX, y: event.clientY } : null;
    };
    window.addEventListener('pointermove', note, { passive: true, signal: stop.signal });
    return () => stop.abort();
  }, []);
  return useMemo(
    () => ({
      pointer: () => {
        if (pointer.current === null) return null;
        const { x, y } = flow.screenToFlowPosition(pointer.current);
        return [Math.round(x), Math.round(y)];
      },
      cards: () =>
        [...store.getState().nodeLookup.values()].map(({ id, measured, internals }) => ({
          id,
          ...internals.positionAbsolute,
          width: measured.width ?? 272,
          height: measured.height ?? 200,
        })),
      portPlace: ({ node, port }, side) => {
        const internals = store.getState().nodeLookup.get(node)?.internals;
        const handles = internals?.handleBounds?.[side === 'input' ? 'target' : 'source'];
        const handle = handles?.find(({ id }) => id === port);
        if (internals === undefined || handle === undefined) return undefined;
        const { x, y } = internals.positionAbsolute;
        return [x + handle.x + handle.width / 2, y + handle.y + handle.height / 2];
      },
      wireMiddle: (edge) => {
        const wire = wireWays.drawn.get(edge);
        return wire === undefined ? undefined : middleOf(wire.curves);
      },
      focusCard: (node) => focus(`.react-flow__node[data-id="${CSS.escape(node)}"]`),
      followFocus: (node, from) => {
        const follow = () => {
          const { selected, drawing } = sessionStore.getState();
          const isWanted = selected.size === 1 && selected.has(node);
          const here = document.activeElement ?? document.body;
          const card = here.closest<HTMLElement>('.react-flow__node');
          // Whoever was quicker is at work on the new card already, or draws a wire from it.
          if (card?.dataset['id'] === node || drawing !== null) return;
          const isOnCard = card !== null;
          // A wire that goes while it has the focus leaves it to nobody.
          const isLeft = from === 'wire' && here === document.body;
          if (isWanted && (isOnCard || isLeft)) focus(`.react-flow__node[data-id="${CSS.escape(node)}"]`);
        };
        // A palette gives the focus back once it is gone, in a task of its own.
        const wait = (frames: number) =>
          requestAnimationFrame(() => {
            if (frames > 0 && document.querySelector('[role="dialog"]') !== null) wait(frames - 1);
            else requestAnimationFrame(() => setTimeout(follow));
          });
        wait(120);
      },
      focusPort: ({ node, port }, side) =>
        focus(
          `.react-flow__node[data-id="${CSS.escape(node)}"] .port[data-side="${side}"][data-handleid="${CSS.escape(port)}"]`,
        ),
      focusWire: (edge) => focus(`.react-flow__edge[data-id="${CSS.escape(edge)}"]`),
      focusedCard: () => document.activeElement?.closest<HTMLElement>('.react-flow__node')?.dataset['id'],
      bend,
    }),
    [flow, store],
  );
}
