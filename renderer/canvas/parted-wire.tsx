import { useInternalNode } from '@xyflow/react';
import type { Point } from '#core/document/schema';
import type { SessionState } from '../stores/session-store';
import { pathText, wireCurves } from './wire-path';

/** A wire that makes room for the card held over it: both parts, as they will be. */
export function PartedWire({
  from,
  to,
  dropping,
}: {
  from: Point;
  to: Point;
  dropping: NonNullable<SessionState['dropping']>;
}) {
  const card = useInternalNode(dropping.node);
  const end = (side: 'source' | 'target', port: string): Point | undefined => {
    const handle = card?.internals.handleBounds?.[side]?.find(({ id }) => id === port);
    if (card === undefined || handle === undefined) return undefined;
    const { x, y } = card.internals.positionAbsolute;
    return [x + handle.x + handle.width / 2, y + handle.y + handle.height / 2];
  };
  const into = end('target', dropping.input);
  const outOf = end('source', dropping.output);
  if (into === undefined || outOf === undefined) return null;
  return [wireCurves(from, into), wireCurves(outOf, to)].map((curves) => {
    const path = pathText(curves);
    return (
      <g key={path} className="wire-part">
        <path className="wire-casing" d={path} />
        <path className="wire-core" d={path} />
      </g>
    );
  });
}
