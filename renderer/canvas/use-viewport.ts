import { useReactFlow, useStore, useStoreApi, type ReactFlowInstance } from '@xyflow/react';
import { useCallback, useEffect, useState } from 'react';
import { attachCanvas } from '../commands/canvas-handle';
import { documentStore, useDocument } from '../stores/document-store';
import { sessionStore } from '../stores/session-store';
import { boxesOf, glide, openMenu } from './canvas-hands';
import { useCanvasReach } from './canvas-reach';

export const fitOptions = { padding: 0.12, maxZoom: 1, minZoom: 0.2 };

/** Gives commands the hands they need on the canvas. */
export function useCanvasHandle() {
  const flow = useReactFlow();
  const reach = useCanvasReach();
  const store = useStoreApi();
  useEffect(() => {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const moved = { duration: still ? 0 : 180 };
    attachCanvas({
      ...reach,
      zoomIn: () => void flow.zoomIn(moved),
      zoomOut: () => void flow.zoomOut(moved),
      fit: () => void flow.fitView({ ...fitOptions, ...moved }),
      show: (nodes) => {
        const ids = nodes.map((id) => ({ id }));
        // A node added just now is measured in the next frame.
        requestAnimationFrame(() => requestAnimationFrame(() => void showNodes(ids)));
      },
      note: () => noteViewport(flow, documentStore.getState().tab),
      centre: () => {
        const pane = document.querySelector('.react-flow')?.getBoundingClientRect();
        if (pane === undefined) return [0, 0];
        const { x, y } = flow.screenToFlowPosition({
          x: pane.left + pane.width / 2,
          y: pane.top + pane.height / 2,
        });
        return [Math.round(x), Math.round(y)];
      },
      boxes: () => boxesOf(store),
      glide: (places) => (still ? Promise.resolve() : glide(store, places)),
      openMenu,
    });
    const showNodes = async (nodes: { id: string }[]) => {
      const pane = document.querySelector('.react-flow')?.getBoundingClientRect();
      const isSeen = nodes.every(({ id }) => {
        const card = document.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
        const box = card?.getBoundingClientRect();
        return (
          box !== undefined &&
          pane !== undefined &&
          box.left >= pane.left &&
          box.top >= pane.top &&
          box.right <= pane.right &&
          box.bottom <= pane.bottom
        );
      });
      if (!isSeen)
        await flow.fitView({
          nodes,
          padding: 0.3,
          maxZoom: Math.max(0.8, Math.min(1, flow.getZoom())),
          ...moved,
        });
    };
    return () => attachCanvas(null);
  }, [flow, reach, store]);
}

/** Where the person looks in a tab: kept for when it is shown again. */
function noteViewport(flow: Pick<ReactFlowInstance, 'getViewport'>, tab: string): void {
  // Not before it was fitted: it stands where React Flow begins.
  if (fitted === tab) sessionStore.actions.lookAt(tab, flow.getViewport());
}

/** The tab whose viewport is the person's. */
let fitted = '';

/** The viewport a tab was left with; a tab that is new is shown whole as soon as its cards are measured. */
export function useKeptViewport() {
  const flow = useReactFlow();
  const tab = useDocument(({ tab: id, inside }) => [id, ...inside].join('/'));
  const isMeasured = useStore(
    ({ nodes, nodeLookup }) =>
      // Asked only until it is so: a look at every card at every step of the canvas is dear.
      fitted === tab ||
      (nodes.length > 0 && nodes.every(({ id }) => nodeLookup.get(id)?.measured.height !== undefined)),
  );
  const [kept] = useState(() => sessionStore.getState().viewports[tab]);
  useEffect(() => {
    if (fitted === tab || (kept === undefined && !isMeasured)) return;
    fitted = tab;
    if (kept === undefined) void flow.fitView(fitOptions);
  }, [flow, isMeasured, kept, tab]);
  const onMoveEnd = useCallback(() => noteViewport(flow, tab), [flow, tab]);
  return { defaultViewport: kept ?? start, onMoveEnd };
}

const start = { x: 0, y: 0, zoom: 1 };
