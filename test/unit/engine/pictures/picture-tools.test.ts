import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Layer, PictureTools } from '#core/pictures';
import { imageFormats, type ImageRef } from '#core/values';
import { createBlobStore } from '#engine/pictures/blob-store';
import { createPictureTools } from '#engine/pictures/picture-tools';
import { animated, distance, noise, pixel, twoColors } from '#test/fixtures/pictures/make-pictures';

let folder: string;
let tools: PictureTools;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seedloom-pictures-'));
  tools = createPictureTools(createBlobStore(folder));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const red = [208, 32, 32];
const blue = [32, 64, 208];
const stored = async (picture: Sharp) => tools.store(await picture.toBuffer());
const at = async (image: ImageRef, x: number, y: number) => pixel(await tools.read(image), x, y);
const metadata = async (image: ImageRef) => sharp(await tools.read(image)).metadata();

describe('store and read', () => {
  it('keeps the bytes as they are', async () => {
    const bytes = await twoColors().toColourspace('cmyk').jpeg().toBuffer();
    const image = await tools.store(bytes);
    expect(image).toMatchObject({ format: 'jpeg', width: 64, height: 48, bytes: bytes.length });
    expect(Buffer.from(await tools.read(image)).equals(bytes)).toBe(true);
  });

  it('takes nothing that is damaged', async () => {
    const bytes = await noise(100, 100).png().toBuffer();
    await expect(tools.store(bytes.subarray(0, 9000))).rejects.toMatchObject({
      failure: { code: 'picture-damaged' },
    });
  });
});

describe('resize', () => {
  it.each([
    ['inside', { width: 100, height: 50 }],
    ['cover', { width: 100, height: 100 }],
    ['contain', { width: 100, height: 100 }],
    ['fill', { width: 100, height: 100 }],
  ] as const)('%s', async (fit, size) => {
    const image = await stored(twoColors(400, 200).png());
    const resized = await tools.resize(image, { width: 100, height: 100, fit, background: '#00ff00' });
    expect(resized).toMatchObject({ format: 'png', ...size });
    expect(await metadata(resized)).toMatchObject(size);
    const corner = fit === 'contain' ? [0, 255, 0] : red;
    expect(distance((await at(resized, 2, 2)).slice(0, 3), corner)).toBeLessThan(3);
    expect(distance((await at(resized, 90, 45)).slice(0, 3), blue)).toBeLessThan(3);
  });

  it('is clear around a contained picture when no background is named', async () => {
    const image = await stored(twoColors(400, 200).jpeg());
    const resized = await tools.resize(image, { width: 100, height: 100, fit: 'contain' });
    expect(await at(resized, 50, 5)).toEqual([0, 0, 0, 0]);
  });

  it('keeps an opaque picture opaque', async () => {
    const image = await stored(twoColors(400, 200).jpeg());
    const resized = await tools.resize(image, { width: 100, height: 100, fit: 'inside' });
    expect((await metadata(resized)).hasAlpha).toBe(false);
  });

  it('makes the very pixels that Lanczos makes', async () => {
    const source = await noise(40, 30).png().toBuffer();
    const resized = await tools.resize(await tools.store(source), { width: 120, height: 90, fit: 'fill' });
    const expected = await sharp(source)
      .resize(120, 90, { kernel: 'lanczos3', fit: 'fill' })
      .raw()
      .toBuffer();
    expect(
      (
        await sharp(await tools.read(resized))
          .raw()
          .toBuffer()
      ).equals(expected),
    ).toBe(true);
  });

  it.each([
    ['CMYK', () => twoColors(400, 200).toColourspace('cmyk').jpeg()],
    ['16 bits', () => twoColors(400, 200).toColourspace('rgb16').png()],
    ['grey', () => twoColors(400, 200).toColourspace('b-w').png()],
  ])('makes 8-bit sRGB of %s', async (name, make) => {
    const resized = await tools.resize(await stored(make()), { width: 80, height: 40, fit: 'fill' });
    expect(await metadata(resized)).toMatchObject({ space: 'srgb', depth: 'uchar', channels: 3 });
    const [r = 0, , b = 0] = await at(resized, 10, 20);
    if (name === 'grey') expect(r).toBe(b);
    else expect(r).toBeGreaterThan(b + 60);
  });

  it('keeps alpha', async () => {
    const resized = await tools.resize(await stored(twoColors().ensureAlpha(0.5).png()), {
      width: 32,
      height: 24,
      fit: 'fill',
    });
    expect((await at(resized, 5, 5))[3]).toBeGreaterThan(125);
    expect((await at(resized, 5, 5))[3]).toBeLessThan(130);
  });

  it('works on the picture as shown', async () => {
    const image = await stored(twoColors(80, 40).jpeg().withMetadata({ orientation: 6 }));
    const resized = await tools.resize(image, { width: 20, height: 40, fit: 'fill' });
    expect(distance(await at(resized, 10, 5), red)).toBeLessThan(12);
    expect(distance(await at(resized, 10, 35), blue)).toBeLessThan(12);
    expect((await metadata(resized)).orientation ?? 1).toBe(1);
  });

  it('takes the first frame of an animation', async () => {
    const image = await tools.store(await animated('gif', ['#ff0000', '#00ff00']));
    const resized = await tools.resize(image, { width: 20, height: 15, fit: 'fill' });
    expect((await at(resized, 10, 7)).slice(0, 3)).toEqual([255, 0, 0]);
    expect((await metadata(resized)).pages ?? 1).toBe(1);
  });

  it('refuses over 100 million pixels, and a colour that is none', async () => {
    const image = await stored(twoColors().png());
    await expect(tools.resize(image, { width: 10_001, height: 10_000, fit: 'fill' })).rejects.toMatchObject({
      failure: { code: 'picture-too-large' },
    });
    await expect(
      tools.resize(image, { width: 10, height: 10, fit: 'contain', background: 'no colour' }),
    ).rejects.toMatchObject({ failure: { code: 'bad-color', act: 'user' } });
  });
});

