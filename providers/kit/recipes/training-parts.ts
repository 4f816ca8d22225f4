import type { TrainLoraTask } from '#core/task';
import type { Link, RecipeGraph } from '../comfyui-graph';
import { link } from './graph-parts';
import type { TrainingGiven } from './recipe';

/** What is trained: the parts of a model, as links of the same graph. */
export interface Trainee {
  model: Link;
  clip: Link;
  vae: Link;
}

/**
 * From a folder to a file, by ComfyUI's own nodes (`comfy_extras/nodes_train.py`, `nodes_dataset.py`). Outputs are named,
 * for their places have moved between versions; what newer versions ask for besides is filled in by its defaults. No node
 * draws the loss: the one there is fails on a loss that is no number, and the LoRA may not be written then. A file is saved first
 * of all that comes after the training.
 */
export function trainingGraph(
  { steps, rank, learningRate }: TrainLoraTask,
  { folder, sizes, seed, prefix }: TrainingGiven,
  { model, clip, vae }: Trainee,
): RecipeGraph {
  const isMixed = sizes > 1;
  const set = isMixed ? 'bucketed' : 'set';
  const graph: RecipeGraph = {
    // The folder is made by the upload, after the server was asked what there is.
    pictures: { nodeClass: 'LoadImageTextDataSetFromFolder', inputs: { folder: { value: folder } } },
    set: {
      nodeClass: 'MakeTrainingDataset',
      inputs: { images: link('pictures', 'images'), texts: link('pictures', 'texts'), vae, clip },
    },
  };
  if (isMixed)
    graph['bucketed'] = {
      nodeClass: 'ResolutionBucket',
      inputs: { latents: link('set', 'latents'), conditioning: link('set', 'conditioning') },
    };
  return {
    ...graph,
    training: {
      nodeClass: 'TrainLoraNode',
      inputs: {
        model,
        latents: link(set, 'latents'),
        positive: link(set, 'conditioning'),
        steps,
        rank,
        learning_rate: learningRate,
        seed,
        algorithm: 'LoRA',
        existing_lora: '[None]',
        bucket_mode: isMixed,
      },
    },
    save: {
      nodeClass: 'SaveLoRA',
      inputs: { lora: link('training', 'lora'), prefix, steps: link('training', 'steps') },
    },
  };
}
