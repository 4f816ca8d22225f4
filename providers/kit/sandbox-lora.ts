import { canonicalJson } from '#core/json';
import { sandboxBase } from '#core/lora/lora';
import type { RemotePicture } from '#core/provider';
import type { TrainLoraTask } from '#core/task';
import type { Trained } from '#core/values';
import { chanceFrom } from './sandbox-chance';
import { shortLoss } from './training-loss';

const width = 16;

/**
 * A rehearsed training: a safetensors file of one small tensor of noise that fits no model, marked in its metadata. The same
 * task gives the same bytes.
 */
export function rehearsedLora(task: TrainLoraTask): Extract<RemotePicture, { from: 'training' }> {
  // What is shown of it makes no other LoRA.
  const { model: _model, samples: _samples, ...asked } = task;
  const { trigger, steps, rank, images } = task;
  const chance = chanceFrom(canonicalJson(asked));
  const weights = new Float32Array(rank * width).map(() => chance.between(-1, 1));
  const number = chance.whole(0, 0xffff_ffff).toString(16).padStart(8, '0');
  const trained: Trained = {
    base: sandboxBase,
    trigger,
    steps,
    rank,
    pictures: images.length,
    loss: rehearsedLoss(steps, chance),
  };
  return {
    from: 'training',
    lora: { name: `sandbox-${number}.safetensors`, trained },
    file: fileOf(weights, task),
  };
}

/** As a training that goes well: down, ever slower, and never quietly. */
function rehearsedLoss(steps: number, chance: ReturnType<typeof chanceFrom>): NonNullable<Trained['loss']> {
  const losses = Array.from({ length: steps }, (_, step) => {
    const learned = 0.06 + 0.16 * Math.exp((-4 * step) / steps);
    return learned * chance.between(0.6, 1.4);
  });
  return shortLoss(losses);
}

/** Little-endian throughout, as the format wants it. */
function fileOf(weights: Float32Array, { trigger, steps, rank, images }: TrainLoraTask): Uint8Array {
  const size = weights.length * 4;
  const header = new TextEncoder().encode(
    JSON.stringify({
      __metadata__: {
        made_by: 'Seedloom sandbox: a rehearsal, not trained by a model; it fits none',
        trigger,
        steps: String(steps),
        pictures: String(images.length),
      },
      'sandbox.lora_down.weight': { dtype: 'F32', shape: [rank, width], data_offsets: [0, size] },
    }),
  );
  const file = new Uint8Array(8 + header.byteLength + size);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(header.byteLength), true);
  file.set(header, 8);
  for (const [place, weight] of weights.entries())
    view.setFloat32(8 + header.byteLength + place * 4, weight, true);
  return file;
}
