import { useStore, ViewportPortal } from '@xyflow/react';
import type { ShownGuides } from './use-snapping';
import './guide-lines.css';

/** The lines a dragged card stands on, and the equal gaps beside it. */
export function GuideLines({ guides, gaps }: ShownGuides) {
  const zoom = useStore(({ transform }) => transform[2]);
  if (guides.length + gaps.length === 0) return null;
  const thin = 1 / zoom;
  const tick = 5 / zoom;
  return (
    <ViewportPortal>
      <svg className="guides" aria-hidden="true" strokeWidth={thin}>
        {guides.map(({ axis, at, from, to }) =>
          axis === 'x' ? (
            <line key={`${axis}${at}`} x1={at} x2={at} y1={from - 4 * tick} y2={to + 4 * tick} />
          ) : (
            <line key={`${axis}${at}`} y1={at} y2={at} x1={from - 4 * tick} x2={to + 4 * tick} />
          ),
        )}
        {gaps.map(({ axis, from, to, at }) => (
          <path
            key={`gap${axis}${from}`}
            className="guide-gap"
            d={
              axis === 'x'
                ? `M${from} ${at}H${to}M${from} ${at - tick}v${2 * tick}M${to} ${at - tick}v${2 * tick}`
                : `M${at} ${from}V${to}M${at - tick} ${from}h${2 * tick}M${at - tick} ${to}h${2 * tick}`
            }
          />
        ))}
      </svg>
    </ViewportPortal>
  );
}
