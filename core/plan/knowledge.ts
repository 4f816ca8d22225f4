import type { Failure } from '../failure';
import type { LoraFacts } from '../lora/lora';
import type { FileRef } from '../param';
import type { ImageRef, Outputs } from '../values';
import type { CacheKeyParts } from './cache-key';

/** A finished step as the store has it. */
export interface StoredResult {
  outputs: Outputs;
  /** US dollars when it was made. */
  price: number;
  /** ISO date and time. */
  at: string;
  /** It came with the workflow in a bundle: it was neither made nor paid for here. */
  bundled?: true;
}

/** What the plan may know: answers at once, changes nothing. The engine gives it from its store. */
export interface Knowledge {
  /** sha256 of a text, in lower-case hex. */
  hash(text: string): string;
  /** A result whose pictures are all there and, for a node that writes files, whose files are still as written. */
  result(key: string): StoredResult | undefined;
  /** What made the last finished step at this place in this workflow, to say what changed since. */
  previous(node: string, index: number, copy: number): CacheKeyParts | undefined;
  /** A picture file the document refers to. */
  file(ref: FileRef): ImageRef | Failure;
  /** The pictures of a folder by name order. */
  folder(path: string): ImageRef[] | Failure;
  /** Whether a picture with this hash is in the store. */
  picture(hash: string): boolean;
  /** The person's own price of one picture on a route (`provider/model`), US dollars. */
  price(route: string): number | undefined;
  /** Where nodes that write files write to when they name no folder of their own. */
  outFolder: string;
  /** Why pictures of this computer cannot be given a link; `undefined` when the chosen image host has all it needs. */
  imageHostTrouble(): Failure | undefined;
  /** What is known of a LoRA file where a provider's models run; `undefined` for one that was never asked for. */
  lora(provider: string, name: string): LoraFacts | undefined;
}
