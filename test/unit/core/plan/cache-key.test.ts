import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyValue } from '#core/plan/cache-key';
import type { LoraRef } from '#core/values';

const strength = fc.integer({ min: -20, max: 20 }).map((tenths) => tenths / 10);
const lora: fc.Arbitrary<LoraRef> = fc
  .record(
    {
      name: fc.constantFrom('a.safetensors', 'b.safetensors'),
      strength,
      clip: strength,
      file: fc.constantFrom({ hash: 'a'.repeat(64), bytes: 1 }, { hash: 'b'.repeat(64), bytes: 1 }),
    },
    { requiredKeys: ['name', 'strength', 'file'] },
  )
  .map((made) => made as LoraRef);

describe('a LoRA whose file is here', () => {
  it('counts by its content and everything that says how strongly, and not by its name', () => {
    fc.assert(
      fc.property(lora, lora, (left, right) => {
        const isSame =
          left.file?.hash === right.file?.hash &&
          left.strength === right.strength &&
          left.clip === right.clip;
        expect(JSON.stringify(keyValue(left)) === JSON.stringify(keyValue(right))).toBe(isSame);
      }),
    );
  });

  it('has the key it had before there was a strength for the text encoder', () => {
    const file = { hash: 'a'.repeat(64), bytes: 1 };
    expect(keyValue({ name: 'x', strength: 0.8, file })).toEqual({
      file: `sha256:${file.hash}`,
      strength: 0.8,
    });
  });
});
