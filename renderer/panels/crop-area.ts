import type { Area } from '#core/pictures';
import type { Size } from '#core/values';

/** A frame in hundredths of the picture, as the frame on it is drawn. */
export interface FramePart {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** In whole pixels, at least one, never outside the picture. */
export function areaOf(frame: FramePart, picture: Size): Area {
  const place = (part: number, side: number) =>
    Math.min(side - 1, Math.max(0, Math.round((part / 100) * side)));
  const [left, top] = [place(frame.x, picture.width), place(frame.y, picture.height)];
  const length = (part: number, side: number, start: number) =>
    Math.min(side - start, Math.max(1, Math.round((part / 100) * side)));
  return {
    left,
    top,
    width: length(frame.width, picture.width, left),
    height: length(frame.height, picture.height, top),
  };
}

/** The frame of an area; what of it lies outside the picture is left out, and all of it where nothing is left. */
export function frameOf(area: Area, { width, height }: Size): FramePart {
  const [left, top] = [Math.max(0, area.left), Math.max(0, area.top)];
  const right = Math.min(width, area.left + area.width);
  const bottom = Math.min(height, area.top + area.height);
  if (right <= left || bottom <= top) return { x: 0, y: 0, width: 100, height: 100 };
  return {
    x: (left / width) * 100,
    y: (top / height) * 100,
    width: ((right - left) / width) * 100,
    height: ((bottom - top) / height) * 100,
  };
}

/** The largest frame of a shape (width over height) around the middle of another one. */
export function shapedFrame(frame: FramePart, shape: number, { width, height }: Size): FramePart {
  const relative = (shape * height) / width;
  const wide = Math.min(frame.width, frame.height * relative);
  const high = wide / relative;
  return {
    x: frame.x + (frame.width - wide) / 2,
    y: frame.y + (frame.height - high) / 2,
    width: wide,
    height: high,
  };
}
