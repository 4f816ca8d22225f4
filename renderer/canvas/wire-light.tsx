import { EdgeLabelRenderer } from '@xyflow/react';
import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import type { PortType } from '#core/values';
import { wireLights } from './wire-lights';
import { boundsOf, middleOf, samples, type Curve } from './wire-path';

const travel = 1200;

/** The light on a running wire, when it is among the few that carry one. */
export function WireLight({
  id,
  type,
  curves,
}: {
  id: string;
  type: PortType | undefined;
  curves: readonly Curve[];
}) {
  useEffect(() => {
    wireLights.run(id, boundsOf(curves));
    return () => wireLights.stop(id);
  }, [id, curves]);
  const isLit = useSyncExternalStore(
    useCallback((changed) => wireLights.listen(id, changed), [id]),
    () => wireLights.isLit(id),
  );
  return isLit ? <TravellingLight type={type} curves={curves} /> : null;
}

/** Moved by transform alone, so that nothing is drawn anew on the way. */
function TravellingLight({ type, curves }: { type: PortType | undefined; curves: readonly Curve[] }) {
  const light = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return undefined;
    const along = samples(curves, Math.max(8, Math.round(32 / curves.length)));
    const lengths = along.map((point, place) => {
      const before = along[place - 1] ?? point;
      return Math.hypot(point[0] - before[0], point[1] - before[1]);
    });
    const whole = lengths.reduce((sum, length) => sum + length, 0) || 1;
    let passed = 0;
    const frames = along.map(([x, y], place) => {
      passed += lengths[place] ?? 0;
      return { transform: `translate(${x}px, ${y}px)`, offset: Math.min(1, passed / whole) };
    });
    const animation = light.current?.animate(frames, { duration: travel, iterations: Infinity });
    return () => animation?.cancel();
  }, [curves]);
  const [x, y] = middleOf(curves);
  return (
    <EdgeLabelRenderer>
      <span
        ref={light}
        className="wire-light"
        data-type={type}
        style={{ transform: `translate(${x}px, ${y}px)` }}
      />
    </EdgeLabelRenderer>
  );
}
