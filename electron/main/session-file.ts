import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { serializeDocument } from '#core/document/serialize';
import { userFailure, type Failure } from '#core/failure';
import type { OpenedWorkflow } from '#core/file-calls';
import type { BridgeInput } from '#core/ipc';
import {
  keptSessionSchema,
  tabIdSchema,
  type KeptSession,
  type RestoredSession,
  type RestoredTab,
} from '#core/session';
import { readJsonFile, writeJsonFile } from './json-file';
import { nameOf } from './workflow-files';

export interface SessionFile {
  /** The workflow files that were open. */
  paths: readonly string[];
  /** What was open, as it is now; `undefined` when nothing was. `read` gives `undefined` for a file that is gone. */
  restore(read: (path: string) => Promise<OpenedWorkflow | undefined>): Promise<RestoredSession | undefined>;
  keep(session: KeptSession): Promise<void>;
  keepDraft(draft: BridgeInput<'workflow.keepDraft'>): Promise<void>;
}

const draftSchema = z.strictObject({
  text: z.string(),
  path: z.string().nullable(),
  name: z.string(),
  seen: z.string().nullable(),
  edited: z.boolean(),
});
type Draft = z.infer<typeof draftSchema>;

/** The one draft of earlier versions. */
const singleDraftSchema = z.strictObject({ text: z.string(), path: z.string().nullable() });

const freshWindow = { shown: null, drawer: null, inspector: true, minimap: false, ended: false };

/**
 * What is open, in `session.json` of the data folder, and a draft of each workflow that is in no file as it is, in
 * `drafts`. A draft the session does not name comes back too: nothing that was kept is left lying.
 */
export async function openSession(
  dataFolder: string,
  onTrouble: (failure: Failure) => void,
): Promise<SessionFile> {
  const sessionPath = join(dataFolder, 'session.json');
  const draftFolder = join(dataFolder, 'drafts');
  const draftPath = (tab: string) => join(draftFolder, `${tab}.json`);
  let writing: Promise<unknown> = Promise.resolve();
  /** In order: a late write must not bring back what was given up. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = writing.then(work);
    writing = done.catch(() => undefined);
    return done;
  };

  async function read<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
    const content = await readJsonFile(path, schema);
    if (content.state === 'damaged') onTrouble(damage(path, content.keptAs));
    return content.state === 'read' ? content.value : undefined;
  }

  async function readDrafts(): Promise<Map<string, Draft>> {
    const names = await readdir(draftFolder).catch(() => []);
    const tabs = names
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.slice(0, -'.json'.length))
      .filter((tab) => tabIdSchema.safeParse(tab).success);
    const drafts = new Map<string, Draft>();
    for (const tab of tabs.sort()) {
      const draft = await read(draftPath(tab), draftSchema);
      if (draft !== undefined) drafts.set(tab, draft);
    }
    return drafts;
  }

  async function takeSingleDraft(): Promise<void> {
    const path = join(dataFolder, 'draft.json');
    const old = await read(path, singleDraftSchema);
    if (old === undefined) return;
    const name = old.path === null ? 'Untitled' : nameOf(old.path);
    const draft: Draft = { ...old, name, seen: null, edited: true };
    await writeJsonFile(draftPath(randomUUID()), draft);
    await rm(path, { force: true });
  }

  await takeSingleDraft();
  const [atStart, draftsAtStart] = [await read(sessionPath, keptSessionSchema), await readDrafts()];
  const paths = [...(atStart?.tabs ?? []), ...draftsAtStart.values()].flatMap(({ path }) => path ?? []);

  return {
    paths: [...new Set(paths)],

    restore: (readWorkflow) =>
      inTurn(async () => {
        const session = await read(sessionPath, keptSessionSchema);
        const drafts = await readDrafts();
        const tabs: RestoredTab[] = [];
        const gone: string[] = [];
        for (const { id, path, viewport, view } of session?.tabs ?? []) {
          const draft = drafts.get(id);
          drafts.delete(id);
          if (draft !== undefined) tabs.push({ id, viewport, view, ...draft });
          if (draft !== undefined || path === null) continue;
          const opened = await readWorkflow(path);
          if (opened === undefined) gone.push(path);
          else tabs.push({ id, viewport, view, ...opened, edited: false });
        }
        for (const [id, draft] of drafts) tabs.push({ id, viewport: null, ...draft });
        if (tabs.length === 0 && gone.length === 0) return undefined;
        return { ...freshWindow, ...session, tabs, gone };
      }),

    keep: (session) => inTurn(() => writeJsonFile(sessionPath, session)),

    keepDraft: ({ tab, document, ...place }) =>
      inTurn(() =>
        document === null
          ? rm(draftPath(tab), { force: true })
          : writeJsonFile(draftPath(tab), { text: serializeDocument(document), ...place }),
      ),
  };
}

function damage(path: string, keptAs: string): Failure {
  return userFailure(
    'damaged-session',
    'What was open could not be read whole, and was set aside. Workflows saved in files are not touched.',
    `${path} → ${keptAs}`,
  );
}
