import { getBezierPath, type ConnectionLineComponentProps } from '@xyflow/react';
import { whyNotConnect } from '../commands/nodes';
import { useSession } from '../stores/session-store';
import type { CanvasNode } from './group-nodes';

/** The wire while it is drawn; over a port that refuses it, it says why. */
export function LooseWire({
  fromX,
  fromY,
  fromPosition,
  toX,
  toY,
  toPosition,
  fromHandle,
  toHandle,
  connectionStatus,
}: ConnectionLineComponentProps<CanvasNode>) {
  const type = useSession(({ drawing }) => drawing?.wire.type);
  const [path] = getBezierPath({
    sourceX: fromX,
    sourceY: fromY,
    sourcePosition: fromPosition,
    targetX: toX,
    targetY: toY,
    targetPosition: toPosition,
    curvature: 0.32,
  });
  const refused = connectionStatus === 'invalid' && toHandle !== null;
  const start = { node: fromHandle.nodeId, port: fromHandle.id ?? '' };
  const end = { node: toHandle?.nodeId ?? '', port: toHandle?.id ?? '' };
  const reason = !refused
    ? null
    : fromHandle.type === toHandle.type
      ? toHandle.type === 'source'
        ? 'Both give; a wire needs a taker'
        : 'Both take; a wire needs a giver'
      : fromHandle.type === 'source'
        ? whyNotConnect(start, end)
        : whyNotConnect(end, start);
  return (
    <g className="wire" data-type={type} data-state={refused ? 'refused' : 'loose'}>
      <path className="wire-casing" d={path} />
      <path className="wire-core" d={path} />
      {reason === null ? null : (
        <foreignObject x={toX + 14} y={toY - 34} width="280" height="28" className="wire-why">
          <span className="wire-why-words">{reason}</span>
        </foreignObject>
      )}
    </g>
  );
}
