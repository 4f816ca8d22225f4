import type { Size } from '#core/values';

/** How a picture stands in the viewer: `scale` screen pixels a picture pixel, its centre `x`, `y` from the middle. */
export interface View {
  scale: number;
  x: number;
  y: number;
}

/** The whole picture in the frame, but no larger than it is. */
export function fitView(picture: Size, frame: Size): View {
  if (Math.min(picture.width, picture.height, frame.width, frame.height) <= 0)
    return { scale: 1, x: 0, y: 0 };
  return {
    scale: Math.min(1, frame.width / picture.width, frame.height / picture.height),
    x: 0,
    y: 0,
  };
}

/** Nearer or farther by `factor`, with the point of the picture under `at` (from the middle of the frame) staying there. */
export function zoomView(view: View, factor: number, at: { x: number; y: number }, least: number): View {
  const scale = Math.min(16, Math.max(least, view.scale * factor));
  const ratio = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio };
}

/** The view with no edge of the picture pulled further in than needed: what is smaller than the frame stands in the middle. */
export function heldView(view: View, picture: Size, frame: Size): View {
  const held = (place: number, shown: number, room: number) => {
    const most = Math.max(0, (shown - room) / 2);
    return Math.min(most, Math.max(-most, place));
  };
  return {
    scale: view.scale,
    x: held(view.x, picture.width * view.scale, frame.width),
    y: held(view.y, picture.height * view.scale, frame.height),
  };
}
