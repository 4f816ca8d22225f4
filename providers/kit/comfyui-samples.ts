import { fitSize } from '#core/plan/fit-size';
import type { TaskOf, TrainLoraTask } from '#core/task';
import type { RecipeGraph, RecipeInput } from './comfyui-graph';
import { link } from './recipes/graph-parts';
import type { Recipe } from './recipes/recipe';

/** What a training's prompt does besides: it shows the losses, and makes pictures with the new LoRA. */

/** The node that shows the losses. It makes a text of whatever it gets, and fails on no number. */
export const lossNode = 'loss';
export const lossGraph: RecipeGraph = {
  [lossNode]: { nodeClass: 'PreviewAny', inputs: { source: link('training', 'loss_map') } },
};

/** In front of the names of the nodes that make samples. */
const ours = 'sample-';

/**
 * The recipe's own way to a picture, behind the model with the LoRA that was trained in the same prompt. Loaders that the
 * training has too are shared. ComfyUI runs a node that gives a result as soon as it can, so the LoRA is saved before.
 */
export function sampleGraph(
  { build, model }: Recipe,
  { model: route, resolution, samples }: TrainLoraTask,
  training: RecipeGraph,
  given: { seed: number; prefix: string },
): RecipeGraph {
  if (samples === undefined) return {};
  const task: TaskOf<'generate'> = {
    kind: 'generate',
    model: route,
    prompt: samples.prompt,
    size: fitSize({ width: resolution, height: resolution }, model.size),
    count: samples.count,
    loras: [],
  };
  const graph = build(task, { images: [], ...given });
  const isShared = (id: string) => JSON.stringify(graph[id]) === JSON.stringify(training[id]);
  const named = (id: string) => (isShared(id) ? id : `${ours}${id}`);
  const lora = `${ours}lora`;
  const made: RecipeGraph = {};
  for (const [id, { nodeClass, inputs }] of Object.entries(graph)) {
    if (isShared(id)) continue;
    const linked = Object.entries(inputs).map(([name, input]): [string, RecipeInput] => {
      if (typeof input !== 'object' || !('node' in input)) return [name, input];
      const source = { ...input, node: named(input.node) };
      if (nodeClass !== 'KSampler' || name !== 'model') return [name, source];
      made[lora] = {
        nodeClass: 'LoraModelLoader',
        inputs: { model: source, lora: link('training', 'lora'), strength_model: 1 },
      };
      return [name, link(lora, 'model')];
    });
    made[named(id)] = { nodeClass, inputs: Object.fromEntries(linked) };
  }
  return made;
}

/** Whether a node is one without which the LoRA is the same. */
export function isBeside(id: string): boolean {
  return id === lossNode || id.startsWith(ours);
}
