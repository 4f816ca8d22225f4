import { z } from 'zod';

/** Which workflows were open and how they were looked at: kept on this machine, so that the next start shows the same. */

/** What is seen of a workflow: how far it is moved, in pixels, and how large it is drawn. */
export const viewportSchema = z.strictObject({ x: z.number(), y: z.number(), zoom: z.number().positive() });
export type Viewport = z.infer<typeof viewportSchema>;

/** The graph, or the form of somebody who never sees it. */
const viewSchema = z.enum(['graph', 'form']);
export type View = z.infer<typeof viewSchema>;

/** The id of a tab names a file: nothing but a UUID will do. */
export const tabIdSchema = z.uuid();

const keptTabSchema = z.strictObject({
  id: tabIdSchema,
  /** `null`: the workflow is in no file, only in a draft. */
  path: z.string().min(1).nullable(),
  /** `null`: it was not looked at yet. */
  viewport: viewportSchema.nullable(),
  /** Left out: it was not shown yet, and is shown as the workflow wants it. */
  view: viewSchema.optional(),
});

export const keptSessionSchema = z.strictObject({
  /** In the order of the strip. */
  tabs: z.array(keptTabSchema),
  shown: tabIdSchema.nullable(),
  drawer: z.string().nullable(),
  inspector: z.boolean(),
  /** The person opened or closed it; otherwise the width of the window decided. */
  inspectorChosen: z.boolean().optional(),
  minimap: z.boolean(),
  /** The window went in order; without it what comes back comes back after a crash. */
  ended: z.boolean(),
});
export type KeptSession = z.infer<typeof keptSessionSchema>;

/** A tab as it is brought back. */
export interface RestoredTab {
  id: string;
  path: string | null;
  name: string;
  text: string;
  /** sha256 of the file's bytes when it was last read or written here; `null` when that is not known. */
  seen: string | null;
  /** The text is not what the file holds. */
  edited: boolean;
  viewport: Viewport | null;
  view?: View | undefined;
}

export interface RestoredSession extends Omit<KeptSession, 'tabs'> {
  tabs: RestoredTab[];
  /** Files that were open and are not there any more. */
  gone: string[];
}
