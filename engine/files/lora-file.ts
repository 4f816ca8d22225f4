import { open } from 'node:fs/promises';
import { userFailure } from '#core/failure';
import type { LoraFacts } from '#core/lora/lora';
import { headerLength, headerPrefix, readHeader, type HeaderRead } from '#core/lora/lora-header';

/** What a safetensors file on this computer says of itself. Its weights are not read. */
export async function readLoraFile(path: string): Promise<HeaderRead<LoraFacts>> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const first = new Uint8Array(headerPrefix);
      const { bytesRead } = await file.read(first, 0, headerPrefix, 0);
      const length = headerLength(first.subarray(0, bytesRead), size);
      if (!length.ok) return length;
      const header = new Uint8Array(length.value);
      const read = await file.read(header, 0, length.value, headerPrefix);
      return readHeader(header.subarray(0, read.bytesRead), size - headerPrefix - length.value);
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === 'ENOENT' ? 'There is no such file.' : `The file cannot be read (${code ?? message}).`;
    return { ok: false, failure: userFailure('unreadable-file', reason) };
  }
}
