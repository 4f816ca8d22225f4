import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { FailureError, type Failure } from '#core/failure';
import { inspectPicture } from '#engine/pictures/inspect';
import { animated, noise, pngHeader, twoColors } from '#test/fixtures/pictures/make-pictures';
import { photo, photosThere } from './photos';

async function refusal(bytes: Uint8Array): Promise<Failure> {
  const thrown: unknown = await inspectPicture(bytes).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(FailureError);
  return (thrown as FailureError).failure;
}

const size = { width: 64, height: 48 };

describe('inspectPicture takes', () => {
  it.each([
    ['png', () => twoColors().png()],
    ['jpeg', () => twoColors().jpeg()],
    ['webp', () => twoColors().webp()],
    ['avif', () => twoColors().avif()],
    ['gif', () => twoColors().gif()],
    ['tiff', () => twoColors().tiff()],
  ] as const)('%s', async (format, make) => {
    expect(await inspectPicture(await make().toBuffer())).toEqual({ format, ...size });
  });

  it.each([
    ['a CMYK JPEG', 'cmyk', 'jpeg', () => twoColors().toColourspace('cmyk').jpeg()],
    ['a progressive JPEG', 'srgb', 'jpeg', () => twoColors().jpeg({ progressive: true })],
    ['a 16-bit PNG', 'rgb16', 'png', () => twoColors().toColourspace('rgb16').png()],
    [
      'an interlaced PNG with alpha',
      'srgb',
      'png',
      () => twoColors().ensureAlpha(0.5).png({ progressive: true }),
    ],
    ['a PNG with a palette', 'srgb', 'png', () => twoColors().png({ palette: true })],
    ['a grey PNG', 'b-w', 'png', () => twoColors().toColourspace('b-w').png()],
    ['a WebP with alpha', 'srgb', 'webp', () => twoColors().ensureAlpha(0.5).webp()],
  ] as const)('%s', async (_name, space, format, make) => {
    const bytes = await make().toBuffer();
    expect((await sharp(bytes).metadata()).space).toBe(space);
    expect(await inspectPicture(bytes)).toEqual({ format, ...size });
  });

  it.each(['gif', 'webp'] as const)('an animated %s as its first frame', async (format) => {
    const bytes = await animated(format, ['#ff0000', '#00ff00', '#0000ff']);
    expect((await sharp(bytes).metadata()).pages).toBe(3);
    expect(await inspectPicture(bytes)).toEqual({ format, width: 40, height: 30 });
  });

  it.each([
    [1, 64, 48],
    [3, 64, 48],
    [6, 48, 64],
    [8, 48, 64],
  ])('EXIF orientation %i, with the size as shown', async (orientation, width, height) => {
    const bytes = await twoColors().jpeg().withMetadata({ orientation }).toBuffer();
    expect(await inspectPicture(bytes)).toEqual({ format: 'jpeg', width, height });
  });

  it.skipIf(!photosThere)('photographs', async () => {
    expect(await inspectPicture(photo('chelsea.png'))).toEqual({ format: 'png', width: 451, height: 300 });
    expect(await inspectPicture(photo('rocket.jpg'))).toEqual({ format: 'jpeg', width: 640, height: 427 });
  });
});

describe('inspectPicture refuses', () => {
  const text = (words: string) => new TextEncoder().encode(words);
  it.each([
    ['nothing', new Uint8Array(), 'an empty file'],
    ['text', text('Dear model, please draw a cat.'), 'not a picture'],
    ['random bytes', new Uint8Array(4000).map((_, index) => (index * 167) & 255), 'not a picture'],
    [
      'SVG',
      text('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      'an SVG',
    ],
    ['HTML', text('<!doctype html><title>Gateway</title>'), 'a web page'],
    ['PDF', text('%PDF-1.7\n%âãÏÓ'), 'a PDF'],
    ['HEIC', text('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), 'a HEIC'],
    ['MP4', text('\0\0\0\x18ftypisom\0\0\0\0isomavc1'), 'a video'],
    ['BMP', text('BM\0\0\0\0\0\0\0\0'), 'a BMP'],
  ])('%s', async (_name, bytes, words) => {
    const failure = await refusal(bytes);
    expect(failure).toMatchObject({ code: 'picture-type', act: 'user', charge: 'none' });
    expect(failure.message).toContain(words);
    expect(failure.message).toContain('PNG, JPEG, WebP');
  });

  it.each([
    ['png', () => noise(200, 200).png()],
    ['interlaced png', () => noise(200, 200).png({ progressive: true })],
    ['jpeg', () => noise(200, 200).jpeg({ quality: 90 })],
    ['progressive jpeg', () => noise(200, 200).jpeg({ progressive: true })],
    ['webp', () => noise(200, 200).webp()],
    ['lossless webp', () => noise(200, 200).webp({ lossless: true })],
    ['avif', () => noise(200, 200).avif()],
    ['gif', () => noise(200, 200).gif()],
    ['tiff', () => noise(200, 200).tiff()],
  ] as const)('a %s that was cut anywhere', async (_name, make) => {
    const bytes = await make().toBuffer();
    expect(await inspectPicture(bytes)).toMatchObject({ width: 200, height: 200 });
    for (const part of [0.02, 0.1, 0.5, 0.9, 0.97]) {
      const failure = await refusal(bytes.subarray(0, Math.floor(bytes.length * part)));
      expect(failure, `cut at ${part}`).toMatchObject({ code: 'picture-damaged', act: 'user' });
      expect(failure.message).toContain('damaged or incomplete');
    }
  });

  it.skipIf(!photosThere)('the truncated photograph', async () => {
    expect((await refusal(photo('truncated.jpg'))).code).toBe('picture-damaged');
  });

  it('a picture over 100 million pixels from its header alone', async () => {
    const failure = await refusal(pngHeader(20_000, 10_000));
    expect(failure.code).toBe('picture-too-large');
    expect(failure.message).toContain('20000 × 10000');
  });

  it('a header that promises the most a PNG can', async () => {
    expect((await refusal(pngHeader(0x7fffffff, 0x7fffffff))).code).toMatch(/^picture-(too-large|damaged)$/);
  });

  it('headers with garbage behind them, without a crash', async () => {
    for (const make of [twoColors().png(), twoColors().jpeg(), twoColors().webp(), twoColors().gif()]) {
      const bytes = Uint8Array.from(await make.toBuffer());
      bytes.fill(0xa5, 40);
      expect((await refusal(bytes)).code).toBe('picture-damaged');
    }
  });
});
