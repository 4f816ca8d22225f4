import { useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { useSession } from '../stores/session-store';
import type { CardNode, WireEdge } from './flow-elements';
import { wireLights } from './wire-lights';
import { wireWays, type CardBox } from './wire-ways';

/** How long all stands still before ways are worked out, milliseconds. */
const stillness = 90;
/** Most time taken for it at once, milliseconds: less than half a frame. */
const slice = 6;

/** Has the wires led around cards once nothing moves any more, and looks which of them are seen. */
export function WireKeeper() {
  const store = useStoreApi<CardNode, WireEdge>();
  const isOn = useSession(({ settings }) => settings.wiresAround);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = (wait = stillness) => {
      clearTimeout(timer);
      timer = setTimeout(work, wait);
    };
    let known: { nodes: unknown; cards: readonly CardBox[] } | undefined;
    const cardsNow = (): readonly CardBox[] => {
      const { nodes, nodeLookup } = store.getState();
      if (known?.nodes !== nodes)
        known = {
          nodes,
          cards: [...nodeLookup.values()].flatMap(({ id, type, measured, internals }) =>
            // The frame of a group is no obstacle: its wires run inside it.
            String(type) === 'frame' || measured.width === undefined || measured.height === undefined
              ? []
              : [{ id, ...internals.positionAbsolute, width: measured.width, height: measured.height }],
          ),
        };
      return known.cards;
    };
    const work = () => {
      const { nodes, transform, width, height } = store.getState();
      const [x, y, zoom] = transform;
      wireLights.look({ x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom });
      // What is held will be let go, which asks again.
      if (nodes.some(({ dragging }) => dragging === true)) return;
      const end = performance.now() + slice;
      if (!wireWays.workOut(cardsNow(), isOn, () => performance.now() < end).isDone) soon(0);
    };
    wireWays.onRequest(() => soon());
    const stop = store.subscribe((state, before) => {
      if (
        state.nodes !== before.nodes ||
        state.transform !== before.transform ||
        state.width !== before.width ||
        state.height !== before.height
      )
        soon();
    });
    soon();
    return () => {
      clearTimeout(timer);
      stop();
      wireWays.onRequest(() => {});
    };
  }, [store, isOn]);
  return null;
}
