import { useCallback, useEffect, useLayoutEffect, useRef, useState, type PointerEvent } from 'react';
import { pictureAddress } from '#core/ipc';
import type { ImageRef, Size } from '#core/values';
import { words } from '../look/words';
import { fitView, heldView, zoomView, type View } from './viewport';

/** What the buttons beside the stage ask of it. `null` is the whole picture. */
export interface StageZoom {
  view: View | null;
  onView: (view: View | null) => void;
}

/** Around the whole picture, CSS pixels, both sides together. */
const margin = 32;

/** One picture at full resolution: the wheel zooms where it points, dragging moves, a double click goes to 100 % and back. */
export function ViewerStage({ image, alt, view, onView }: { image: ImageRef; alt: string } & StageZoom) {
  const stage = useRef<HTMLDivElement>(null);
  const [frame, setFrame] = useState<Size>({ width: 0, height: 0 });
  const [failed, setFailed] = useState<string | null>(null);
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
    (factor: number, clientX: number, clientY: number) => {
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
      zoomAt(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0016)), event.clientX, event.clientY);
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [zoomAt]);

  const release = (event: PointerEvent<HTMLDivElement>) => {
    if (grab.current === null) return;
    grab.current = null;
    event.currentTarget.releasePointerCapture(event.pointerId);
  };
  return (
    <div
      ref={stage}
      className="viewer-stage"
      data-can-move={shown.scale > fit.scale}
      onPointerDown={(event) => {
        if (event.button !== 0 || shown.scale <= fit.scale) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        grab.current = { x: event.clientX, y: event.clientY, from: shown };
      }}
      onPointerMove={(event) => {
        const start = grab.current;
        if (start === null) return;
        onView({
          scale: start.from.scale,
          x: start.from.x + event.clientX - start.x,
          y: start.from.y + event.clientY - start.y,
        });
      }}
      onPointerUp={release}
      onPointerCancel={release}
      onDoubleClick={(event) => {
        if (shown.scale > fit.scale) onView(null);
        else zoomAt(1 / shown.scale, event.clientX, event.clientY);
      }}
    >
      {failed === image.hash ? (
        <p className="viewer-missing">{words.viewer.missing}</p>
      ) : (
        <img
          key={image.hash}
          className="viewer-picture checkerboard"
          data-large-pixels={shown.scale >= 4}
          src={pictureAddress(image.hash)}
          alt={alt}
          draggable={false}
          width={picture.width}
          height={picture.height}
          style={{
            transform: `translate(-50%, -50%) translate(${shown.x}px, ${shown.y}px) scale(${shown.scale})`,
          }}
          onError={() => setFailed(image.hash)}
        />
      )}
    </div>
  );
}
