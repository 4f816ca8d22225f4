import { useStoreApi } from '@xyflow/react';
import { useMemo } from 'react';

/**
 * While the canvas is panned its cards are one picture that is moved, not painted anew for each frame; the sign for the style sheet
 * is set on the element itself, because nothing is to be drawn for it. Not while it is zoomed: that would show them blurred.
 */
export function useMoving(end: () => void) {
  const store = useStoreApi();
  return useMemo(() => {
    let stop: (() => void) | undefined;
    const rest = () => {
      stop?.();
      stop = undefined;
    };
    return {
      begin: () => {
        rest();
        const { domNode, transform } = store.getState();
        const viewport = domNode?.querySelector<HTMLElement>('.react-flow__viewport');
        if (viewport == null) return;
        const zoom = transform[2];
        const unsubscribe = store.subscribe((state) => {
          const isPanned = state.transform[2] === zoom && state.transform !== transform;
          viewport.toggleAttribute('data-moving', isPanned);
        });
        stop = () => {
          unsubscribe();
          viewport.removeAttribute('data-moving');
        };
      },
      end: () => {
        rest();
        end();
      },
    };
  }, [store, end]);
}
