import type { Layer, PictureTools } from '#core/pictures';
import type { TaskOf } from '#core/task';
import type { ImageRef, Size } from '#core/values';
import { artFor } from './sandbox-art';
import { centeredMarks, layoutFor } from './sandbox-caption';

/** Sides, pixels: a smaller marked part gets no letters. */
const smallestLettered = 96;

/**
 * The first picture with new paint where the mask is light, and not a pixel of the rest touched: what a model that paints by a
 * mask gives. So its label stands within the paint; the words in the file are there whatever the mask.
 */
export async function drawInpainted(
  task: TaskOf<'edit'> & { mask: ImageRef },
  motif: { prompt: string; variation: string },
  pictures: PictureTools,
): Promise<ImageRef> {
  const { size } = task;
  const [base] = task.images;
  if (base === undefined) throw new Error('an edit has a picture');
  const mask = await atSize(task.mask, size, pictures);
  const area = await pictures.markedArea(mask);
  const layers: Layer[] = [{ kind: 'image', image: base, left: 0, top: 0, ...size, fit: 'cover' }];
  if (area !== undefined) {
    const paint = await drawPaint(area, motif, pictures);
    const place = { ...area, fit: 'fill' } as const;
    layers.push({ kind: 'image', image: paint, ...place, mask: await pictures.crop(mask, area) });
  }
  return pictures.compose({
    ...size,
    background: null,
    layers,
    description: `Seedloom sandbox picture, not made by a model. Painted anew within a mask. Prompt: ${task.prompt}`,
  });
}

function atSize(mask: ImageRef, size: Size, pictures: PictureTools): Promise<ImageRef> | ImageRef {
  const isThere = mask.width === size.width && mask.height === size.height;
  return isThere ? mask : pictures.resize(mask, { ...size, fit: 'cover' });
}

function drawPaint(
  { width, height }: Size,
  motif: { prompt: string; variation: string },
  pictures: PictureTools,
): Promise<ImageRef> {
  const frame = { width, height, artHeight: height };
  const lettered = Math.min(width, height) >= smallestLettered;
  return pictures.compose({
    width,
    height,
    background: '#000000',
    layers: [
      { kind: 'svg', svg: artFor(motif, frame) },
      ...(lettered ? centeredMarks(layoutFor({ width, height }, []), motif.prompt) : []),
    ],
  });
}
