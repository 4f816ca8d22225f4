import sharp from 'sharp';
import { drawPicture } from './draw-picture';
import type { NodeToRun, Value } from './fake-comfyui-execute';

/**
 * What the fake's nodes do with masks: enough to see on the result which way round a mask arrived. In ComfyUI a mask is 1 where
 * something is to be painted; `LoadImage` gives 1 where the picture is clear, and a mask of its own size, all 0, for one without
 * alpha.
 */
export async function withMasks(run: NodeToRun): Promise<Value[] | undefined> {
  const { node, linked } = run;
  const { image, mask, pixels, samples, destination, source } = linked;
  switch (node.class_type) {
    case 'ImageToMask':
      return image && [await channelOf(image, String(node.inputs['channel'] ?? 'red'))];
    case 'InvertMask':
      return mask && [{ ...mask, pictures: [await sharp(first(mask)).negate().png().toBuffer()] }];
    case 'ImageCompositeMasked':
      return destination && source && [await compositeMasked(destination, source, mask)];
    case 'VAEEncode':
      return pixels && [{ ...pixels, type: 'LATENT', pictures: [], under: first(pixels) }];
    case 'SetLatentNoiseMask':
      return samples && mask && [{ ...samples, noise: first(mask) }];
    case 'InpaintModelConditioning': {
      if (pixels === undefined || mask === undefined) return undefined;
      const conditioning = { ...pixels, type: 'CONDITIONING', pictures: [] };
      const latent = { ...pixels, type: 'LATENT', pictures: [], under: first(pixels), noise: first(mask) };
      return [conditioning, conditioning, latent];
    }
    case 'KSampler':
      return linked['latent_image']?.noise === undefined ? undefined : [linked['latent_image']];
    case 'VAEDecode':
      return samples?.noise === undefined ? undefined : [await decoded(samples, run.signature)];
    default:
      return undefined;
  }
}

/** The mask `LoadImage` gives beside its picture. */
export async function alphaMask(file: Buffer): Promise<Value> {
  const { hasAlpha } = await sharp(file).metadata();
  const black = { width: 64, height: 64, channels: 3 as const, background: '#000000' };
  const picture = hasAlpha
    ? await sharp(await sharp(file).extractChannel('alpha').png().toBuffer())
        .negate()
        .png()
        .toBuffer()
    : await sharp({ create: black }).png().toBuffer();
  const { width, height } = await sharp(picture).metadata();
  return { type: 'MASK', width, height, frames: 1, pictures: [picture] };
}

async function channelOf(image: Value, channel: string): Promise<Value> {
  const place = ({ red: 0, green: 1, blue: 2 } as const)[channel as 'red'];
  if (place === undefined) throw new Error(`the fake takes no mask from channel ${channel}`);
  const picture = await sharp(await sharp(first(image)).toColourspace('srgb').removeAlpha().png().toBuffer())
    .extractChannel(place)
    .png()
    .toBuffer();
  return { ...image, type: 'MASK', pictures: [picture] };
}

/** Without a mask the source covers all of it. */
async function compositeMasked(destination: Value, source: Value, mask: Value | undefined): Promise<Value> {
  const made =
    mask === undefined ? first(source) : await mixed(first(destination), first(source), first(mask));
  return { ...destination, pictures: [made] };
}

/** New paint where the noise mask is light; the rest is a little off, as what has been encoded and decoded is. */
async function decoded({ under, noise, width, height }: Value, from: string): Promise<Value> {
  if (under === undefined || noise === undefined) throw new Error('there is nothing to decode');
  const off = await sharp(under).linear(0.97, 3).png().toBuffer();
  const paint = await drawPicture({ width, height, from });
  return { type: 'IMAGE', width, height, frames: 1, pictures: [await mixed(off, paint, noise)] };
}

async function mixed(dark: Buffer, light: Buffer, mask: Buffer): Promise<Buffer> {
  const raw = (picture: Buffer) => sharp(picture).toColourspace('srgb').removeAlpha().raw();
  const { data, info } = await raw(dark).toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const over = await raw(light).toBuffer();
  const share = await sharp(mask)
    .resize(width, height, { fit: 'fill' })
    .toColourspace('b-w')
    .extractChannel(0)
    .raw()
    .toBuffer();
  const made = data.map((value, at) => {
    const part = share[Math.floor(at / 3)]! / 255;
    return Math.round(value * (1 - part) + over[at]! * part);
  });
  return sharp(made, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

function first({ pictures }: Value): Buffer {
  const [picture] = pictures ?? [];
  if (picture === undefined) throw new Error('a picture was linked and is not there');
  return picture;
}
