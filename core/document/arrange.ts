import type { Point } from './schema';

/** Where cards go when they are put in order. Pure geometry: pixels of the canvas, y downwards. */

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
export type Boxes = Readonly<Record<string, Box>>;
export type Places = Record<string, Point>;

export const sides = ['left', 'center', 'right', 'top', 'middle', 'bottom'] as const;
export type Side = (typeof sides)[number];
export type Direction = 'across' | 'down';

/** The box around all of them; `undefined` of none. */
export function around(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** All of them to one side, or to the middle line, of the box around them. */
export function align(boxes: Boxes, side: Side): Places {
  const all = around(Object.values(boxes));
  if (all === undefined) return {};
  const place = ({ x, y, width, height }: Box): Point => {
    switch (side) {
      case 'left':
        return [all.x, y];
      case 'center':
        return [all.x + (all.width - width) / 2, y];
      case 'right':
        return [all.x + all.width - width, y];
      case 'top':
        return [x, all.y];
      case 'middle':
        return [x, all.y + (all.height - height) / 2];
      case 'bottom':
        return [x, all.y + all.height - height];
    }
  };
  return Object.fromEntries(Object.entries(boxes).map(([id, box]) => [id, place(box)]));
}

/**
 * Equal gaps in one direction, in the order they stand; the first and the last edge stay where they are. Where there is no room
 * between them, they stand edge to edge and the last edge moves on.
 */
export function distribute(boxes: Boxes, direction: Direction): Places {
  const [start, length] = direction === 'across' ? (['x', 'width'] as const) : (['y', 'height'] as const);
  const ordered = Object.entries(boxes).sort(
    ([leftId, left], [rightId, right]) =>
      left[start] - right[start] || left[length] - right[length] || (leftId < rightId ? -1 : 1),
  );
  const all = around(ordered.map(([, box]) => box));
  if (all === undefined) return {};
  const room = all[length] - ordered.reduce((sum, [, box]) => sum + box[length], 0);
  const gap = ordered.length < 2 ? 0 : Math.max(0, room / (ordered.length - 1));
  let at = all[start];
  return Object.fromEntries(
    ordered.map(([id, box]) => {
      const place: Point = direction === 'across' ? [at, box.y] : [box.x, at];
      at += box[length] + gap;
      return [id, place];
    }),
  );
}

/** The room between the frame of a group and its cards, and the height of its header, in pixels. */
export const framePadding = 20;
export const frameHeader = 36;

/** The frame around the cards of a group. */
export function frameAround(boxes: readonly Box[]): Box | undefined {
  const inside = around(boxes);
  return (
    inside && {
      x: inside.x - framePadding,
      y: inside.y - framePadding - frameHeader,
      width: inside.width + 2 * framePadding,
      height: inside.height + 2 * framePadding + frameHeader,
    }
  );
}

export function isInside([x, y]: Point, box: Box): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}
