import { expect, it } from 'vitest';
import { describeLora, lorasOf } from '../../../../renderer/look/lora-words';

const trained = { base: 'sdxl' as const, trigger: 'ohwx bottle', steps: 1500, rank: 16, pictures: 12 };

it('calls a LoRA by its trigger word, and says what it is of', () => {
  const file = { hash: 'a'.repeat(64), bytes: 45_200_000 };
  expect(describeLora({ name: 'ohwx-1.safetensors', strength: 1, file, trained })).toEqual({
    title: 'ohwx bottle',
    file: 'ohwx-1.safetensors',
    facts: ['12 pictures', '1,500 steps', 'rank 16', '45.2 MB'],
    fits: 'For Stable Diffusion XL',
  });
  expect(
    describeLora({ name: 'x.safetensors', strength: 0.5, trained: { ...trained, base: 'sandbox' } }),
  ).toMatchObject({
    facts: ['12 pictures', '1,500 steps', 'rank 16', 'strength 0.5'],
    fits: 'A rehearsal: it has learned nothing',
  });
});

it('of one that only has a name says no more than that', () => {
  expect(describeLora({ name: 'grain.safetensors', strength: 1 })).toEqual({
    title: 'grain.safetensors',
    file: 'grain.safetensors',
    facts: [],
    fits: undefined,
  });
});

it('finds LoRAs among whatever else a node gives', () => {
  const lora = { name: 'grain.safetensors', strength: 1 };
  const image = { hash: 'a', format: 'png' as const, width: 1, height: 1, bytes: 1 };
  expect(lorasOf({ words: ['a', 1], images: [image], loras: [lora] })).toEqual([lora]);
  expect(lorasOf(undefined)).toEqual([]);
});
