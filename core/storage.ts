/** Files of the data folder: how many, and their bytes. */
export interface StorageUse {
  count: number;
  bytes: number;
}

/** What uses the data folder. */
export interface StorageReport {
  folder: string;
  /** Pictures of results. */
  results: StorageUse;
  /** Pictures taken in from files or pasted, that are no result as well. */
  takenIn: StorageUse;
  /** Pictures the database does not know, such as those of a database that was damaged. */
  others: StorageUse;
  /** Small copies; made again when they are needed. */
  previews: StorageUse;
  database: StorageUse;
  /** Set aside because it was damaged. */
  damaged: StorageUse;
  /** Of writes that were cut. */
  leftOver: StorageUse;
  /** All of it. */
  bytes: number;
}

export interface StorageProgress {
  checked: number;
  of: number;
}

/** What a look at every picture has found. */
export interface VerifyReport {
  checked: StorageUse;
  /** Pictures that are not what they were, by what they are; they were set aside. */
  damaged: { hash: string; use: 'result' | 'taken-in' | 'other' }[];
  /** Where they are now. */
  folder: string;
  database: 'sound' | 'damaged';
  /** Whether it was stopped before the end. */
  isStopped: boolean;
}

/** What a clean-up has removed, or would remove. */
export interface CleanUpReport {
  isDryRun: boolean;
  /** Results that are not there any more; their history stays. */
  results: number;
  pictures: StorageUse;
  previews: StorageUse;
  leftOver: StorageUse;
  /** All that was freed. */
  bytes: number;
  /** Results that stay although they are old enough, because something needs them. */
  needed: number;
}
