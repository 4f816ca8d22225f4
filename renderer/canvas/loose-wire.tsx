import { Position, type ConnectionLineComponentProps } from '@xyflow/react';
import { whyNotConnect } from '../commands/nodes';
import { words } from '../look/words';
import { useSession } from '../stores/session-store';
import { pathText, wireCurves } from './wire-path';
import type { CanvasNode } from './group-nodes';

/** The wire while it is drawn; over a port that refuses it, it says why. */
export function LooseWire({
  fromX,
  fromY,
  fromPosition,
  toX,
  toY,
  fromHandle,
  toHandle,
  connectionStatus,
}: ConnectionLineComponentProps<CanvasNode>) {
  const type = useSession(({ drawing }) => drawing?.wire.type);
  const path = pathText(
    fromPosition === Position.Right
      ? wireCurves([fromX, fromY], [toX, toY])
      : wireCurves([toX, toY], [fromX, fromY]),
  );
  const refused = connectionStatus === 'invalid' && toHandle !== null;
  const start = { node: fromHandle.nodeId, port: fromHandle.id ?? '' };
  const end = { node: toHandle?.nodeId ?? '', port: toHandle?.id ?? '' };
  const reason = !refused
    ? null
    : fromHandle.type === toHandle.type
      ? toHandle.type === 'source'
        ? words.wires.bothGive
        : words.wires.bothTake
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
