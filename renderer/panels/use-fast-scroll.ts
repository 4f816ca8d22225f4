import { useCallback, useEffect, useRef, useState } from 'react';

/** CSS pixels a millisecond from which on nothing can be made out any more. */
const tooFast = 4;
/** Milliseconds without a step after which a list stands still. */
const stillAfter = 100;

/** Whether a list goes by too fast for its pictures to be seen: then none are asked for. `told` at each step. */
export function useFastScroll(): { isFast: boolean; told: (top: number) => void } {
  const [isFast, setFast] = useState(false);
  const last = useRef({ top: 0, at: 0 });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const told = useCallback((top: number) => {
    const at = performance.now();
    const { top: before, at: since } = last.current;
    last.current = { top, at };
    const elapsed = at - since;
    setFast(elapsed < stillAfter && Math.abs(top - before) / Math.max(1, elapsed) > tooFast);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setFast(false), stillAfter);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { isFast, told };
}
