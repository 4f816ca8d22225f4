import { useState, type PointerEvent } from 'react';
import { pictureAddress } from '#core/ipc';
import type { ImageRef } from '#core/values';
import { words } from '../look/words';
import { useStageZoom, type StageZoom } from './use-stage-zoom';

/** One picture at full resolution: the wheel zooms where it points, dragging moves, a double click goes to 100 % and back. */
export function ViewerStage({ image, alt, view, onView }: { image: ImageRef; alt: string } & StageZoom) {
  const [failed, setFailed] = useState<string | null>(null);
  const { stage, ...zoom } = useStageZoom(image, { view, onView });

  const release = (event: PointerEvent<HTMLDivElement>) => {
    if (zoom.letGo()) event.currentTarget.releasePointerCapture(event.pointerId);
  };
  return (
    <div
      ref={stage}
      className="viewer-stage"
      data-can-move={zoom.isClose}
      onPointerDown={(event) => {
        if (event.button !== 0 || !zoom.isClose) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        zoom.grab(event);
      }}
      onPointerMove={zoom.move}
      onPointerUp={release}
      onPointerCancel={release}
      onDoubleClick={(event) => {
        if (zoom.isClose) onView(null);
        else zoom.zoomAt(1 / zoom.shown.scale, event);
      }}
    >
      {failed === image.hash ? (
        <p className="viewer-missing">{words.viewer.missing}</p>
      ) : (
        <img
          key={image.hash}
          className="viewer-picture checkerboard"
          data-large-pixels={zoom.shown.scale >= 4}
          src={pictureAddress(image.hash)}
          alt={alt}
          draggable={false}
          width={zoom.picture.width}
          height={zoom.picture.height}
          style={{ transform: zoom.transform }}
          onError={() => setFailed(image.hash)}
        />
      )}
    </div>
  );
}
