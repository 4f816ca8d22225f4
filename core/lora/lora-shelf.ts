import type { FreeTools } from '../provider';
import type { LoraFacts, LoraFile } from './lora';

/** The LoRAs where a provider's models run. Every question is free and may be asked again; all may throw a `FailureError`. */
export interface LoraShelf {
  list(tools: FreeTools): Promise<LoraFile[]>;
  /** What its header says; `undefined` where that cannot be had. */
  facts(file: LoraFile, tools: FreeTools): Promise<LoraFacts | undefined>;
  /** A picture of what it does, as a picture file; `undefined` where there is none. */
  preview?(file: LoraFile, tools: FreeTools): Promise<Uint8Array | undefined>;
}
