import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MaskShape, MaskSource, PictureTools } from '#core/pictures';
import type { ImageRef } from '#core/values';
import { createBlobStore } from '#engine/pictures/blob-store';
import { grown } from '#engine/pictures/mask-growth';
import { createPictureTools } from '#engine/pictures/picture-tools';
import { noise, twoColors } from '#test/fixtures/pictures/make-pictures';

let folder: string;
let tools: PictureTools;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seedloom-masks-'));
  tools = createPictureTools(createBlobStore(folder));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Pixels row by row as a stored PNG. */
async function stored(pixels: readonly (readonly number[])[], width: number): Promise<ImageRef> {
  const channels = (pixels[0]?.length ?? 3) as 3 | 4;
  const raw = { width, height: pixels.length / width, channels };
  return tools.store(await sharp(Uint8Array.from(pixels.flat()), { raw }).png().toBuffer());
}

async function values(mask: ImageRef): Promise<number[]> {
  const bytes = await tools.read(mask);
  const { width, height } = mask;
  expect(await sharp(bytes).metadata()).toMatchObject({ width, height, channels: 1, depth: 'uchar' });
  const data = await sharp(bytes).toColourspace('b-w').raw().toBuffer();
  return [...data];
}

const asItIs: MaskShape = { invert: false, grow: 0, feather: 0 };
const masked = async (image: ImageRef, source: MaskSource, shape: Partial<MaskShape> = {}) =>
  values(await tools.mask(image, source, { ...asItIs, ...shape }));

