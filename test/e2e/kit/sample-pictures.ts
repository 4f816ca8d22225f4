import sharp, { type Sharp } from 'sharp';
import type { ImageFormat } from '#core/values';

export interface SamplePicture {
  name: string;
  format: ImageFormat;
  /** Pixels as shown. */
  width: number;
  height: number;
  bytes: Buffer;
}

const width = 640;
const height = 400;

/** A gradient with detail: every row and column differs. */
function pixels(channels: 3 | 4): Sharp {
  const data = Buffer.alloc(width * height * channels);
  for (let place = 0; place < width * height; place += 1) {
    const [x, y] = [place % width, Math.floor(place / width)];
    data.set([x & 255, y & 255, (x * y) & 255], place * channels);
    if (channels === 4) data[place * channels + 3] = (x + y) & 255;
  }
  return sharp(data, { raw: { width, height, channels } });
}

/** Three frames of other colours. */
async function frames(): Promise<Sharp> {
  const each = ['#c0392b', '#27ae60', '#2980b9'].map((background) =>
    sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer(),
  );
  return sharp(await Promise.all(each), { join: { animated: true } });
}

/** One picture of each kind a person may drop on the window, made by the sharp of plain Node. */
export async function samplePictures(): Promise<SamplePicture[]> {
  const opaque = () => pixels(3);
  const clear = () => pixels(4);
  const made: [name: string, format: ImageFormat, Promise<Buffer>][] = [
    ['png', 'png', opaque().png().toBuffer()],
    ['png-alpha', 'png', clear().png().toBuffer()],
    ['png-16-bit', 'png', opaque().toColourspace('rgb16').png().toBuffer()],
    ['png-palette', 'png', opaque().png({ palette: true }).toBuffer()],
    ['png-grey', 'png', opaque().greyscale().png().toBuffer()],
    ['jpeg', 'jpeg', opaque().jpeg().toBuffer()],
    ['jpeg-progressive', 'jpeg', opaque().jpeg({ progressive: true }).toBuffer()],
    ['jpeg-cmyk', 'jpeg', opaque().toColourspace('cmyk').jpeg().toBuffer()],
    ['jpeg-grey', 'jpeg', opaque().greyscale().jpeg().toBuffer()],
    ['webp', 'webp', opaque().webp().toBuffer()],
    ['webp-alpha', 'webp', clear().webp({ lossless: true, effort: 0 }).toBuffer()],
    ['webp-animated', 'webp', (await frames()).webp().toBuffer()],
    ['gif', 'gif', opaque().gif().toBuffer()],
    ['gif-animated', 'gif', (await frames()).gif().toBuffer()],
    ['tiff', 'tiff', opaque().tiff({ compression: 'lzw' }).toBuffer()],
    ['tiff-16-bit', 'tiff', opaque().toColourspace('rgb16').tiff({ compression: 'none' }).toBuffer()],
    ['tiff-cmyk', 'tiff', opaque().toColourspace('cmyk').tiff({ compression: 'deflate' }).toBuffer()],
    ['avif', 'avif', opaque().avif({ effort: 0 }).toBuffer()],
  ];
  const samples = await Promise.all(
    made.map(async ([name, format, bytes]) => ({ name, format, width, height, bytes: await bytes })),
  );
  // A phone held upright: stored lying, shown standing.
  const turned = await opaque().withMetadata({ orientation: 6 }).jpeg().toBuffer();
  return [...samples, { name: 'jpeg-turned', format: 'jpeg', width: height, height: width, bytes: turned }];
}
