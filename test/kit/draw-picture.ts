import { createHash } from 'node:crypto';
import sharp from 'sharp';

export interface PictureToDraw {
  width: number;
  height: number;
  /** Everything the picture should depend on; the same text draws the same bytes. */
  from: string;
}

const CELLS = 16;

/** A real PNG: a colour and a gradient that follow from the text, coarse so that 4096 × 4096 is still quick. */
export async function drawPicture({ width, height, from }: PictureToDraw): Promise<Buffer> {
  const hash = createHash('sha256').update(from).digest();
  const cells = Buffer.alloc(CELLS * CELLS * 3);
  for (let cell = 0; cell < CELLS * CELLS; cell += 1) {
    const slope = [cell % CELLS, Math.floor(cell / CELLS), (cell % CELLS) + Math.floor(cell / CELLS)];
    for (let channel = 0; channel < 3; channel += 1) {
      cells[cell * 3 + channel] = ((hash[channel] ?? 0) * 0.7 + (slope[channel] ?? 0) * 2) & 255;
    }
    // Two colours that round to the same still give different bytes.
    if (cell < hash.length) cells[cell * 3] = ((cells[cell * 3] ?? 0) & 0xf0) | ((hash[cell] ?? 0) & 0x0f);
  }
  return sharp(cells, { raw: { width: CELLS, height: CELLS, channels: 3 } })
    .resize(width, height, { kernel: 'nearest', fit: 'fill' })
    .png({ compressionLevel: 1 })
    .toBuffer();
}
