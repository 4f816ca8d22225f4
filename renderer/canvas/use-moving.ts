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
    const moved = new Moved();
    return {
      begin: () => moved.begin(store),
      end: () => {
        moved.end();
        end();
      },
    };
  }, [store, end]);
}

class Moved {
  #viewport: Element | null | undefined;
  #unsubscribe: (() => void) | undefined;

  /** Each step of a pinch begins anew before the one before it has ended. */
  begin(store: ReturnType<typeof useStoreApi>): void {
    if (this.#unsubscribe !== undefined) return;
    const { domNode, transform } = store.getState();
    this.#viewport = domNode?.querySelector('.react-flow__viewport');
    let painted = transform[2];
    this.#unsubscribe = store.subscribe((state) => {
      if (state.transform === transform) return;
      const zoom = state.transform[2];
      const stretch = Math.max(zoom / painted, painted / zoom);
      const mayStretch = zoom < posterZoom && isManyCards(state.nodes.length);
      const isMoved = stretch === 1 || (mayStretch && stretch <= mostStretch);
      this.#viewport?.toggleAttribute('data-moving', isMoved);
      if (!isMoved) painted = zoom;
    });
  }

  end(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#viewport?.removeAttribute('data-moving');
  }
}
