import { maskMismatch, maskScaling } from '../mask-shape';
import { hasWeights } from '../prompt';
import type { ModelSpec } from '../provider';
import type { Task, TaskOf } from '../task';
import type { Size } from '../values';
import { checkBases, checkTraining } from './check-training';
import { sizeAnswer, type SizeFault } from './size-answer';

/**
 * What a model does with one field of a task. `ignored`: it is not sent. `adapted`: it is had by a detour. `refused`: nothing
 * is sent at all. There is no silent rounding: what a route cannot do is one of the three.
 */
export interface TaskNote {
  effect: 'ignored' | 'adapted' | 'refused';
  field: string;
  message: string;
}

const refused = (field: string, message: string): TaskNote => ({ effect: 'refused', field, message });
const ignored = (field: string, message: string): TaskNote => ({ effect: 'ignored', field, message });
const adapted = (field: string, message: string): TaskNote => ({ effect: 'adapted', field, message });

/** Everything the model cannot do of what the task asks. A size of 0 × 0 is one that is not known yet. */
export function checkTask(task: Task, model: ModelSpec): TaskNote[] {
  if (!model.tasks.includes(task.kind)) return [refused('kind', `${model.label} cannot ${task.kind}.`)];
  if (task.kind === 'train-lora') return checkTraining(task);
  return task.kind === 'upscale' ? checkUpscale(task, model) : checkMade(task, model);
}

function checkUpscale(task: TaskOf<'upscale'>, model: ModelSpec): TaskNote[] {
  const { factors } = model;
  if (factors === undefined || factors.includes(task.factor)) return checkEnlarged(task, model);
  return [refused('factor', `${model.label} enlarges by ${factors.join(', ')}, not by ${task.factor}.`)];
}

function checkEnlarged(
  { image, factor }: TaskOf<'upscale'>,
  { label, enlarges = {} }: ModelSpec,
): TaskNote[] {
  const { maxPixels = Infinity, maxSide = Infinity, always } = enlarges;
  const [width, height] = [Math.round(image.width * factor), Math.round(image.height * factor)];
  const say = (message: string) => [
    refused('size', `${width} × ${height}: ${message} Choose a smaller factor.`),
  ];
  if (width * height > maxPixels) return say(`${label} makes at most ${millions(maxPixels)}.`);
  if (Math.max(width, height) > maxSide) return say(`each side may be at most ${maxSide}.`);
  if (always === undefined || always.by === factor) return [];
  const { by } = always;
  const between = image.width * image.height * by ** 2;
  if (between > always.maxPixels) {
    const message = `${label} enlarges ${by} times first, which makes ${millions(between)} of this picture; it goes to ${millions(always.maxPixels)}. Put a Resize node before it.`;
    return [refused('size', message)];
  }
  return [
    adapted(
      'factor',
      `${label} enlarges ${by} times; the picture is then brought to ${factor} times by Lanczos.`,
    ),
  ];
}

const millions = (value: number) => `${(value / 1e6).toFixed(1)} million pixels`;

