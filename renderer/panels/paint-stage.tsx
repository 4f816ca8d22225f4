import { useCallback, useLayoutEffect, useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { pictureAddress } from '#core/ipc';
import { readPainting, strokeText, type Painting, type Stroke, type StrokePoint } from '#core/painting';
import type { ImageRef } from '#core/values';
import { words } from '../look/words';
import { canvasSize, drawPainting, drawStroke } from './paint-canvas';
import { useStageZoom, type StageZoom } from './use-stage-zoom';

export interface PaintTool {
  shape: 'brush' | 'area';
  does: 'add' | 'erase';
  /** Of the brush: part of the picture's longer side. */
  width: number;
}

/**
 * The picture with what is painted over it. The canvas stands in the picture's place and is moved and scaled with it; a
 * stroke is drawn as it comes, and all of them only when the document has changed.
 */
export function PaintStage({
  image,
  painting,
  isInverted,
  feather,
  tool,
  view,
  onView,
  onStroke,
  onSay,
}: {
  image: ImageRef;
  painting: Painting;
  isInverted: boolean;
  /** Pixels of the picture. */
  feather: number;
  tool: PaintTool;
  /** False where it could not be kept. */
  onStroke: (stroke: string) => boolean;
  onSay: (words: string) => void;
} & StageZoom) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const ring = useRef<HTMLDivElement>(null);
  const outline = useRef<SVGPolylineElement>(null);
  const live = useRef<{ stroke: Stroke & { points: StrokePoint[] }; drawn: number } | null>(null);
  const pen = useRef<[number, number]>([0.5, 0.5]);
  const strokes = useMemo(() => readPainting(painting), [painting]);

  const { stage, ...zoom } = useStageZoom(image, { view, onView });
  const { frame, picture, shown } = zoom;
  const size = canvasSize(image);

  useLayoutEffect(() => stage.current?.focus({ preventScroll: true }), [stage]);

  const redraw = useCallback(() => {
    const context = canvas.current?.getContext('2d');
    if (context === null || context === undefined) return;
    drawPainting(context, strokes, getComputedStyle(context.canvas).color, isInverted);
  }, [strokes, isInverted]);
  useLayoutEffect(redraw, [redraw, size.width, size.height]);

  const across = picture.width * shown.scale;
  const down = picture.height * shown.scale;
  const partAt = (clientX: number, clientY: number): [number, number] => {
    const box = stage.current?.getBoundingClientRect();
    if (box === undefined) return [0, 0];
    return [
      (clientX - box.left - box.width / 2 - shown.x) / across + 0.5,
      (clientY - box.top - box.height / 2 - shown.y) / down + 0.5,
    ];
  };
  const showRing = ([x, y]: readonly [number, number]) => {
    if (ring.current === null) return;
    const left = frame.width / 2 + shown.x + (x - 0.5) * across;
    const top = frame.height / 2 + shown.y + (y - 0.5) * down;
    ring.current.style.transform = `translate(${left}px, ${top}px) translate(-50%, -50%)`;
  };
  useLayoutEffect(() => showRing(pen.current));

  const begin = (at: StrokePoint, does: PaintTool['does']) => {
    live.current = {
      stroke: { does, width: tool.shape === 'area' ? 0 : tool.width, points: [at] },
      drawn: 0,
    };
    follow();
  };
  const extend = (at: StrokePoint) => {
    live.current?.stroke.points.push(at);
    follow();
  };
  const follow = () => {
    const now = live.current;
    const context = canvas.current?.getContext('2d');
    if (now === null || context === null || context === undefined) return;
    if (now.stroke.width === 0) {
      const line = now.stroke.points.map(([x, y]) => `${x * size.width},${y * size.height}`);
      outline.current?.setAttribute('points', line.join(' '));
      return;
    }
    drawStroke(context, now.stroke, getComputedStyle(context.canvas).color, isInverted, now.drawn);
    now.drawn = now.stroke.points.length;
  };
  /** `keep: false`: as if it had not been begun. */
  const end = (keep: boolean) => {
    const now = live.current;
    live.current = null;
    outline.current?.setAttribute('points', '');
    if (now === null) return;
    const isArea = now.stroke.width === 0;
    if (!keep || (isArea && now.stroke.points.length < 3) || !onStroke(strokeText(now.stroke, image)))
      redraw();
  };

  const take = (event: PointerEvent<HTMLDivElement>) => {
    const isMoving = event.button === 1 || (event.button === 0 && event.shiftKey);
    if (!isMoving && event.button !== 0 && event.button !== 2) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    if (isMoving) zoom.grab(event);
    else begin(partAt(event.clientX, event.clientY), event.button === 2 ? 'erase' : tool.does);
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    pen.current = partAt(event.clientX, event.clientY);
    showRing(pen.current);
    if (!zoom.move(event) && live.current !== null)
      for (const { clientX, clientY } of event.nativeEvent.getCoalescedEvents?.() ?? [event])
        extend(partAt(clientX, clientY));
  };
  const release = () => {
    if (!zoom.letGo()) end(true);
  };

  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps: Record<string, readonly [number, number]> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    };
    const step = steps[event.key];
    if (step !== undefined) {
      const far = event.shiftKey ? 0.1 : 0.01;
      const clamp = (value: number) => Math.min(1, Math.max(0, value));
      pen.current = [clamp(pen.current[0] + step[0] * far), clamp(pen.current[1] + step[1] * far)];
      showRing(pen.current);
      if (live.current !== null) extend(pen.current);
    } else if (event.key === ' ') {
      if (live.current === null) begin(pen.current, tool.does);
      else end(true);
      onSay(live.current === null ? words.painting.penUp : words.painting.penDown);
    } else if (event.key === 'Escape' && live.current !== null) {
      end(false);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const place = {
    width: picture.width,
    height: picture.height,
    transform: zoom.transform,
  };
  const brush = tool.width * Math.max(across, down);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a surface for the hand, by keyboard too
    <div
      ref={stage}
      className="paint-stage"
      role="application"
      aria-label={words.painting.stage}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it is painted on by keyboard too
      tabIndex={0}
      data-tool={tool.shape}
      data-takes-escape
      onPointerDown={take}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={() => {
        zoom.letGo();
        end(false);
      }}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={press}
    >
      <img
        className="viewer-picture checkerboard"
        src={pictureAddress(image.hash)}
        alt=""
        draggable={false}
        style={place}
      />
      <div className="paint-over" style={place}>
        <canvas
          ref={canvas}
          className="paint-canvas"
          width={size.width}
          height={size.height}
          style={
            feather === 0
              ? undefined
              : { filter: `blur(${Math.max(0.3, feather / 4) / window.devicePixelRatio}px)` }
          }
        />
        <svg className="paint-outline" viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
          <polyline ref={outline} vectorEffect="non-scaling-stroke" />
        </svg>
      </div>
      <div
        ref={ring}
        className="paint-ring"
        data-does={tool.does}
        style={tool.shape === 'brush' ? { width: brush, height: brush } : { width: 9, height: 9 }}
      />
    </div>
  );
}
