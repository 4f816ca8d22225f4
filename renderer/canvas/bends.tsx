import { EdgeLabelRenderer, useReactFlow } from '@xyflow/react';
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import type { Point } from '#core/document/schema';
import type { PortType } from '#core/values';
import { words } from '../look/words';
import { bendTo, dropBend, nudgeBend } from '../commands/bends';

const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The points a wire is led through, each to be taken hold of. `onHold` tells where one is held just now. */
export function Bends({
  edge,
  points,
  type,
  onHold,
}: {
  edge: string;
  points: readonly Point[];
  type: PortType | undefined;
  onHold: (held: { place: number; at: Point } | null) => void;
}) {
  return (
    <EdgeLabelRenderer>
      {points.map((point, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- a point is its place in the list
        <Bend
          key={place}
          edge={edge}
          place={place}
          of={points.length}
          at={point}
          type={type}
          onHold={onHold}
        />
      ))}
    </EdgeLabelRenderer>
  );
}

function Bend({
  edge,
  place,
  of,
  at,
  type,
  onHold,
}: {
  edge: string;
  place: number;
  of: number;
  at: Point;
  type: PortType | undefined;
  onHold: (held: { place: number; at: Point } | null) => void;
}) {
  const flow = useReactFlow();
  const held = useRef<Point | null>(null);
  const placeOf = (event: PointerEvent): Point => {
    const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    return [x, y];
  };
  const press = (event: KeyboardEvent) => {
    const arrow = arrows[event.key];
    if (event.key === 'Delete' || event.key === 'Backspace') dropBend(edge, place);
    else if (arrow !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
      const step = event.shiftKey ? 40 : 8;
      nudgeBend(edge, place, [arrow[0] * step, arrow[1] * step]);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <button
      type="button"
      className="wire-bend nodrag nopan"
      data-type={type}
      style={{ transform: `translate(-50%, -50%) translate(${at[0]}px, ${at[1]}px)` }}
      aria-label={words.wires.bend(place + 1, of)}
      title={words.wires.bendHint}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        held.current = placeOf(event);
        onHold({ place, at: held.current });
      }}
      onPointerUp={() => {
        if (held.current !== null) bendTo(edge, place, held.current);
        held.current = null;
        onHold(null);
      }}
      onPointerCancel={() => {
        held.current = null;
        onHold(null);
      }}
      onDoubleClick={(event) => {
        event.stopPropagation();
        dropBend(edge, place);
      }}
      onKeyDown={press}
    />
  );
}
