import { useStore } from '@xyflow/react';
import { useMemo, type CSSProperties } from 'react';
import { createPortal } from 'react-dom';

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
  const flow = useStore(({ domNode }) => domNode);
  // React Flow's own portal looks for its place at each step, behind all cards.
  const place = useMemo(() => flow?.querySelector('.react-flow__viewport-portal'), [flow]);
  if (place === undefined || place === null) return null;
  return createPortal(
    <div
      className="canvas-ground"
      style={{ '--radius': `${radius}px` } as CSSProperties}
      aria-hidden="true"
    />,
    place,
  );
}
