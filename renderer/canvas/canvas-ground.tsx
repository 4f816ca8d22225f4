import { useStore, ViewportPortal } from '@xyflow/react';
import type { CSSProperties } from 'react';

/** Rounded up, so that a zoom has few steps: each is painted anew. */
const step = 0.05;

/**
 * What the cards stand on, with its dots. It is moved with them, as one piece: without a ground, cards that are far from each other
 * would each be a piece of their own, and React Flow's own background is laid out and painted anew, and all cards with it, whenever
 * the canvas moves.
 */
export function CanvasGround() {
  // A dot is a pixel of the screen at least: smaller ones would be there or not by how they fall on the pixels.
  const radius = useStore(({ transform: [, , zoom] }) => Math.max(1, Math.ceil(0.9 / zoom / step) * step));
  return (
    <ViewportPortal>
      <div
        className="canvas-ground"
        style={{ '--radius': `${radius}px` } as CSSProperties}
        aria-hidden="true"
      />
    </ViewportPortal>
  );
}
