import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { definitionOf, runNode, sized } from './node-under-test';

describe('mask', () => {
  const image = sized(640, 480);
  const asked = async (params: Record<string, unknown>) => {
    const { outputs, tools } = await runNode(definitionOf('mask'), { params, inputs: { image } });
    expect(outputs['mask']).toMatchObject([{ width: 640, height: 480, format: 'png' }]);
    return tools.masked;
  };

  it('marks what is clear, as it comes from the palette', async () =>
    expect(await asked({})).toEqual([
      { image, source: { from: 'clear' }, shape: { invert: false, grow: 0, feather: 0 } },
    ]));

  it.each([
    [
      { from: 'bright', threshold: 0.7 },
      { from: 'bright', threshold: 0.7 },
    ],
    [
      { from: 'color', color: '#ff0000', tolerance: 0.2 },
      { from: 'color', color: '#ff0000', tolerance: 0.2 },
    ],
    [{ from: 'shades' }, { from: 'shades' }],
  ])('%j', async (params, source) => {
    const shape = { invert: true, grow: -4, feather: 12 };
    expect(await asked({ ...params, ...shape })).toEqual([{ image, source, shape }]);
  });
});

describe('crop', () => {
  const crop = async (width: number, height: number, params: Record<string, unknown>) => {
    const { tools } = await runNode(definitionOf('crop'), {
      params,
      inputs: { image: sized(width, height) },
    });
    return tools.cropped[0]!.area;
  };

  it('keeps the most of a shape, from the middle', async () =>
    expect(await crop(300, 200, { shape: '1:1' })).toEqual({ left: 50, top: 0, width: 200, height: 200 }));

  it('or from an end', async () => {
    expect(await crop(300, 200, { shape: '1:1', place: 'top-right' })).toMatchObject({ left: 100, top: 0 });
    expect(await crop(200, 300, { shape: '1:1', place: 'bottom' })).toMatchObject({ left: 0, top: 100 });
  });

  it('keeps a part in pixels as it is said', async () => {
    const part = { left: 10, top: 20, width: 30, height: 40 };
    expect(await crop(300, 200, { by: 'part', ...part })).toEqual(part);
  });

  it('never leaves the picture, touches two of its edges, and has the shape as far as pixels allow', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 5000 }),
        fc.constantFrom('1:1', '4:3', '3:4', '3:2', '2:3', '16:9', '9:16', '21:9'),
        fc.constantFrom('center', 'top', 'bottom-left', 'right'),
        async (wide, high, shape, place) => {
          const { left, top, width, height } = await crop(wide, high, { shape, place });
          expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
          expect(Math.min(width, height)).toBeGreaterThanOrEqual(1);
          expect(left + width).toBeLessThanOrEqual(wide);
          expect(top + height).toBeLessThanOrEqual(high);
          expect(width === wide || height === high).toBe(true);
          const [across = 1, down = 1] = shape.split(':').map(Number);
          // Half a pixel of the shorter side, seen along the longer one.
          expect(Math.abs(width * down - height * across)).toBeLessThanOrEqual(Math.max(across, down));
        },
      ),
    ));
});

describe('composite', () => {
  const [lower, upper, mask] = [sized(1000, 500, 'a'), sized(200, 100, 'b'), sized(400, 200, 'm')];
  const composed = async (params: Record<string, unknown>, inputs: Record<string, unknown> = {}) => {
    const given = { params, inputs: { lower, upper, ...inputs } };
    return (await runNode(definitionOf('composite'), given)).tools.composed[0]!;
  };

  it('covers the lower picture, and is as large', async () =>
    expect(await composed({ opacity: 0.4 })).toEqual({
      width: 1000,
      height: 500,
      background: null,
      layers: [
        { kind: 'image', image: lower, left: 0, top: 0, width: 1000, height: 500, fit: 'fill' },
        {
          kind: 'image',
          image: upper,
          left: 0,
          top: 0,
          width: 1000,
          height: 500,
          fit: 'cover',
          opacity: 0.4,
        },
      ],
    }));

  it('is placed at a size and a place', async () => {
    const at = async (across: number, down: number) =>
      (await composed({ fit: 'place', size: 0.4, across, down })).layers[1];
    expect(await at(0, 0)).toMatchObject({ left: 0, top: 0, width: 400, height: 200, fit: 'fill' });
    expect(await at(1, 1)).toMatchObject({ left: 600, top: 300 });
    expect(await at(0.5, 0.5)).toMatchObject({ left: 300, top: 150 });
  });

  it('shows through a mask of the same proportions, and takes no other', async () => {
    expect((await composed({}, { mask })).layers[1]).toMatchObject({ image: upper, mask });
    await expect(composed({}, { mask: sized(400, 300) })).rejects.toMatchObject({
      failure: { code: 'mask-size', act: 'user' },
    });
  });
});

describe('convert', () => {
  const image = sized(64, 64);
  const encoded = async (params: Record<string, unknown>) =>
    (await runNode(definitionOf('convert'), { params, inputs: { image } })).tools.encoded[0]!.options;

  it('gives a quality where the format has one', async () => {
    expect(await encoded({ format: 'webp', quality: 70 })).toEqual({ format: 'webp', quality: 70 });
    expect(await encoded({ format: 'png', quality: 70 })).toEqual({ format: 'png' });
  });
});
