import type { Stroke, StrokePoint } from '#core/painting';
import type { Size } from '#core/values';

/** Longest side of the canvas that is painted on, pixels: what is more is not seen, and is drawn by the engine. */
const longestSide = 2048;

export function canvasSize({ width, height }: Size): Size {
  const scale = Math.min(1, longestSide / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

function prepare(context: CanvasRenderingContext2D, isMarking: boolean, color: string): void {
  context.globalCompositeOperation = isMarking ? 'source-over' : 'destination-out';
  context.fillStyle = color;
  context.strokeStyle = color;
  context.lineCap = 'round';
  context.lineJoin = 'round';
}

/** One stroke, or its newest part: `from` is the first of its points that is not drawn yet. */
export function drawStroke(
  context: CanvasRenderingContext2D,
  { does, width: brush, points }: Stroke,
  color: string,
  isInverted: boolean,
  from = 0,
): void {
  const { width, height } = context.canvas;
  const place = ([x, y]: StrokePoint): [number, number] => [x * width, y * height];
  prepare(context, (does === 'add') !== isInverted, color);
  context.beginPath();
  if (brush > 0 && points.length === 1) {
    const [x, y] = place(points[0]!);
    context.arc(x, y, (brush * Math.max(width, height)) / 2, 0, 2 * Math.PI);
    context.fill();
    return;
  }
  for (const point of points.slice(Math.max(0, from - 1))) context.lineTo(...place(point));
  context.lineWidth = brush * Math.max(width, height);
  if (brush === 0) context.fill();
  else context.stroke();
}

/** All of a painting, in the order it was painted. */
export function drawPainting(
  context: CanvasRenderingContext2D,
  strokes: readonly Stroke[],
  color: string,
  isInverted: boolean,
): void {
  const { width, height } = context.canvas;
  context.clearRect(0, 0, width, height);
  if (isInverted) {
    prepare(context, true, color);
    context.fillRect(0, 0, width, height);
  }
  for (const stroke of strokes) drawStroke(context, stroke, color, isInverted);
}
