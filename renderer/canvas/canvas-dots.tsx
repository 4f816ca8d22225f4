import { useStoreApi } from '@xyflow/react';
import { useLayoutEffect, useRef } from 'react';

/** Between dots, in units of the canvas. */
const gap = 24;

/**
 * The dots behind the cards. They follow the canvas by a transform alone: React Flow's own background is an SVG that is laid out
 * and painted anew, and all cards with it, whenever the canvas moves.
 */
export function CanvasDots() {
  const layer = useRef<HTMLDivElement>(null);
  const store = useStoreApi();
  useLayoutEffect(() => {
    let drawnZoom = 0;
    const follow = () => {
      const element = layer.current;
      if (element === null) return;
      const [x, y, zoom] = store.getState().transform;
      const step = gap * zoom;
      if (zoom !== drawnZoom) {
        drawnZoom = zoom;
        element.style.setProperty('--zoom', String(zoom));
        element.style.inset = `${-step}px`;
        element.style.backgroundSize = `${step}px ${step}px`;
      }
      element.style.transform = `translate(${offset(x, step)}px, ${offset(y, step)}px)`;
    };
    follow();
    return store.subscribe(follow);
  }, [store]);
  return <div ref={layer} className="canvas-dots" aria-hidden="true" />;
}

/** How far the dots are from where they began, less than one step: a dot stands in the middle of its tile, and on a corner of the grid. */
const offset = (at: number, step: number) => (((at + step / 2) % step) + step) % step;
