import { z } from 'zod';
import { FailureError, userFailure } from '#core/failure';
import type { StoredLora } from '#core/values';
import type { BlobStore } from '../pictures/blob-store';

/** Files of LoRAs in the store. All throw `FailureError`. */
export interface LoraFiles {
  /** Throws `missing-lora`. */
  read(file: StoredLora): Promise<Uint8Array>;
  /** Takes a safetensors file in, as it is; one that is cut off or something else is refused (`lora-damaged`). */
  store(bytes: Uint8Array): Promise<StoredLora>;
}

export function createLoraFiles(blobs: BlobStore): LoraFiles {
  return {
    async read({ hash, bytes }) {
      if (blobs.has(hash, bytes)) return blobs.read(hash);
      const message =
        'The file of a LoRA is missing from the store. Run the node that trained it again, or bring back the data folder that has it.';
      throw new FailureError(userFailure('missing-lora', message, hash));
    },
    async store(bytes) {
      const trouble = safetensorsTrouble(bytes);
      if (trouble !== undefined) {
        const message = `What came is no whole LoRA file (safetensors): ${trouble}. Get it again.`;
        throw new FailureError({ code: 'lora-damaged', act: 'vendor', charge: 'none', message });
      }
      return { hash: await blobs.put(bytes), bytes: bytes.byteLength };
    },
  };
}

/** No header of a LoRA comes near this; the format itself allows no more. */
const longestHeader = 100_000_000;
const tensorSchema = z.object({
  dtype: z.string(),
  shape: z.array(z.number().int().nonnegative()),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
});

/**
 * Why bytes are no whole safetensors file with something in it. The format: a header's length (u64, little-endian), the
 * header (JSON: by tensor name its type, shape and place), then the tensors to the end.
 */
function safetensorsTrouble(bytes: Uint8Array): string | undefined {
  if (bytes.byteLength < 8) return `it has ${bytes.byteLength} bytes`;
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > longestHeader) return 'it does not begin as one';
  const start = 8 + Number(length);
  if (start > bytes.byteLength) return 'it ends within its header';
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, start)));
  } catch {
    return 'its header cannot be read';
  }
  if (typeof header !== 'object' || header === null) return 'its header cannot be read';
  const tensors = z
    .array(tensorSchema)
    .safeParse(Object.entries(header).flatMap(([name, tensor]) => (name === '__metadata__' ? [] : [tensor])));
  if (!tensors.success) return 'its header cannot be read';
  if (tensors.data.length === 0) return 'there is nothing in it';
  const end = Math.max(...tensors.data.map(({ data_offsets: [, last] }) => last));
  const there = bytes.byteLength - start;
  return end === there ? undefined : `${end} bytes of weights were announced and ${there} came`;
}
