import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastTask, pictureForecast } from '#core/plan/forecast';
import { priceRange, type Price, type PriceRate } from '#core/price';
import type { ImageTask } from '#core/task';
import type { ImageRef } from '#core/values';
import { smallModel } from '#test/kit/small-catalogue';

const read = { asOf: '2026-11-21', source: 'a test' };
const model = { provider: 'shop', model: 'one' };

function generate(width: number, height: number, count = 1): ImageTask {
  return { kind: 'generate', model, prompt: 'a cat', size: { width, height }, count, loras: [] };
}

function picture(width: number, height: number): ImageRef {
  return { hash: 'a', format: 'png', width, height, bytes: 1 };
}

function edit(images: number, size: { width: number; height: number }): ImageTask {
  const inputs = Array.from({ length: images }, () => picture(64, 64));
  return { kind: 'edit', model, prompt: 'blue', images: inputs, size, count: 1, loras: [] };
}

function priced(rate: PriceRate & { orElse?: PriceRate }, more: Partial<typeof smallModel> = {}) {
  return { ...smallModel, ...more, price: { ...rate, ...read } };
}

describe('what a job costs', () => {
  it('is one figure a picture where nothing else is said', () => {
    expect(forecastTask(generate(4096, 4096, 3), priced({ perPicture: 0.04 })).price).toEqual({
      low: 0.12,
      high: 0.12,
    });
  });

  it('may have a part for the job, whatever it makes', () => {
    const timed = priced({ perPicture: 0.01, orElse: { perPicture: 0, perJob: 0.2 } });
    expect(forecastTask(generate(512, 512, 3), timed).price).toEqual({ low: 0.03, high: 0.2 });
    expect(
      forecastTask(generate(512, 512), priced({ perPicture: 0.01, perJob: 0.2 })).price.high,
    ).toBeCloseTo(0.21);
  });

  it('goes by steps of the size: the first with room counts, the rest is dearest', () => {
    const steps = priced({
      perPicture: 0.12,
      upTo: [
        { pixels: 1024 * 1024, perPicture: 0.03 },
        { pixels: 2048 * 2048, perPicture: 0.06 },
      ],
    });
    const cost = (width: number, height: number) => forecastTask(generate(width, height), steps).price.high;
    expect([cost(1024, 1024), cost(1025, 1024), cost(2048, 2048), cost(4096, 4096)]).toEqual([
      0.03, 0.06, 0.06, 0.12,
    ]);
  });

  it('grows with the pixels and with the pictures handed in, where a vendor counts them', () => {
    const grows = priced({ perPicture: 0.01, perMegapixel: 0.02, perReference: 0.005 });
    const task = edit(3, { width: 2000, height: 1000 });
    expect(forecastTask(task, grows).price.high).toBeCloseTo(0.01 + 2 * 0.02 + 3 * 0.005, 9);
    const enlarged: ImageTask = { kind: 'upscale', model, image: picture(1000, 1000), factor: 2 };
    expect(forecastTask(enlarged, grows).price.high).toBeCloseTo(0.01 + 4 * 0.02 + 0.005, 9);
  });

  it('is a range where the source can be read in two ways', () => {
    const doubtful = priced({ perPicture: 0, perMegapixel: 0.027, orElse: { perPicture: 0.027 } });
    const { low, high } = forecastTask(generate(2048, 2048), doubtful).price;
    expect(low).toBe(0.027);
    expect(high).toBeCloseTo(0.113_246, 6);
  });

  it('is a range over all sizes of the model while a size is not known, or is chosen by the model', () => {
    const rate = { perPicture: 0.1, upTo: [{ pixels: 1_000_000, perPicture: 0.02 }] };
    const size = { minPixels: 500_000, maxPixels: 4_000_000 };
    const open = { low: 0.02, high: 0.1 };
    expect(forecastTask(edit(1, { width: 0, height: 0 }), priced(rate, { size })).price).toEqual(open);
    const byAspect = priced(rate, { size: { ...size, aspects: ['1:1'] } });
    expect(forecastTask(generate(800, 800), byAspect).price).toEqual(open);
    expect(pictureForecast(priced(rate, { size }))).toEqual(open);
  });

  it('goes by the tier that is asked for, not by the pixels of the size', () => {
    const tiers = [
      { name: '2K', side: 2048 },
      { name: '4K', side: 4096 },
    ] as const;
    const size = { maxPixels: 4704 * 2016 * 4, aspects: ['1:1', '16:9'] as const, tiers };
    const upTo = [{ pixels: 2048 * 2048, perPicture: 0.03 }];
    const byTier = priced({ perPicture: 0.06, upTo }, { size });
    expect(forecastTask(generate(2560, 1440), byTier).price.high).toBe(0.03);
    // Nearest to 2K, though it has more pixels than its square.
    expect(forecastTask(generate(2848, 1600), byTier).price).toEqual({ low: 0.03, high: 0.03 });
    expect(forecastTask(generate(4096, 4096), byTier).price.low).toBe(0.06);
    const byPixels = priced({ perPicture: 0, perMegapixel: 0.01 }, { size });
    expect(forecastTask(generate(2048, 2048), byPixels).price.high).toBeCloseTo(0.3793, 3);
  });

  it('is the person’s own price where one is set, whatever the size', () => {
    const grows = priced({ perPicture: 0.01, perMegapixel: 0.02, orElse: { perPicture: 3 } });
    expect(forecastTask(generate(4096, 4096, 2), grows, 0.25).price).toEqual({ low: 0.5, high: 0.5 });
    expect(pictureForecast(grows, 0)).toEqual({ low: 0, high: 0 });
  });

  it('reserves what a job may cost as such, whatever the person’s own price of a picture', () => {
    const timed = priced({ perPicture: 0.01, orElse: { perPicture: 0, perJob: 0.2 } });
    expect(forecastTask(generate(512, 512, 2), timed, 0.03).price).toEqual({ low: 0.06, high: 0.2 });
    expect(forecastTask(generate(512, 512, 2), timed, 0.5).price).toEqual({ low: 1, high: 1 });
    expect(pictureForecast(timed, 0)).toEqual({ low: 0, high: 0.2 });
  });
});

