import { useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { useSession } from '../stores/session-store';
import type { CardNode, WireEdge } from './flow-elements';
import { wireLights } from './wire-lights';
import { wireWays } from './wire-ways';

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
    const work = () => {
      const { nodeLookup, transform, width, height } = store.getState();
      const [x, y, zoom] = transform;
      wireLights.look({ x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom });
      const nodes = [...nodeLookup.values()];
      // What is held will be let go, which asks again.
      if (nodes.some(({ dragging }) => dragging === true)) return;
      const cards = nodes.flatMap(({ id, measured, internals }) =>
        measured.width === undefined || measured.height === undefined
          ? []
          : [{ id, ...internals.positionAbsolute, width: measured.width, height: measured.height }],
      );
      const end = performance.now() + slice;
      if (!wireWays.workOut(cards, isOn, () => performance.now() < end).isDone) soon(0);
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
