import { useCallback, useLayoutEffect, useRef } from 'react';

/**
 * One function for as long as the component is there; it does what the newest of them does. React Flow tells every card and wire of
 * each function that is not the one it had before.
 */
export function useSteady<Input extends unknown[], Output>(
  newest: (...input: Input) => Output,
): (...input: Input) => Output {
  const held = useRef(newest);
  useLayoutEffect(() => {
    held.current = newest;
  });
  return useCallback((...input: Input) => held.current(...input), []);
}
