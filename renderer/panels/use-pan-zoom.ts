import { useEffect, useRef, useState, type PointerEvent, type RefObject } from 'react';
import type { Size } from '#core/values';
import { fitView, heldView, zoomView, type View } from './viewport';

/** Around the whole picture, CSS pixels, both sides together. */
const margin = 24;

/**
 * One view of several pictures that lie in frames of one size: wheel and drag in any of them move all. `picture` and `frame`
 * in CSS pixels.
 */
export function usePanZoom(
  stage: RefObject<HTMLElement | null>,
  picture: Size,
  frame: Size,
  frameClass: string,
) {
  const [view, setView] = useState<View | null>(null);
  const grab = useRef<{ x: number; y: number; from: View } | null>(null);
  const fit = fitView(picture, { width: frame.width - margin, height: frame.height - margin });
  const shown = heldView(view ?? fit, picture, frame);
  const zoomAt = (factor: number, at: { x: number; y: number }) => {
    const next = zoomView(shown, factor, at, fit.scale);
    setView(next.scale <= fit.scale ? null : next);
  };
  const latest = useRef(zoomAt);
  useEffect(() => {
    latest.current = zoomAt;
  });
  useEffect(() => {
    const element = stage.current;
    if (element === null) return;
    const turn = (event: WheelEvent) => {
      event.preventDefault();
      const target = event.target instanceof Element ? event.target.closest(`.${frameClass}`) : null;
      const box = (target ?? element).getBoundingClientRect();
      const at = { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
      latest.current(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0016)), at);
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [stage, frameClass]);
  const canMove = shown.scale > fit.scale;
  return {
    view: shown,
    isFit: view === null,
    canMove,
    /** `null`: the whole picture. */
    setView,
    zoom: (factor: number) => zoomAt(factor, { x: 0, y: 0 }),
    handlers: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0 || !canMove) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        grab.current = { x: event.clientX, y: event.clientY, from: shown };
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        const start = grab.current;
        if (start === null) return;
        setView({
          scale: start.from.scale,
          x: start.from.x + event.clientX - start.x,
          y: start.from.y + event.clientY - start.y,
        });
      },
      onPointerUp: () => {
        grab.current = null;
      },
      onPointerCancel: () => {
        grab.current = null;
      },
    },
  };
}