const figure = fc.integer({ min: 0, max: 500 }).map((thousandths) => thousandths / 1000);
const rate: fc.Arbitrary<PriceRate> = fc
  .record({
    perPicture: figure,
    edges: fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 4 }),
    stepPrices: fc.array(figure, { minLength: 4, maxLength: 4 }),
    perMegapixel: fc.option(figure.map((price) => price * 1e4)),
    perReference: fc.option(figure),
  })
  .map(({ perPicture, edges, stepPrices, perMegapixel, perReference }) => ({
    perPicture,
    upTo: edges
      .toSorted((left, right) => left - right)
      .map((pixels, place) => ({ pixels, perPicture: stepPrices[place]! })),
    ...(perMegapixel === null ? {} : { perMegapixel }),
    ...(perReference === null ? {} : { perReference }),
  }));
const price: fc.Arbitrary<Price> = fc
  .record({ first: rate, second: fc.option(rate) })
  .map(({ first, second }) => ({ ...first, ...(second === null ? {} : { orElse: second }), ...read }));
const between = (max: number) =>
  fc.tuple(fc.nat({ max }), fc.nat({ max })).map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) }));

/** What a vendor would put on the bill for one job, by the plainest reading of its list. */
function bill(list: PriceRate, pictures: number, pixels: number, references: number): number {
  const step = list.upTo?.find((candidate) => pixels <= candidate.pixels);
  const each = (step ?? list).perPicture + (pixels / 1e6) * (list.perMegapixel ?? 0);
  return pictures * each + references * (list.perReference ?? 0);
}

describe('the range of a price', () => {
  it('holds every bill that can come of it, and is no wider', () => {
    fc.assert(
      fc.property(
        price,
        fc.integer({ min: 1, max: 6 }),
        between(70),
        between(10),
        (list, pictures, pixels, references) => {
          const { low, high } = priceRange(list, { pictures, pixels, references });
          const bills: number[] = [];
          for (const reading of list.orElse === undefined ? [list] : [list, list.orElse])
            for (let size = pixels.low; size <= pixels.high; size += 1)
              for (let given = references.low; given <= references.high; given += 1)
                bills.push(bill(reading, pictures, size, given));
          expect(high).toBeGreaterThanOrEqual(Math.max(...bills) - 1e-9);
          expect(low).toBeLessThanOrEqual(Math.min(...bills) + 1e-9);
          expect(high).toBeCloseTo(Math.max(...bills), 9);
          expect(low).toBeCloseTo(Math.min(...bills), 9);
        },
      ),
    );
  });
});
