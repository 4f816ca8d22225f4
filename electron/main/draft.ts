import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { WorkflowDocument } from '#core/document/schema';
import { serializeDocument } from '#core/document/serialize';
import { readJsonFile, writeJsonFile } from './json-file';

interface Draft {
  text: string;
  /** The file these edits belong to; `null` for a workflow that was never saved. */
  path: string | null;
}

export interface DraftFile {
  read(): Promise<Draft | undefined>;
  /** `null` forgets the kept edits. */
  keep(document: WorkflowDocument | null, path: string | null): Promise<void>;
}

const draftSchema = z.strictObject({ text: z.string(), path: z.string().nullable() });

/** Unsaved edits, in `draft.json` of the data folder, until they are saved or given up. */
export function openDraft(dataFolder: string): DraftFile {
  const file = join(dataFolder, 'draft.json');
  let writing: Promise<unknown> = Promise.resolve();
  return {
    async read() {
      const content = await readJsonFile(file, draftSchema);
      return content.state === 'read' ? content.value : undefined;
    },
    keep(document, path) {
      // In order: a late write must not bring back what was given up.
      const done = writing.then(() =>
        document === null
          ? rm(file, { force: true })
          : writeJsonFile(file, { text: serializeDocument(document), path }),
      );
      writing = done.catch(() => undefined);
      return done;
    },
  };
}
