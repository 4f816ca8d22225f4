import { EdgeLabelRenderer, getBezierPath, Position, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { addressText, portAddressOf } from '#core/document/schema';
import { numberPlaces } from '../panels/shelf-order';
import { useDocument } from '../stores/document-store';
import { runStore, useRun } from '../stores/run-store';
import type { WireEdge } from './flow-elements';
import { realEnds } from './group-nodes';
import { wiredTo } from './incoming';
import { wireState } from './wire-state';

/** A wire: its type's colour over a casing of the canvas, so that crossings can be read. */
export const Wire = memo(function Wire({
  id,
  source,
  target,
  sourceX,
  sourceY,
  targetX,
  targetY,
  targetHandleId,
  sourceHandleId,
  data,
}: EdgeProps<WireEdge>) {
  const state = useRun((run) => {
    // A collapsed group stands for the nodes at the ends.
    const ends = realEnds(id);
    return wireState(run, ends.source, ends.target);
  });
  const [path, middleX, middleY] = getBezierPath({
    sourceX,
    sourceY,
    sourcePosition: Position.Right,
    targetX,
    targetY,
    targetPosition: Position.Left,
    curvature: 0.32,
  });
  return (
    <g className="wire" data-type={data?.type} data-state={state}>
      <path className="wire-casing" d={path} />
      <path id={id} className="wire-core react-flow__edge-path" d={path} />
      {state === 'reused' ? <path className="wire-hollow" d={path} /> : null}
      <path className="wire-reach react-flow__edge-interaction" d={path} />
      {state === 'running' ? (
        <circle className="wire-light" r="3.5" style={{ offsetPath: `path("${path}")` }} />
      ) : null}
      {state === 'failed' ? (
        <path className="wire-break" d={`M${middleX - 4} ${middleY - 4}l8 8m0 -8l-8 8`} />
      ) : null}
      {state === 'muted' ? (
        <path className="wire-strike" d={`M${middleX - 5} ${middleY + 7}l10 -14`} />
      ) : null}
      {data?.place === undefined ? null : (
        <WireNumber
          from={addressText({ node: source, port: sourceHandleId ?? '' })}
          target={target}
          port={targetHandleId ?? ''}
          x={targetX}
          y={targetY}
        />
      )}
    </g>
  );
});

/** The number a prompt calls the picture of this wire by. */
function WireNumber({
  from,
  target,
  port,
  x,
  y,
}: {
  from: string;
  target: string;
  port: string;
  x: number;
  y: number;
}) {
  const sources = useDocument(({ document }) => wiredTo(document.edges, target)[port]);
  const planned = useRun((state) => state.plan);
  if (sources === undefined) return null;
  const itemsOf = (text: string) => {
    const address = portAddressOf(text);
    return runStore.getState().planned.get(address.node)?.items[address.port] ?? 1;
  };
  const place = numberPlaces(sources, planned === null ? () => 1 : itemsOf).find(
    (one) => one.source === from,
  );
  if (place === undefined) return null;
  const words = place.last > place.first ? `${place.first}–${place.last}` : String(place.first);
  return (
    <EdgeLabelRenderer>
      <span
        className="wire-number value"
        style={{ transform: `translate(-100%, -50%) translate(${x - 12}px, ${y}px)` }}
      >
        {words}
      </span>
    </EdgeLabelRenderer>
  );
}
