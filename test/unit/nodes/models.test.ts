import { describe, expect, it } from 'vitest';
import { imageTaskSchema, trainLoraTaskSchema } from '#core/task';
import { nodes } from '#nodes/catalogue';
import { pictureOf } from '#test/kit/small-knowledge';
import { taskOf } from './node-under-test';

const [face, coat] = [pictureOf('face'), pictureOf('coat')];
const lora = { name: 'film.safetensors', strength: 0.8 };
const model = { provider: 'shop', model: 'one' };

describe('generate', () => {
  const params = { prompt: 'a cat', seed: 40 };

  it('asks for one picture in words alone', () =>
    expect(taskOf('generate', { params: { prompt: 'a cat' } })).toEqual({
      kind: 'generate',
      prompt: 'a cat',
      size: { width: 2048, height: 2048 },
      count: 1,
      loras: [],
    }));

  it('gives each copy the next seed', () =>
    expect([0, 1, 2].map((copy) => taskOf('generate', { params, copy }))).toMatchObject([
      { seed: 40 },
      { seed: 41 },
      { seed: 42 },
    ]));

  it('hands on a negative prompt that says something, and the LoRAs', () => {
    expect(
      taskOf('generate', { params: { ...params, negative: 'text' }, inputs: { loras: [lora] } }),
    ).toMatchObject({ negative: 'text', loras: [lora] });
    expect(taskOf('generate', { params: { ...params, negative: ' ' } })).not.toHaveProperty('negative');
  });
});

describe('edit', () => {
  const edit = (params: Record<string, unknown>, copy = 0) =>
    taskOf('edit', { params: { prompt: 'at night', ...params }, inputs: { image: face }, copy });

  it('leaves size, seed and strength to the route until they are set', () =>
    expect(edit({})).toEqual({
      kind: 'edit',
      prompt: 'at night',
      images: [face],
      size: null,
      count: 1,
      loras: [],
    }));

  it('hands them on when they are', () =>
    expect(edit({ size: { width: 512, height: 512 }, seed: 7, strength: 0.35 }, 1)).toMatchObject({
      size: { width: 512, height: 512 },
      seed: 8,
      strength: 0.35,
    }));
});

describe('inpaint', () => {
  const mask = pictureOf('mask');
  const inpaint = (params: Record<string, unknown>, copy = 0) =>
    taskOf('inpaint', {
      params: { prompt: 'moss', ...params },
      inputs: { image: face, mask, loras: [lora] },
      copy,
    });

  it('asks for an edit within the mask, of the size the picture has', () =>
    expect(inpaint({})).toEqual({
      kind: 'edit',
      prompt: 'moss',
      images: [face],
      mask,
      size: null,
      count: 1,
      loras: [lora],
    }));

  it('hands on seed and strength when they are set', () =>
    expect(inpaint({ seed: 7, strength: 1 }, 2)).toMatchObject({ seed: 9, strength: 1 }));
});

describe('multi-reference', () => {
  it('asks for an edit of its references in their order, in a size of its own', () =>
    expect(
      taskOf('multi-reference', {
        params: { prompt: 'image 1 in image 2', seed: 1 },
        inputs: { references: [face, coat], loras: [lora] },
        copy: 3,
      }),
    ).toEqual({
      kind: 'edit',
      prompt: 'image 1 in image 2',
      images: [face, coat],
      size: { width: 2048, height: 2048 },
      count: 1,
      seed: 4,
      loras: [lora],
    }));
});

describe('upscale', () => {
  it('asks for the factor', () =>
    expect(taskOf('upscale', { params: { factor: 4 }, inputs: { image: face } })).toEqual({
      kind: 'upscale',
      image: face,
      factor: 4,
    }));
});

it.each([...nodes.values()].filter(({ work }) => work.on === 'provider').map(({ type }) => [type] as const))(
  'the task of %s is one a provider can read',
  (type) => {
    const task = taskOf(type, {
      inputs: { image: face, mask: coat, images: [face], captions: [], references: [face, coat] },
    });
    const size = 'size' in task && task.size === null ? { size: { width: 64, height: 64 } } : {};
    const schema = task.kind === 'train-lora' ? trainLoraTaskSchema : imageTaskSchema;
    expect(schema.parse({ ...task, ...size, model })).toEqual({ ...task, ...size, model });
  },
);
