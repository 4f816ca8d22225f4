import { loraBases, sandboxBase } from '../lora/lora';
import type { ModelSpec } from '../provider';
import type { TrainLoraTask } from '../task';
import { bucketsOf } from '../training';
import type { LoraRef, Trained } from '../values';
import type { TaskNote } from './check-task';

const refused = (field: string, message: string): TaskNote => ({ effect: 'refused', field, message });

/** What stands in the way of a training, and what is done to its pictures. */
export function checkTraining(task: TrainLoraTask): TaskNote[] {
  const { images, captions, trigger, resolution } = task;
  const notes: TaskNote[] = [];
  if (images.length === 0)
    notes.push(refused('images', 'There is no picture to train on. Wire some; ten to thirty do well.'));
  if (captions.length > 1 && captions.length !== images.length)
    notes.push(
      refused(
        'captions',
        `${captions.length} captions for ${counted(images.length)}: give one for each picture in their order, one for all, or none.`,
      ),
    );
  if (trigger.trim() === '' && captions.every((caption) => caption.trim() === ''))
    notes.push(
      refused('trigger', 'Give a trigger word, or captions: without any word the LoRA cannot be called.'),
    );
  return [...notes, ...croppingNotes(images, resolution)];
}

function croppingNotes(images: TrainLoraTask['images'], resolution: number): TaskNote[] {
  const buckets = bucketsOf(images, resolution);
  const [first] = buckets;
  const isAsItIs = ({ width, height }: { width: number; height: number }) =>
    width === first?.size.width && height === first.size.height;
  const known = images.filter(({ width }) => width > 0);
  if (first === undefined || (buckets.length === 1 && known.every(isAsItIs))) return [];
  const parts = buckets.map(({ size, count }) => `${count} to ${size.width} × ${size.height}`);
  const enlarged = buckets.reduce((sum, bucket) => sum + bucket.enlarged, 0);
  const blurred =
    enlarged === 0
      ? ''
      : ` ${enlarged === 1 ? '1 is smaller than that and is' : `${enlarged} are smaller than that and are`} enlarged.`;
  return [
    {
      effect: 'adapted',
      field: 'images',
      message: `Pictures are scaled and cropped for the training: ${parts.join(', ')}.${blurred}`,
    },
  ];
}

/** LoRAs that were trained for other models than this one, as far as both are known. */
export function checkBases(loras: readonly LoraRef[], model: ModelSpec): TaskNote[] {
  if (rehearses(model)) return [];
  return loras.flatMap(({ trained }) => {
    if (trained === undefined) return [];
    const call = trained.trigger.trim() === '' ? 'A LoRA' : `The LoRA "${trained.trigger.trim()}"`;
    if (trained.base === sandboxBase)
      return [
        refused(
          'loras',
          `${call} comes from the sandbox and has learned nothing; train it on a real model before ${model.label} can use it.`,
        ),
      ];
    if (model.loraBase === undefined || model.loraBase === trained.base) return [];
    const base = loraBases[trained.base];
    return [
      refused(
        'loras',
        `${call} is trained for ${base} and does not fit ${model.label}. Choose a model of ${base}, or train it anew.`,
      ),
    ];
  });
}

/** It does as if it trained; no LoRA changes its pictures, so each is as good as another. */
function rehearses({ training, loraBase }: ModelSpec): boolean {
  return training !== undefined && loraBase === undefined;
}

/** What a LoRA is for that this model trains. */
export function trainedBase({ loraBase }: Pick<ModelSpec, 'loraBase'>): Trained['base'] {
  return loraBase ?? sandboxBase;
}

function counted(pictures: number): string {
  return pictures === 1 ? '1 picture' : `${pictures} pictures`;
}