function checkMade(task: TaskOf<'generate' | 'edit'>, model: ModelSpec): TaskNote[] {
  const notes: TaskNote[] = [];
  if (task.prompt.trim() === '')
    notes.push(refused('prompt', 'The prompt is empty; write one or wire one in.'));
  if (model.maxPromptLength !== undefined && task.prompt.length > model.maxPromptLength)
    notes.push(
      refused(
        'prompt',
        `The prompt has ${task.prompt.length} characters; ${model.label} takes ${model.maxPromptLength}.`,
      ),
    );
  if (model.takes.weights !== true && hasWeights(task.prompt))
    notes.push(
      adapted(
        'weights',
        `${model.label} reads weights such as (word:1.3) as plain text; they are sent as written.`,
      ),
    );
  if (model.takes.size === false)
    notes.push(ignored('size', `${model.label} takes no size; how large the picture becomes, it decides.`));
  else notes.push(...checkSize(task.size, model));
  const references = task.kind === 'edit' ? task.images.length : 0;
  if (model.maxReferences !== undefined && references > model.maxReferences)
    notes.push(
      refused(
        'images',
        `${references} reference images; ${model.label} takes ${model.maxReferences}. Unwire some.`,
      ),
    );
  if (task.count > model.maxCount)
    notes.push(
      refused(
        'count',
        `${task.count} pictures in one request; ${model.label} makes ${model.maxCount === 1 ? 'one' : model.maxCount}. Ask for fewer, or for each by itself.`,
      ),
    );
  else if (task.count > 1 && model.sets === undefined)
    notes.push(
      ignored('set', `${model.label} draws the pictures of one request side by side, not as one set.`),
    );
  if (model.maxReferencesAndCount !== undefined && references + task.count > model.maxReferencesAndCount)
    notes.push(
      refused(
        'count',
        `References and pictures together are ${references + task.count}; ${model.label} takes ${model.maxReferencesAndCount}.`,
      ),
    );
  const { takes } = model;
  if (task.seed !== undefined && !takes.seed) notes.push(ignored('seed', `${model.label} takes no seed.`));
  if (task.loras.length > 0 && !takes.loras)
    notes.push(refused('loras', `${model.label} takes no LoRA; choose a route that does, or unwire it.`));
  if (takes.loras && !takes.loraClip && task.loras.some(({ clip }) => clip !== undefined))
    notes.push(
      ignored('loras', `LoRAs change no text encoder of ${model.label}; its own strength is left out.`),
    );
  notes.push(...checkBases(task.loras, model));
  if (task.kind === 'generate' && task.negative !== undefined && task.negative !== '' && !takes.negative)
    notes.push(ignored('negative', `${model.label} takes no negative prompt.`));
  if (task.kind === 'edit') {
    if (task.mask !== undefined && !takes.mask)
      notes.push(refused('mask', `${model.label} takes no mask; choose a route that does, or unwire it.`));
    if (task.mask === undefined && model.needsMask)
      notes.push(
        refused(
          'mask',
          `${model.label} paints what a mask marks; use an Inpaint node, or choose another route.`,
        ),
      );
    if (task.mask !== undefined && takes.mask) notes.push(...checkMasked(task, task.mask, model));
    if (task.strength !== undefined && !takes.strength)
      notes.push(ignored('strength', `${model.label} takes no strength.`));
  }
  return notes;
}

/** What is kept by a mask is expected to stay as it is: also its size. */
function checkMasked({ images: [picture], size }: TaskOf<'edit'>, mask: Size, model: ModelSpec): TaskNote[] {
  if (picture === undefined) return [];
  const mismatch = maskMismatch(mask, picture);
  if (mismatch !== undefined) return [refused('mask', mismatch)];
  const notes: TaskNote[] = [];
  const scaling = maskScaling(mask, picture);
  if (scaling !== undefined) notes.push(adapted('mask', scaling));
  const isAnother = size.width !== picture.width || size.height !== picture.height;
  if (isAnother && model.takes.size !== false && picture.width > 0 && picture.height > 0)
    notes.push(
      adapted(
        'size',
        `The picture is ${picture.width} × ${picture.height} pixels; with ${model.label} it becomes ${size.width} × ${size.height}.`,
      ),
    );
  return notes;
}

function checkSize(size: Size, model: ModelSpec): TaskNote[] {
  const { width, height } = size;
  if (model.size === undefined || width === 0 || height === 0) return [];
  const answer = sizeAnswer(size, model);
  if (answer.sends === 'refused')
    return answer.faults.map((fault) =>
      refused('size', `${width} × ${height}: ${faultMessage(fault, model)}`),
    );
  if (answer.sends !== 'shape') return [];
  const asked = answer.tier === undefined ? answer.aspect : `${answer.aspect} at ${answer.tier}`;
  return [
    ignored('size', `${model.label} is asked for ${asked} only; how many pixels that has, it decides.`),
  ];
}

function faultMessage(fault: SizeFault, { label }: ModelSpec): string {
  switch (fault.limit) {
    case 'min-pixels':
      return `${label} needs at least ${millions(fault.of)}.`;
    case 'max-pixels':
      return `${label} makes at most ${millions(fault.of)}.`;
    case 'min-side':
      return `each side must be at least ${fault.of}.`;
    case 'max-side':
      return `each side may be at most ${fault.of}.`;
    case 'max-aspect':
      return `the longer side may be at most ${fault.of} times the shorter.`;
    case 'multiple-of':
      return `each side must be a multiple of ${fault.of}.`;
    case 'aspects':
      return `${label} makes ${fault.of.join(', ')} only.`;
  }
}
