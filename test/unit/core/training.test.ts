import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkTask } from '#core/plan/check-task';
import { forecastTask } from '#core/plan/forecast';
import type { ModelSpec } from '#core/provider';
import type { Trained } from '#core/values';
import type { TrainLoraTask } from '#core/task';
import { bucketOf, bucketSizes, bucketsOf, captionsOf } from '#core/training';

const side = fc.integer({ min: 1, max: 8192 });
const resolution = fc.constantFrom(512, 768, 1024);

const picture = (width: number, height: number) => ({
  hash: `${width}x${height}`,
  format: 'png' as const,
  width,
  height,
  bytes: 1,
});
const task = (changes: Partial<TrainLoraTask> = {}): TrainLoraTask => ({
  kind: 'train-lora',
  model: { provider: 'comfyui', model: 'sdxl' },
  images: [picture(1024, 1024), picture(1024, 1024)],
  captions: [],
  trigger: 'ohwx',
  steps: 100,
  rank: 8,
  learningRate: 0.0001,
  resolution: 1024,
  ...changes,
});
const model = (changes: Partial<ModelSpec> = {}): ModelSpec => ({
  id: 'sdxl',
  label: 'SDXL',
  tasks: ['generate', 'train-lora'],
  pinned: true,
  maxCount: 1,
  takes: { loras: true },
  loraBase: 'sdxl',
  training: { secondsPerStep: { low: 0.5, high: 2 } },
  price: { perPicture: 0, asOf: '2026-11-21', source: 'test' },
  seconds: { low: 10, high: 20 },
  ...changes,
});

describe('buckets', () => {
  it('have sides that latents divide, no more pixels than asked for, and none twice', () => {
    for (const asked of [512, 768, 1024]) {
      const sizes = bucketSizes(asked);
      for (const { width, height } of sizes) {
        expect([width % 64, height % 64]).toEqual([0, 0]);
        expect(width * height).toBeLessThanOrEqual(asked * asked);
        expect(Math.max(width / height, height / width)).toBeLessThanOrEqual(2);
      }
      expect(new Set(sizes.map(({ width, height }) => `${width} ${height}`)).size).toBe(sizes.length);
      expect(sizes).toContainEqual({ width: asked, height: asked });
    }
  });

  it('cut no picture more than any other bucket would', () => {
    const kept = (from: { width: number; height: number }, to: { width: number; height: number }) => {
      const ratio = from.width / from.height / (to.width / to.height);
      return Math.min(ratio, 1 / ratio);
    };
    fc.assert(
      fc.property(side, side, resolution, (width, height, asked) => {
        const chosen = kept({ width, height }, bucketOf({ width, height }, asked));
        for (const size of bucketSizes(asked))
          expect(chosen).toBeGreaterThanOrEqual(kept({ width, height }, size) - 1e-9);
      }),
    );
  });

  it('turn with the picture', () => {
    fc.assert(
      fc.property(side, side, resolution, (width, height, asked) => {
        const upright = bucketOf({ width, height }, asked);
        const lying = bucketOf({ width: height, height: width }, asked);
        expect(Math.max(upright.width, upright.height)).toBe(Math.max(lying.width, lying.height));
      }),
    );
  });

  it('count every picture once, and none that is not made yet', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ width: side, height: side })), resolution, (pictures, asked) => {
        const count = bucketsOf([...pictures, { width: 0, height: 0 }], asked).reduce(
          (sum, bucket) => sum + bucket.count,
          0,
        );
        expect(count).toBe(pictures.length);
      }),
    );
  });
});

describe('captions', () => {
  it.each([
    [[], ['ohwx', 'ohwx']],
    [['in a garden'], ['ohwx, in a garden', 'ohwx, in a garden']],
    [
      ['an OHWX bottle', ''],
      ['an OHWX bottle', 'ohwx'],
    ],
  ])('%j', (captions, expected) => {
    expect(captionsOf(task({ captions }))).toEqual(expected);
  });

  it('are as they are without a trigger word', () => {
    expect(captionsOf(task({ trigger: '', captions: ['a', 'b'] }))).toEqual(['a', 'b']);
  });
});

describe('before a training is paid for', () => {
  const messages = (changes: Partial<TrainLoraTask>) =>
    checkTask(task(changes), model()).map(({ effect, message }) => `${effect}: ${message}`);

  it('is nothing in the way of equal pictures of the right size', () => {
    expect(messages({})).toEqual([]);
  });

  it.each([
    [{ images: [] }, 'refused: There is no picture to train on. Wire some; ten to thirty do well.'],
    [
      { captions: ['a', 'b', 'c'] },
      'refused: 3 captions for 2 pictures: give one for each picture in their order, one for all, or none.',
    ],
    [
      { trigger: ' ', captions: [''] },
      'refused: Give a trigger word, or captions: without any word the LoRA cannot be called.',
    ],
    [
      { images: [picture(2000, 1000), picture(500, 500), picture(3000, 3000)] },
      'adapted: Pictures are scaled and cropped for the training: 2 to 1024 × 1024, 1 to 1344 × 768. 1 is smaller than that and is enlarged.',
    ],
  ])('%j', (changes, message) => {
    expect(messages(changes)).toEqual([message]);
  });

  it('a model that does not train says so', () => {
    expect(checkTask(task(), model({ tasks: ['generate'] }))).toMatchObject([{ effect: 'refused' }]);
  });

  it('takes its steps’ time', () => {
    expect(forecastTask(task(), model())).toEqual({
      price: { low: 0, high: 0 },
      seconds: { low: 60, high: 220 },
    });
  });
});

describe('a LoRA on another base', () => {
  const trained = { trigger: 'ohwx', steps: 100, rank: 8, pictures: 2 };
  const noted = (base: Trained['base'], on: Partial<ModelSpec>) => notedOn(base, model(on));
  const notedOn = (base: Trained['base'], on: ModelSpec) =>
    checkTask(
      {
        kind: 'generate',
        model: { provider: 'p', model: 'm' },
        prompt: 'a cat',
        size: { width: 64, height: 64 },
        count: 1,
        loras: [{ name: 'a.safetensors', strength: 1, trained: { ...trained, base } }],
      },
      on,
    ).map(({ effect, message }) => `${effect}: ${message}`);

  it('is said before the run', () => {
    expect(noted('sdxl', {})).toEqual([]);
    expect(noted('sdxl', { label: 'FLUX.1 dev', loraBase: 'flux-1' })).toEqual([
      'refused: The LoRA "ohwx" is trained for Stable Diffusion XL and does not fit FLUX.1 dev. Choose a model of Stable Diffusion XL, or train it anew.',
    ]);
  });

  it('and one of the sandbox fits no model', () => {
    expect(noted('sandbox', {})).toEqual([
      'refused: The LoRA "ohwx" comes from the sandbox and has learned nothing; train it on a real model before SDXL can use it.',
    ]);
  });

  it('cannot be said of a model whose base is not known, nor of a rehearsal', () => {
    const { loraBase: _base, ...rehearsing } = model();
    const { training: _training, ...unknown } = rehearsing;
    for (const base of ['sdxl', 'sandbox'] as const) expect(notedOn(base, rehearsing)).toEqual([]);
    expect(notedOn('sdxl', unknown)).toEqual([]);
    expect(notedOn('sandbox', unknown)).toHaveLength(1);
  });
});
