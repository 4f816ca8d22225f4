/** Builds the parts that are out of date. */
export function buildStale(names?: readonly string[], options?: { quiet?: boolean }): Promise<string[]>;

/** The path of the file that a part's build starts from. */
export function builtFile(name: string): string;
