import { expect, test } from 'vitest';
import type { MissingPart } from '#core/failure';
import { partWords } from '../../../../renderer/panels/missing-parts';

test.each<[MissingPart, string]>([
  [{ kind: 'node-class', name: 'CFGNorm' }, 'A node of ComfyUI or of an extension'],
  [
    { kind: 'model-file', name: 'a.safetensors', folder: 'vae', bytes: 335_000_000, licence: 'Apache 2.0' },
    'models/vae · 335.0 MB · Apache 2.0',
  ],
  [{ kind: 'model-file', name: 'mine', folder: 'loras' }, 'models/loras'],
  [{ kind: 'model-file', name: 'odd.bin', folder: '' }, 'A model file'],
])('%o', (part, words) => {
  expect(partWords(part)).toBe(words);
});
