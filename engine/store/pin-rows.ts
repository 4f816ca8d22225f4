import { z } from 'zod';
import { everyNode } from '#core/document/every-node';
import type { WorkflowDocument } from '#core/document/schema';
import { storedFiles } from '#core/values';
import { parsed, type Store } from './store';

const hashesSchema = z.array(z.string());

/**
 * The pictures that workflows have pinned, as they stood when each was last planned here: a clean-up leaves them alone
 * also when the workflow's file is closed.
 */
export class PinRows {
  readonly #rows;
  /** What was last written for each workflow, so that a plan without news writes nothing. */
  readonly #known = new Map<string, string>();

  constructor(private readonly store: Store) {
    this.#rows = store.table<unknown, string>('pins');
  }

  /** Takes the pins of a workflow in. */
  async note(document: WorkflowDocument): Promise<void> {
    const hashes = pinnedHashes(document);
    const text = hashes.join(' ');
    if (text === (this.#known.get(document.id) ?? this.#hashes(document.id).join(' '))) return;
    await this.store.together(() => {
      if (hashes.length > 0) void this.#rows.put(document.id, hashes);
      else void this.#rows.remove(document.id);
    });
    this.#known.set(document.id, text);
  }

  /** The hashes of all pinned pictures. */
  *all(): Generator<string> {
    for (const { value } of this.#rows.getRange({})) yield* parsed(hashesSchema, value) ?? [];
  }

  #hashes(documentId: string): string[] {
    return parsed(hashesSchema, this.#rows.get(documentId)) ?? [];
  }
}

function pinnedHashes(document: WorkflowDocument): string[] {
  const hashes = new Set<string>();
  for (const { pins = {} } of everyNode(document))
    for (const outputs of Object.values(pins)) for (const { hash } of storedFiles(outputs)) hashes.add(hash);
  return [...hashes].sort();
}
