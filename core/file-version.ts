/**
 * Why a state of a workflow was kept. `saved`: it was written to the file. `autosaved`: edits that were not saved yet.
 * `elsewhere`: what another program or another Seedloom had written to the file.
 */
export const versionKinds = ['saved', 'autosaved', 'elsewhere'] as const;
export type VersionKind = (typeof versionKinds)[number];

/** One kept state of a workflow file. */
export interface FileVersion {
  /** Names it among the versions of its file. */
  id: string;
  /** ISO 8601, UTC. */
  at: string;
  kind: VersionKind;
  bytes: number;
  /** How many nodes it has. */
  nodes: number;
}

export interface VersionList {
  /** Newest first. */
  versions: FileVersion[];
  /** How many could not be read and were left out. */
  damaged: number;
  /** The folder they are in. */
  folder: string;
}

/** Who else has a workflow file open. */
export interface FileOwner {
  /** Name of the computer. */
  host: string;
  /** When it said so last; ISO 8601, UTC. */
  at: string;
}
