import { useStoreApi } from '@xyflow/react';
import { useMemo } from 'react';
import { isManyCards, posterZoom } from './density';

/** How much larger or smaller the cards may be shown than they were painted: they are blurred by as much while it lasts. */
const mostStretch = 1.5;

/**
 * While the canvas is panned its cards are one picture that is moved, not painted anew for each frame; so they are when many are
 * zoomed as posters. The sign for the style sheet is set on the element itself, because nothing is to be drawn for it.
 */
export function useMoving(end: () => void) {
  const store = useStoreApi();
  return useMemo(() => {
    let rest = () => {};
    return {
      begin: () => {
        rest();
        const { domNode, transform } = store.getState();
        const viewport = domNode?.querySelector<HTMLElement>('.react-flow__viewport');
        if (viewport == null) return;
        let painted = transform[2];
        const unsubscribe = store.subscribe((state) => {
          if (state.transform === transform) return;
          const zoom = state.transform[2];
          const stretch = Math.max(zoom / painted, painted / zoom);
          const mayStretch = zoom < posterZoom && isManyCards(state.nodes.length);
          const isMoved = stretch === 1 || (mayStretch && stretch <= mostStretch);
          viewport.toggleAttribute('data-moving', isMoved);
          if (!isMoved) painted = zoom;
        });
        rest = () => {
          rest = () => {};
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
