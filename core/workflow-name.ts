/** A title nobody chose: what a new workflow has, in the file as in memory. */
const unset = new Set(['', 'untitled']);

/** Letters and digits alone: "Product scenes" and "product-scenes" say the same. */
const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** Whether somebody gave the workflow this title. */
export function isTitled(title: string): boolean {
  return !unset.has(title.trim().toLowerCase());
}

/**
 * What a workflow is called wherever it is named: its title, or the name of its file (without folder and ending) while it has no
 * title of its own. `file` is there where the file is called otherwise by more than its spelling, to stand beside it.
 */
export function workflowName(title: string, file: string | null): { name: string; file?: string } {
  if (file === null) return { name: title };
  if (!isTitled(title)) return { name: file };
  return plain(title) === plain(file) ? { name: title } : { name: title, file };
}
