import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FailureError } from '#core/failure';
import { createLoraFiles, type LoraFiles } from '#engine/loras/lora-files';
import { createBlobStore } from '#engine/pictures/blob-store';
import { temporaryFolder } from '#test/kit/temporary-folder';
import { loraFile } from '#test/kit/fake-comfyui-training';

let folder: ReturnType<typeof temporaryFolder>;
let loras: LoraFiles;
beforeEach(() => {
  folder = temporaryFolder();
  loras = createLoraFiles(createBlobStore(folder.path));
});
afterEach(() => folder.remove());

async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof FailureError) return error.failure.code;
    throw error;
  }
  return 'none';
}

describe('a LoRA’s file', () => {
  it('comes back byte for byte', async () => {
    const bytes = loraFile('one');
    const file = await loras.store(bytes);
    expect(file.bytes).toBe(bytes.byteLength);
    expect(Buffer.from(await loras.read(file)).equals(bytes)).toBe(true);
  });

  it('that was cut off anywhere, or has a byte too many, is refused', async () => {
    const whole = loraFile('one', 4);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.byteLength - 1 }), async (length) => {
        expect(await codeOf(loras.store(whole.subarray(0, length)))).toBe('lora-damaged');
      }),
    );
    expect(await codeOf(loras.store(Buffer.concat([whole, Buffer.of(0)])))).toBe('lora-damaged');
  });

  it('that is something else is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect(await codeOf(loras.store(bytes))).toBe('lora-damaged');
      }),
    );
    expect(await codeOf(loras.store(Buffer.from('<!doctype html><title>404</title>')))).toBe('lora-damaged');
  });

  it('that is gone is said to be', async () => {
    expect(await codeOf(loras.read({ hash: 'a'.repeat(64), bytes: 3 }))).toBe('missing-lora');
  });
});
