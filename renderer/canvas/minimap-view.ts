import type { Box } from '#core/document/arrange';

/** What a minimap shows: `origin` is the point of the canvas in its corner, `scale` its pixels over those of the canvas. */
export interface MinimapView {
  origin: { x: number; y: number };
  scale: number;
}

/** Pixels of the minimap that stay free around all there is. */
const margin = 6;

/** All boxes and the part that is looked at, in the middle and as large as there is room. */
export function minimapView(
  boxes: Iterable<Box>,
  seen: Box,
  { width, height }: Pick<Box, 'width' | 'height'>,
): MinimapView {
  let [left, top, right, bottom] = [seen.x, seen.y, seen.x + seen.width, seen.y + seen.height];
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  const scale = Math.min(
    (width - 2 * margin) / Math.max(1, right - left),
    (height - 2 * margin) / Math.max(1, bottom - top),
  );
  return {
    origin: {
      x: (left + right) / 2 - width / 2 / scale,
      y: (top + bottom) / 2 - height / 2 / scale,
    },
    scale,
  };
}

/** The part of the canvas that is looked at, by React Flow's transform and the size of the pane in pixels. */
export function seenBox(
  [x, y, zoom]: readonly [number, number, number],
  { width, height }: Pick<Box, 'width' | 'height'>,
): Box {
  return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
}
