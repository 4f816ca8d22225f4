import { useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { attachCanvas } from '../commands/canvas-handle';
import { boxesOf, glide, openMenu } from './canvas-hands';
import { useDocument } from '../stores/document-store';

export const fitOptions = { padding: 0.12, maxZoom: 1, minZoom: 0.2 };

/** Gives commands the hands they need on the canvas. */
export function useCanvasHandle() {
  const flow = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const moved = { duration: still ? 0 : 180 };
    attachCanvas({
      zoomIn: () => void flow.zoomIn(moved),
      zoomOut: () => void flow.zoomOut(moved),
      fit: () => void flow.fitView({ ...fitOptions, ...moved }),
      show: (nodes) => {
        const ids = nodes.map((id) => ({ id }));
        // A node added just now is measured in the next frame.
        requestAnimationFrame(() => requestAnimationFrame(() => void showNodes(ids)));
      },
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
  }, [flow, store]);
}

/** Another document is shown whole as soon as its cards are measured. */
export function useFitOnOpen() {
  const flow = useReactFlow();
  const opened = useDocument((state) => state.opened);
  const isMeasured = useStore(
    ({ nodes, nodeLookup }) =>
      nodes.length > 0 && nodes.every(({ id }) => nodeLookup.get(id)?.measured.height !== undefined),
  );
  const fitted = useRef(-1);
  useEffect(() => {
    if (!isMeasured || fitted.current === opened) return;
    fitted.current = opened;
    void flow.fitView(fitOptions);
  }, [flow, isMeasured, opened]);
}