describe('a mask', () => {
  const shades = [
    [0, 0, 0, 255],
    [255, 255, 255, 255],
    [255, 0, 0, 128],
    [0, 200, 0, 0],
  ];

  it('of what is clear is as light as that is clear, and the rest with it turned round', async () => {
    const image = await stored(shades, 2);
    expect(await masked(image, { from: 'clear' })).toEqual([0, 0, 127, 255]);
    expect(await masked(image, { from: 'clear' }, { invert: true })).toEqual([255, 255, 128, 0]);
  });

  it('is the same of a picture of 16 bits a channel', async () => {
    const deep = Uint16Array.from(shades.flat(), (value) => value * 257);
    const bytes = await sharp(deep, { raw: { width: 2, height: 2, channels: 4 } })
      .toColourspace('rgb16')
      .png()
      .toBuffer();
    expect((await sharp(bytes).metadata()).depth).toBe('ushort');
    expect(await masked(await tools.store(bytes), { from: 'clear' })).toEqual([0, 0, 127, 255]);
    expect(await masked(await tools.store(bytes), { from: 'bright', threshold: 0.9 })).toEqual([
      0, 255, 0, 255,
    ]);
  });

  it('of what is bright begins at the threshold; what is clear is white', async () => {
    const gray = (value: number) => [value, value, value, 255];
    const image = await stored([gray(127), gray(128), gray(255), [0, 0, 0, 0]], 2);
    expect(await masked(image, { from: 'bright', threshold: 0.5 })).toEqual([0, 255, 255, 255]);
    expect(await masked(image, { from: 'bright', threshold: 1 })).toEqual([0, 0, 255, 255]);
    expect(await masked(image, { from: 'bright', threshold: 0 })).toEqual([255, 255, 255, 255]);
  });

  it('that was drawn elsewhere stays as it is', async () => {
    const drawn = [0, 60, 128, 200, 255, 9];
    const image = await stored(
      drawn.map((value) => [value, value, value]),
      3,
    );
    expect(await masked(image, { from: 'shades' })).toEqual(drawn);
  });

  it('of a colour takes what is near it in every channel, and nothing that is clear', async () => {
    const image = await stored(
      [
        [10, 200, 30, 255],
        [10, 225, 30, 255],
        [10, 226, 30, 255],
        [10, 200, 30, 0],
      ],
      2,
    );
    const color = { from: 'color', color: '#0ac81e' } as const;
    expect(await masked(image, { ...color, tolerance: 25 / 255 })).toEqual([255, 255, 0, 0]);
    expect(await masked(image, { ...color, tolerance: 0 })).toEqual([255, 0, 0, 0]);
  });

  it('has the size of the picture as it is shown', async () => {
    const turned = await tools.store(
      await twoColors(40, 20).jpeg({ quality: 100 }).withMetadata({ orientation: 6 }).toBuffer(),
    );
    const mask = await tools.mask(turned, { from: 'color', color: '#d02020', tolerance: 0.2 }, asItIs);
    expect(mask).toMatchObject({ format: 'png', width: 20, height: 40 });
    expect(await tools.markedArea(mask)).toMatchObject({ left: 0, top: 0, width: 20 });
  });

  it('gets a soft edge around where it was', async () => {
    const image = await tools.store(await twoColors(80, 8).png().toBuffer());
    const red = { from: 'color', color: '#d02020', tolerance: 0.1 } as const;
    const row = (await masked(image, red, { feather: 16 })).slice(0, 80);
    expect(row[10]).toBe(255);
    expect(row[70]).toBe(0);
    expect(row.filter((value) => value > 5 && value < 250).length).toBeGreaterThan(8);
    expect(row.findIndex((value) => value < 128)).toBe(40);
    expect(row).toEqual(row.toSorted((left, right) => right - left));
  });

  it('that would mark nothing is refused, with what to do', async () => {
    const opaque = await tools.store(await twoColors().jpeg().toBuffer());
    const failure = (source: MaskSource, shape: Partial<MaskShape> = {}) =>
      tools.mask(opaque, source, { ...asItIs, ...shape }).then(
        () => undefined,
        (error: { failure: unknown }) => error.failure,
      );
    expect(await failure({ from: 'clear' })).toMatchObject({ code: 'no-transparency', act: 'user' });
    const green = { from: 'color', color: '#00ff00', tolerance: 0.1 } as const;
    expect(await failure(green)).toMatchObject({
      code: 'empty-mask',
      act: 'user',
      charge: 'none',
      message:
        'Nothing in this picture is of that colour: the mask would mark nothing. Raise the tolerance, or pick another colour.',
    });
    expect(await failure(green, { invert: true })).toBeUndefined();
    expect(await failure({ from: 'bright', threshold: 0 }, { invert: true })).toMatchObject({
      code: 'empty-mask',
      message: expect.stringContaining('Switch "Invert" off.') as string,
    });
    expect(await failure({ from: 'bright', threshold: 0.1 }, { grow: -200 })).toBeUndefined();
    expect(await failure({ from: 'color', color: '#d02020', tolerance: 0.2 }, { grow: -200 })).toMatchObject({
      code: 'empty-mask',
      message: expect.stringContaining('Shrink it less.') as string,
    });
  });
});

describe('growth', () => {
  const drawn = fc
    .record({ width: fc.integer({ min: 1, max: 14 }), height: fc.integer({ min: 1, max: 14 }) })
    .chain((size) =>
      fc.record({
        size: fc.constant(size),
        values: fc.uint8Array({ minLength: size.width * size.height, maxLength: size.width * size.height }),
        distance: fc.integer({ min: 1, max: 6 }),
      }),
    );

  it('reaches exactly what is no further than the distance from something light', () =>
    fc.assert(
      fc.asyncProperty(drawn, async ({ size, values: before, distance }) => {
        const places = Array.from(before, (value, at) => ({
          value,
          x: at % size.width,
          y: Math.floor(at / size.width),
        }));
        const expected = places.map(({ value, x, y }) =>
          places.some((one) => one.value >= 128 && (one.x - x) ** 2 + (one.y - y) ** 2 <= distance ** 2)
            ? 255
            : value,
        );
        expect([...(await grown(before, size, distance))]).toEqual(expected);
      }),
    ));

  it('of the light is shrinking of the dark', () =>
    fc.assert(
      fc.asyncProperty(drawn, async ({ size, values: any, distance }) => {
        const before = any.map((value) => (value >= 128 ? 255 : 0));
        const turned = (of: Uint8Array) => of.map((value) => 255 - value);
        expect(await grown(before, size, -distance)).toEqual(
          turned(await grown(turned(before), size, distance)),
        );
      }),
    ));
});

