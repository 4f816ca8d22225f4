import { Panel, useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useRef, type PointerEvent } from 'react';
import { words } from '../look/words';
import { boxOfCard, groupOfNode, type CanvasNode } from './group-nodes';
import { minimapView, seenBox, type MinimapView } from './minimap-view';

const size = { width: 200, height: 150 };
/** A press of the wheel's usual step zooms by this. */
const wheelZoom = 1.2;
const least = 2;

/**
 * The whole workflow, small. It is drawn, because React Flow's has an element for each node which the page lays out and paints
 * anew with every step of the canvas. Pressing it goes there, dragging goes along, the wheel zooms.
 */
export function Minimap() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useRef<MinimapView>({ origin: { x: 0, y: 0 }, scale: 1 });
  const store = useStoreApi<CanvasNode>();
  const flow = useReactFlow();
  useEffect(() => {
    let asked = 0;
    const ask = () => {
      if (asked === 0)
        asked = requestAnimationFrame(() => {
          asked = 0;
          if (canvas.current !== null) view.current = draw(canvas.current, store.getState());
        });
    };
    let before = store.getState();
    const unsubscribe = store.subscribe((now) => {
      if (now.transform !== before.transform || now.nodes !== before.nodes || now.width !== before.width)
        ask();
      before = now;
    });
    // Another room has other colours.
    const themes = new MutationObserver(ask);
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const system = matchMedia('(prefers-color-scheme: light)');
    system.addEventListener('change', ask);
    ask();
    return () => {
      cancelAnimationFrame(asked);
      unsubscribe();
      themes.disconnect();
      system.removeEventListener('change', ask);
    };
  }, [store]);

  const goTo = (event: PointerEvent<HTMLCanvasElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const { origin, scale } = view.current;
    void flow.setCenter(origin.x + (event.clientX - left) / scale, origin.y + (event.clientY - top) / scale, {
      zoom: flow.getZoom(),
    });
  };
  return (
    <Panel position="bottom-right" className="canvas-minimap">
      <canvas
        ref={canvas}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an <img> cannot be drawn on
        role="img"
        aria-label={words.commands.minimap}
        style={size}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          goTo(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) goTo(event);
        }}
        onWheel={({ deltaY }) => void flow.zoomTo(flow.getZoom() * wheelZoom ** -Math.sign(deltaY))}
      />
    </Panel>
  );
}

type State = ReturnType<ReturnType<typeof useStoreApi<CanvasNode>>['getState']>;

function draw(canvas: HTMLCanvasElement, { nodes, transform, width, height }: State): MinimapView {
  const ratio = window.devicePixelRatio;
  if (canvas.width !== size.width * ratio) {
    canvas.width = size.width * ratio;
    canvas.height = size.height * ratio;
  }
  const shown = nodes.filter(({ hidden }) => hidden !== true);
  const seen = seenBox(transform, { width, height });
  const view = minimapView(shown.map(boxOfCard), seen, size);
  const context = canvas.getContext('2d');
  if (context === null) return view;
  const style = getComputedStyle(canvas);
  const colour = (name: string) => style.getPropertyValue(name);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  const { origin, scale } = view;
  const place = (box: { x: number; y: number; width: number; height: number }) =>
    [
      (box.x - origin.x) * scale,
      (box.y - origin.y) * scale,
      Math.max(least, box.width * scale),
      Math.max(least, box.height * scale),
    ] as const;
  // Groups stand behind what is in them.
  const frames = shown.filter(({ id, type }) => groupOfNode(id) !== undefined && type === 'frame');
  const cards = shown.filter(({ type }) => type !== 'frame');
  context.fillStyle = colour('--hairline');
  for (const frame of frames) context.fillRect(...place(boxOfCard(frame)));
  context.fillStyle = colour('--text-faint');
  for (const card of cards) if (card.selected !== true) context.fillRect(...place(boxOfCard(card)));
  context.fillStyle = colour('--action');
  for (const card of cards) if (card.selected === true) context.fillRect(...place(boxOfCard(card)));
  context.strokeStyle = colour('--text-soft');
  context.lineWidth = 1;
  const [x, y, wide, high] = place(seen);
  context.strokeRect(Math.round(x) + 0.5, Math.round(y) + 0.5, Math.round(wide), Math.round(high));
  return view;
}
