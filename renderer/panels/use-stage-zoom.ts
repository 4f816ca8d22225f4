import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ImageRef, Size } from '#core/values';
import { fitView, heldView, zoomView, type View } from './viewport';

/** What the buttons beside a stage ask of it. `null` is the whole picture. */
export interface StageZoom {
  view: View | null;
  onView: (view: View | null) => void;
}

/** Around the whole picture, CSS pixels, both sides together. */
const margin = 32;

type Pointer = Pick<PointerEvent, 'clientX' | 'clientY'>;

/** A picture on a stage: the wheel zooms where it points, and a hand may move it. */
export function useStageZoom(image: Pick<ImageRef, 'width' | 'height'>, { view, onView }: StageZoom) {
  const stage = useRef<HTMLDivElement>(null);
  const [frame, setFrame] = useState<Size>({ width: 0, height: 0 });
  const grab = useRef<{ x: number; y: number; from: View } | null>(null);

  // One picture pixel is one pixel of the screen at 100 %, also on dense screens.
  const picture = {
    width: image.width / window.devicePixelRatio,
    height: image.height / window.devicePixelRatio,
  };
  const fit = fitView(picture, { width: frame.width - margin, height: frame.height - margin });
  const shown = heldView(view ?? fit, picture, frame);

  useLayoutEffect(() => {
    const element = stage.current;
    if (element === null) return;
    const observer = new ResizeObserver(() =>
      setFrame({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const zoomAt = useCallback(
    (factor: number, { clientX, clientY }: Pointer) => {
      const box = stage.current?.getBoundingClientRect();
      if (box === undefined) return;
      const at = { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 };
      const next = zoomView(shown, factor, at, fit.scale);
      onView(next.scale <= fit.scale ? null : next);
    },
    [shown, fit.scale, onView],
  );

  // React listens to the wheel passively; the page must not scroll or zoom with it.
  useEffect(() => {
    const element = stage.current;
    if (element === null) return;
    const turn = (event: WheelEvent) => {
      event.preventDefault();
      zoomAt(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0016)), event);
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [zoomAt]);

  return {
    stage,
    frame,
    /** CSS pixels at 100 %. */
    picture,
    shown,
    /** It is larger than the whole picture needs. */
    isClose: shown.scale > fit.scale,
    /** Puts what has the size of the picture in its place. */
    transform: `translate(-50%, -50%) translate(${shown.x}px, ${shown.y}px) scale(${shown.scale})`,
    zoomAt,
    grab: ({ clientX, clientY }: Pointer) => {
      grab.current = { x: clientX, y: clientY, from: shown };
    },
    /** Moves it with the hand; false when nothing has hold of it. */
    move: ({ clientX, clientY }: Pointer): boolean => {
      const start = grab.current;
      if (start === null) return false;
      const { scale, x, y } = start.from;
      onView({ scale, x: x + clientX - start.x, y: y + clientY - start.y });
      return true;
    },
    /** False when nothing had hold of it. */
    letGo: (): boolean => {
      const was = grab.current !== null;
      grab.current = null;
      return was;
    },
  };
}
