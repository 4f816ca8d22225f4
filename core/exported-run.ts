/** What was written of a run. */
export interface ExportedRun {
  /** The folder that was made. */
  path: string;
  pictures: number;
  /** sha256 of pictures that are not there any more. */
  missing: string[];
}