describe('encode', () => {
  it.each(imageFormats)('writes %s', async (format) => {
    const image = await stored(twoColors().webp());
    const converted = await tools.encode(image, { format, quality: 80 });
    expect(converted).toMatchObject({ format, width: 64, height: 48 });
    expect((await metadata(converted)).format).toBe(format === 'avif' ? 'heif' : format);
    expect(distance((await at(converted, 8, 8)).slice(0, 3), red)).toBeLessThan(16);
  });

  it('puts what is clear on white paper for JPEG', async () => {
    const clear = { r: 0, g: 0, b: 0, alpha: 0 };
    const image = await stored(
      sharp({ create: { width: 20, height: 20, channels: 4, background: clear } }).png(),
    );
    expect(
      distance(await at(await tools.encode(image, { format: 'jpeg' }), 10, 10), [255, 255, 255]),
    ).toBeLessThan(2);
  });

  it('makes a smaller file at a lower quality, and leaves a picture alone that is what was asked', async () => {
    const image = await stored(noise(200, 200).png());
    const fine = await tools.encode(image, { format: 'jpeg', quality: 95 });
    const coarse = await tools.encode(image, { format: 'jpeg', quality: 30 });
    expect(coarse.bytes).toBeLessThan(fine.bytes / 2);
    expect(await tools.encode(fine, { format: 'jpeg' })).toEqual(fine);
  });
});

