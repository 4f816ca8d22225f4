import type { ModelSpec } from '#core/provider';
import type { ImageTask, TaskOf, TrainLoraTask } from '#core/task';
import type { ModelFile, RecipeGraph } from '../comfyui-graph';

/** What a recipe gets beside the task. */
export interface RecipeGiven {
  /** The values for `LoadImage.image`, in the order of the task's pictures. */
  images: readonly string[];
  /** The same of the mask, where the task has one. */
  mask?: string;
  /** The task's seed, or one for this attempt; at most 2^53 - 1. */
  seed: number;
  /** Of the written files; of this attempt alone, so that a server that has it all in its cache still writes them. */
  prefix: string;
}

/** What a training gets beside the task. */
export interface TrainingGiven {
  /** In ComfyUI's `input/`: the pictures at their sizes, each with its caption as a text file of the same name. */
  folder: string;
  /** Of how many sizes the pictures are. */
  sizes: number;
  /** At most 2^53 - 1. */
  seed: number;
  /** Of the file, in `output/`; of this attempt alone. */
  prefix: string;
}

/**
 * One model of the pod: its limits, and the graph for a task within them. A file named `*.recipe.ts` in this folder that
 * gives one is found by its name. Raise `model.revision` when the same task would mean another picture.
 */
export interface Recipe {
  model: ModelSpec;
  build(task: ImageTask, given: RecipeGiven): RecipeGraph;
  /** Of a model with the task `train-lora`. */
  train?(task: TrainLoraTask, given: TrainingGiven): RecipeGraph;
}

export const ownGpuPrice = { perPicture: 0, asOf: '2026-11-21', source: "your own GPU's time" } as const;

/** A LoRA the person named. */
export function loraFile(name: string): ModelFile {
  return {
    names: [name],
    folder: 'loras',
    from: 'copy your LoRA there, or correct the name in the LoRA node',
  };
}

/** The narrowing every diffusion recipe starts with: `checkTask` has refused everything else. */
export function madePicture(task: ImageTask): TaskOf<'generate'> | TaskOf<'edit'> {
  if (task.kind === 'upscale') throw new Error(`${task.model.model} does not upscale`);
  return task;
}

/** The same for a model that only edits. */
export function editOf(task: ImageTask): TaskOf<'edit'> {
  if (task.kind !== 'edit') throw new Error(`${task.model.model} only edits`);
  return task;
}
