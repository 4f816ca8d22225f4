import { EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { memo, useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { addressText, portAddressOf, type Point } from '#core/document/schema';
import { numberPlaces } from '../panels/shelf-order';
import { useDocument } from '../stores/document-store';
import { runStore, useRun } from '../stores/run-store';
import { useSession } from '../stores/session-store';
import { Bends } from './bends';
import type { WireEdge } from './flow-elements';
import { realEnds } from './group-nodes';
import { wiredTo } from './incoming';
import { PartedWire } from './parted-wire';
import { WireLight } from './wire-light';
import { middleOf, pathText, wireCurves } from './wire-path';
import { wireState } from './wire-state';
import { wireWays } from './wire-ways';

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
  const dropping = useSession((session) => (session.dropping?.edge === id ? session.dropping : null));
  const isNear = useSession(({ selected }) => selected.has(source) || selected.has(target));
  const bends = useDocument(({ document }) => document.bends?.[id]);
  const [held, setHeld] = useState<{ place: number; at: Point } | null>(null);
  const points = useMemo(
    () => (held === null ? bends : bends?.map((point, place) => (place === held.place ? held.at : point))),
    [bends, held],
  );
  const from = useMemo((): Point => [sourceX - portReach, sourceY], [sourceX, sourceY]);
  const to = useMemo((): Point => [targetX + portReach, targetY], [targetX, targetY]);
  const around = useSyncExternalStore(
    useCallback((changed) => wireWays.listen(id, changed), [id]),
    () => wireWays.through(id, from, to),
  );
  const curves = useMemo(() => wireCurves(from, to, points ?? around), [from, to, points, around]);
  useEffect(
    () => wireWays.draw(id, { source, target, from, to, curves, isLed: points !== undefined }),
    [id, source, target, from, to, curves, points],
  );
  useEffect(() => () => wireWays.leave(id), [id]);
  const path = pathText(curves);
  return (
    <g
      className="wire"
      data-type={data?.type}
      data-state={state}
      data-near={isNear}
      data-parting={dropping !== null}
    >
      <path className="wire-casing" d={path} />
      <path id={id} className="wire-core react-flow__edge-path" d={path} pathLength={wholeOf(state)} />
      {state === 'reused' ? <path className="wire-hollow" d={path} /> : null}
      <path className="wire-reach react-flow__edge-interaction" d={path} />
      {dropping === null ? null : <PartedWire from={from} to={to} dropping={dropping} />}
      {state === 'running' ? <WireLight id={id} type={data?.type} curves={curves} /> : null}
      {state === 'failed' || state === 'muted' ? <WireSign state={state} at={middleOf(curves)} /> : null}
      {points === undefined ? null : <Bends edge={id} points={points} type={data?.type} onHold={setHeld} />}
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

/** React Flow's ends are at the outer rim of a port's room for the pointer; the sign stands in its middle. */
const portReach = 12;

/** A broken wire is cut in its middle, however long it is. */
const wholeOf = (state: ReturnType<typeof wireState>) => (state === 'failed' ? 100 : undefined);

function WireSign({ state, at: [x, y] }: { state: 'failed' | 'muted'; at: Point }) {
  return state === 'failed' ? (
    <path className="wire-break" d={`M${x - 4} ${y - 4}l8 8m0 -8l-8 8`} />
  ) : (
    <path className="wire-strike" d={`M${x - 5} ${y + 7}l10 -14`} />
  );
}

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