describe('a layer through a mask', () => {
  const size = { width: 24, height: 16 };
  const place = { left: 0, top: 0, ...size, fit: 'fill' } as const;

  it('replaces what is white and leaves what is black, to the pixel', async () => {
    const [lower, upper] = await Promise.all([
      tools.store(await noise(24, 16).png().toBuffer()),
      tools.store(await noise(24, 16).negate().png().toBuffer()),
    ]);
    const pixels = async (image: ImageRef) =>
      sharp(await tools.read(image))
        .removeAlpha()
        .raw()
        .toBuffer();
    const [below, above] = [await pixels(lower), await pixels(upper)];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 384, maxLength: 384 }), async (marks) => {
        const mask = await stored(
          marks.map((mark) => (mark ? [255, 255, 255] : [0, 0, 0])),
          24,
        );
        const made = await tools.compose({
          ...size,
          background: null,
          layers: [
            { kind: 'image', image: lower, ...place },
            { kind: 'image', image: upper, ...place, mask },
          ],
        });
        const result = await pixels(made);
        const expected = Array.from(result, (_, at) => (marks[Math.floor(at / 3)] ? above : below)[at]);
        expect([...result]).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  it('mixes by the shade, and by the opacity with it', async () => {
    const plain = (value: number) =>
      stored(
        Array.from({ length: 384 }, () => [value, value, value]),
        24,
      );
    const [black, white, half] = [await plain(0), await plain(255), await plain(128)];
    const middle = async (opacity: number) => {
      const made = await tools.compose({
        ...size,
        background: null,
        layers: [
          { kind: 'image', image: black, ...place },
          { kind: 'image', image: white, ...place, mask: half, opacity },
        ],
      });
      return (
        await sharp(await tools.read(made))
          .raw()
          .toBuffer()
      )[0]!;
    };
    expect(Math.abs((await middle(1)) - 128)).toBeLessThanOrEqual(1);
    expect(Math.abs((await middle(0.5)) - 64)).toBeLessThanOrEqual(2);
  });

  it('is cut together with its mask where it stands out of the picture', async () => {
    const upper = await tools.store(await twoColors(24, 16).png().toBuffer());
    // Its right half shows.
    const mask = await stored(
      Array.from({ length: 384 }, (_, at) => (at % 24 < 12 ? [0, 0, 0] : [255, 255, 255])),
      24,
    );
    const made = await tools.compose({
      ...size,
      background: '#00ff00',
      layers: [{ kind: 'image', image: upper, left: -6, top: 0, ...size, fit: 'fill', mask }],
    });
    const row = await sharp(await tools.read(made))
      .raw()
      .toBuffer();
    const at = (x: number) => [...row.subarray(x * 3, x * 3 + 3)];
    expect([at(2), at(10), at(22)]).toEqual([
      [0, 255, 0],
      [32, 64, 208],
      [0, 255, 0],
    ]);
  });
});

describe('crop', () => {
  it('cuts the very pixels out', async () => {
    const source = await noise(40, 30).png().toBuffer();
    const image = await tools.store(source);
    const area = { left: 7, top: 3, width: 20, height: 11 };
    const cropped = await tools.crop(image, area);
    expect(cropped).toMatchObject({ format: 'png', width: 20, height: 11 });
    const expected = await sharp(source).extract(area).raw().toBuffer();
    expect(
      (
        await sharp(await tools.read(cropped))
          .raw()
          .toBuffer()
      ).equals(expected),
    ).toBe(true);
  });

  it('cuts a turned photograph as it is shown', async () => {
    const turned = await tools.store(
      await twoColors(40, 20).jpeg({ quality: 100 }).withMetadata({ orientation: 6 }).toBuffer(),
    );
    const cropped = await tools.crop(turned, { left: 0, top: 30, width: 20, height: 10 });
    expect(cropped).toMatchObject({ width: 20, height: 10 });
    const [red = 0, , blue = 0] = await sharp(await tools.read(cropped))
      .raw()
      .toBuffer();
    expect(blue).toBeGreaterThan(red);
  });

  it('refuses what ends outside', async () => {
    const image = await tools.store(await noise(40, 30).png().toBuffer());
    await expect(tools.crop(image, { left: 30, top: 0, width: 11, height: 5 })).rejects.toMatchObject({
      failure: { code: 'outside-picture', act: 'user' },
    });
  });
});

it('the marked area is the rectangle around what is light', async () => {
  const spots = async (...lights: number[]) =>
    stored(
      Array.from({ length: 60 }, (_, at) => (lights.includes(at) ? [255, 255, 255] : [90, 90, 90])),
      10,
    );
  expect(await tools.markedArea(await spots(12, 37))).toEqual({ left: 2, top: 1, width: 6, height: 3 });
  expect(await tools.markedArea(await spots())).toBeUndefined();
});

describe('a painted mask', () => {
  const at = (mask: { values: number[]; width: number }, x: number, y: number) =>
    mask.values[y * mask.width + x];

  it('is light where it was painted, at the size of the picture it lies over', async () => {
    for (const [width, height] of [
      [200, 100],
      [64, 300],
    ] as const) {
      const image = await tools.store(await noise(width, height).png().toBuffer());
      const painting = [
        'add 1000 1000,5000 9000,5000',
        'erase 500 5000,0 5000,10000',
        'add 0 0,0 2000,0 2000,2000 0,2000',
        'add 600 9000,9000',
      ];
      const mask = { values: await masked(image, { from: 'painted', painting }), width };
      const place = (x: number, y: number) => at(mask, Math.round(x * width), Math.round(y * height));
      expect(place(0.3, 0.5)).toBe(255);
      expect(place(0.5, 0.5)).toBe(0);
      expect(place(0.1, 0.1)).toBe(255);
      expect(place(0.6, 0.1)).toBe(0);
      expect(place(0.9, 0.9)).toBe(255);
      const turned = await masked(image, { from: 'painted', painting }, { invert: true });
      expect(turned).toEqual(mask.values.map((value) => 255 - value));
    }
  });

  it('has a brush as wide as it says, in parts of the longer side', async () => {
    const image = await tools.store(await noise(400, 100).png().toBuffer());
    const mask = await masked(image, { from: 'painted', painting: ['add 1000 -5000,5000 15000,5000'] });
    const column = Array.from({ length: 100 }, (_, y) => mask[y * 400 + 200]!);
    expect(column.filter((value) => value === 255)).toHaveLength(40);
  });

  it('lies over the picture as it is shown, where the file is turned', async () => {
    const { data, info } = await noise(80, 40)
      .jpeg()
      .withMetadata({ orientation: 6 })
      .toBuffer({ resolveWithObject: true });
    expect(info.width).toBe(80);
    const image = await tools.store(data);
    expect(image).toMatchObject({ width: 40, height: 80 });
    const mask = await tools.mask(
      image,
      { from: 'painted', painting: ['add 0 0,0 10000,0 10000,5000 0,5000'] },
      asItIs,
    );
    expect(mask).toMatchObject({ width: 40, height: 80 });
    const light = (await values(mask)).map((value) => value > 127);
    expect(light.slice(0, 40 * 39).every(Boolean)).toBe(true);
    expect(light.slice(40 * 41).some(Boolean)).toBe(false);
  });

  it('says what to do where nothing is painted', async () => {
    const image = await tools.store(await noise(8, 8).png().toBuffer());
    await expect(tools.mask(image, { from: 'painted', painting: [] }, asItIs)).rejects.toMatchObject({
      failure: { code: 'empty-mask', message: expect.stringContaining('Open the painting') as string },
    });
  });
});