describe('compose', () => {
  const compose = (layers: Layer[], background: string | null = '#ffffff') =>
    tools.compose({ width: 200, height: 100, background, layers });
  const image = () => stored(twoColors(100, 50).png());
  const white = [255, 255, 255];

  it('is its background where there is nothing', async () => {
    expect(await at(await compose([], '#102030'), 50, 50)).toEqual([16, 32, 48]);
    expect((await at(await compose([], null), 50, 50))[3]).toBe(0);
  });

  it('puts pictures where they are asked for, by their fit', async () => {
    const box = { kind: 'image', image: await image(), left: 20, top: 10, width: 80, height: 80 } as const;
    const filled = await compose([{ ...box, fit: 'fill' }]);
    expect(await at(filled, 19, 50)).toEqual(white);
    expect(await at(filled, 21, 11)).toEqual(red);
    expect(await at(filled, 98, 88)).toEqual(blue);
    expect(await at(filled, 101, 50)).toEqual(white);
    const contained = await compose([{ ...box, fit: 'contain' }]);
    expect(await at(contained, 60, 28)).toEqual(white);
    expect(await at(contained, 22, 32)).toEqual(red);
    expect(await at(contained, 97, 68)).toEqual(blue);
    expect(await at(contained, 60, 72)).toEqual(white);
    const covered = await compose([{ ...box, fit: 'cover' }]);
    expect(await at(covered, 21, 11)).toEqual(red);
    expect(await at(covered, 98, 88)).toEqual(blue);
  });

  it('rounds corners and lets through what is below', async () => {
    const box = {
      kind: 'image',
      image: await image(),
      left: 0,
      top: 0,
      width: 100,
      height: 50,
      fit: 'fill',
    } as const;
    const round = await compose([{ ...box, radius: 20, opacity: 0.5 }]);
    expect(await at(round, 1, 1)).toEqual(white);
    expect(distance(await at(round, 25, 25), [232, 144, 144])).toBeLessThan(3);
  });

  it('cuts what reaches over the edge', async () => {
    const box = { kind: 'image', image: await image(), width: 400, height: 200, fit: 'fill' } as const;
    const cut = await compose([{ ...box, left: -150, top: -50 }]);
    expect(cut).toMatchObject({ width: 200, height: 100 });
    expect(await at(cut, 40, 50)).toEqual(red);
    expect(await at(cut, 60, 50)).toEqual(blue);
    const corner = await compose([{ ...box, left: -150, top: -50, radius: 60, opacity: 0.5 }]);
    expect(distance(await at(corner, 10, 10), [232, 144, 144])).toBeLessThan(3);
    expect(await at(await compose([{ ...box, left: 500, top: 0 }]), 100, 50)).toEqual(white);
  });

  it('draws later layers over earlier ones', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><path d="M0 0H50V100H0Z" fill="#00ff00"/></svg>';
    const full = {
      kind: 'image',
      image: await image(),
      left: 0,
      top: 0,
      width: 200,
      height: 100,
      fit: 'fill',
    } as const;
    expect(await at(await compose([full, { kind: 'svg', svg }]), 25, 50)).toEqual([0, 255, 0]);
    expect(await at(await compose([{ kind: 'svg', svg }, full]), 25, 50)).toEqual(red);
  });

  it('keeps two drawings with the same ids apart', async () => {
    const drawing = (color: string, left: number) =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><linearGradient id="g"><stop stop-color="${color}"/></linearGradient><rect x="${left}" width="100" height="100" fill="url(#g)"/></svg>`;
    const both = await compose([
      { kind: 'svg', svg: drawing('#ff0000', 0) },
      { kind: 'svg', svg: drawing('#0000ff', 100) },
    ]);
    expect(await at(both, 50, 50)).toEqual([255, 0, 0]);
    expect(await at(both, 150, 50)).toEqual([0, 0, 255]);
  });

  it('keeps a clear picture clear on a clear ground', async () => {
    const half = await stored(twoColors(200, 100).ensureAlpha(0.5).png());
    const layer = {
      kind: 'image',
      image: half,
      left: 0,
      top: 0,
      width: 200,
      height: 100,
      fit: 'fill',
    } as const;
    expect((await at(await compose([layer], null), 50, 50))[3]).toBeCloseTo(128, -1);
    expect(distance(await at(await compose([layer]), 50, 50), [232, 144, 144])).toBeLessThan(3);
  });

  it('gives the same bytes for the same layers', async () => {
    const layers: Layer[] = [
      {
        kind: 'image',
        image: await image(),
        left: 5,
        top: 5,
        width: 90,
        height: 90,
        fit: 'cover',
        radius: 9,
      },
      { kind: 'text', text: 'The same', left: 100, top: 10, width: 90, size: 20, color: '#000000' },
    ];
    expect(await compose(layers)).toEqual(await compose(layers));
  });

  it('writes what it is into the file, and no path', async () => {
    for (const format of ['png', 'jpeg', 'webp'] as const) {
      const made = await tools.compose({
        width: 32,
        height: 32,
        background: '#ffffff',
        layers: [],
        format,
        description: 'A sandbox picture of a fox',
      });
      const { exif } = await metadata(made);
      expect(exif?.toString('latin1')).toContain('A sandbox picture of a fox');
      expect(exif?.toString('latin1')).toContain('Seedloom');
      expect(Buffer.from(await tools.read(made)).toString('latin1')).not.toContain(folder);
    }
    expect((await metadata(await compose([]))).exif).toBeUndefined();
  });

  it('refuses a colour that would break out of the drawing', async () => {
    const color = '#000"/><image href="file:///etc/passwd"/><path fill="';
    await expect(
      compose([{ kind: 'text', text: 'x', left: 0, top: 0, width: 50, size: 10, color }]),
    ).rejects.toMatchObject({ failure: { code: 'bad-color' } });
  });
});
