import { loraBases, sandboxBase } from '#core/lora/lora';
import { isLoraRef, type LoraRef, type Outputs } from '#core/values';
import { count, figure, fileSize } from './format';
import { words } from './words';

/** All LoRAs among outputs, in order. */
export function lorasOf(outputs: Outputs | undefined): LoraRef[] {
  return Object.values(outputs ?? {}).flatMap((items) => items.filter(isLoraRef));
}

export interface LoraWords {
  /** What it is called by: its trigger word, else its file. */
  title: string;
  file: string;
  /** "1500 steps", "rank 16", … as far as they are known. */
  facts: string[];
  /** What it can be used with. */
  fits: string | undefined;
}

export function describeLora({ name, strength, file, trained }: LoraRef): LoraWords {
  const facts: string[] = [];
  if (trained !== undefined)
    facts.push(
      count(trained.pictures, 'picture'),
      count(trained.steps, 'step'),
      words.look.lora.rank(trained.rank),
    );
  if (file !== undefined) facts.push(fileSize(file.bytes));
  if (strength !== 1) facts.push(words.look.lora.strength(figure(strength)));
  const base = trained?.base;
  return {
    title: trained?.trigger.trim() || name,
    file: name,
    facts,
    fits:
      base === undefined
        ? undefined
        : base === sandboxBase
          ? words.look.lora.rehearsal
          : words.look.lora.fits(loraBases[base]),
  };
}
