import { z } from 'zod';
import { documentSchema } from './document/schema';
import type { FileOwner, VersionList } from './file-version';

/** The part of the bridge that is about workflow files: versions, owners, bundles, templates, pictures that carry a graph. */

const path = z.string().min(1);
const nothing = z.strictObject({});
const placed = { document: documentSchema, path: path.nullable() };

export const fileCalls = {
  /** The files opened or saved lately, and whether they are there. */
  'workflow.recent': nothing,
  /** The workflow files that are open here; those in `taken` although somebody else has them open. */
  'workflow.own': z.strictObject({ paths: z.array(path), taken: z.array(path) }),
  /** Whether a file is still what it was when it was read or last written here. */
  'workflow.look': z.strictObject({ path, seen: z.string().nullable() }),

  /** The graph that made a picture file, as a new workflow. */
  'workflow.fromPicture': z.strictObject({ file: path }),
  /** Asks where and writes the workflow with all pictures it names into one file. */
  'bundle.export': z.strictObject({ ...placed, suggestedName: z.string(), results: z.boolean() }),

  /** The examples and the person's own templates. */
  'template.list': nothing,
  'template.open': z.strictObject({ id: z.string().max(200) }),
  /** Keeps the workflow as a template of one's own; `picture` is the hash of what stands for it. */
  'template.save': z.strictObject({ ...placed, title: z.string().max(200), picture: z.string().nullable() }),
  'template.rename': z.strictObject({ id: z.string().max(200), title: z.string().min(1).max(200) }),
  'template.remove': z.strictObject({ id: z.string().max(200) }),

  /** The earlier states of a workflow file. */
  'version.list': z.strictObject({ path }),
  'version.read': z.strictObject({ path, id: z.string().max(200) }),
  /** Keeps a state as a version before something takes its place. */
  'version.keep': z.strictObject({ document: documentSchema, path }),
};

export interface OpenedWorkflow {
  /** `null` for an example: it has to be saved under a name. */
  path: string | null;
  name: string;
  text: string;
  /** sha256 of the file's bytes. */
  seen: string;
  /** Somebody else has it open too. */
  owner?: FileOwner;
}

/** `changed`: by another program or another Seedloom. */
export type FileLook = { state: 'same' | 'gone' } | { state: 'changed'; workflow: OpenedWorkflow };

/** What was written into a bundle. */
export interface ExportedBundle {
  path: string;
  pictures: number;
  results: number;
  bytes: number;
  /** What the workflow names and what is not there any more. */
  missing: string[];
}

/** A workflow to begin with. */
export interface Template {
  /** `example/name`, or `own/…`. */
  id: string;
  own: boolean;
  title: string;
  /** One line, from the workflow's own note; `''` for none. */
  about: string;
  /** Whether all its models run on this computer at no cost, as they are set. */
  free: boolean;
  nodes: number;
  /** A picture as a data address; `null` for none. */
  picture: string | null;
}

/** A workflow file opened or saved lately. */
export interface RecentFile {
  path: string;
  /** When; ISO 8601, UTC. `null` where an older version did not write it down. */
  at: string | null;
  /** Whether it is there now. */
  there: boolean;
}

export interface FileCallOutputs {
  'workflow.own': null;
  'workflow.look': FileLook;
  'version.list': VersionList;
  'version.read': { text: string };
  'version.keep': null;
  'workflow.recent': RecentFile[];
  'workflow.fromPicture': OpenedWorkflow;
  'bundle.export': ExportedBundle | null;
  'template.list': Template[];
  'template.open': OpenedWorkflow;
  'template.save': Template;
  'template.rename': null;
  'template.remove': null;
}
