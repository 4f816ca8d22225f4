import sharp from 'sharp';
import { chanceFrom } from '#providers/kit/sandbox-chance';
import type { Executed, NodeToRun, Value } from './fake-comfyui-execute';

/** What the fake's training nodes do: nothing is learned, but what goes in decides what comes out. */

export interface TrainingValue {
  /** A picture's size and its caption, each. */
  items: { width: number; height: number; caption: string }[];
  /** Items were put together by their sizes. */
  bucketed: boolean;
  steps?: number;
  losses?: number[];
}

function value(type: string, training: TrainingValue): Value {
  return { type, width: 0, height: 0, frames: training.items.length, training };
}

/** What a node of training gives, by its class's own outputs; undefined for any other node. Throws as ComfyUI does. */
export async function executeTraining(run: NodeToRun): Promise<Executed | undefined> {
  const { node, nodeClass, linked, files } = run;
  const given = (training: TrainingValue): Executed => ({
    values: nodeClass.output.map((type) => value(type, training)),
    shown: undefined,
  });
  switch (node.class_type) {
    case 'LoadImageTextDataSetFromFolder': {
      const set = files.inputSet(String(node.inputs['folder']));
      const items: TrainingValue['items'] = [];
      for (const [name, bytes] of set) {
        if (!name.endsWith('.png')) continue;
        const { width, height } = await sharp(bytes).metadata();
        items.push({ width, height, caption: set.get(name.replace('.png', '.txt'))?.toString('utf8') ?? '' });
      }
      return given({ items, bucketed: false });
    }
    case 'MakeTrainingDataset': {
      const items = linked['images']?.training?.items ?? [];
      if (items.length === 0) throw new Error('stack expects a non-empty TensorList');
      return given({ items, bucketed: false });
    }
    case 'ResolutionBucket':
      return given({ items: linked['latents']?.training?.items ?? [], bucketed: true });
    case 'TrainLoraNode': {
      const set = linked['latents']?.training;
      const isBucketMode = node.inputs['bucket_mode'] === true;
      if (set === undefined || set.bucketed !== isBucketMode)
        throw new Error('bucket_mode and the latents do not go together');
      const steps = Number(node.inputs['steps']);
      for (let step = 1; step <= (run.stepsPerJob ?? steps); step += 1)
        await run.progress(step, run.stepsPerJob ?? steps);
      const losses = Array.from({ length: steps }, (_, step) => run.losses[step % run.losses.length] ?? 0);
      return given({ ...set, steps, losses });
    }
    case 'SaveLoRA': {
      run.beforeSaving();
      const steps = linked['steps']?.training?.steps ?? 0;
      files.saveLora(String(node.inputs['prefix']), steps, loraFile(run.signature));
      return { values: [], shown: undefined };
    }
    case 'PreviewAny': {
      // As Python's json prints it: NaN and Infinity are not JSON.
      const losses = linked['source']?.training?.losses ?? [];
      return { values: [], shown: { text: [`{"loss": [${losses.join(', ')}]}`] } };
    }
    default:
      return undefined;
  }
}

/** A safetensors file with one tensor of what `seed` decides. */
export function loraFile(seed: string, floats = 64): Buffer {
  const data = Buffer.alloc(floats * 4);
  const chance = chanceFrom(seed);
  for (let place = 0; place < floats; place += 1) data.writeFloatLE(chance.between(-1, 1), place * 4);
  const header = Buffer.from(
    JSON.stringify({
      'diffusion_model.lora_up.weight': { dtype: 'F32', shape: [floats], data_offsets: [0, data.length] },
    }),
  );
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, data]);
}
