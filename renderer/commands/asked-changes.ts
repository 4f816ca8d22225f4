/** Contents of files (sha256, or the path of one that is gone) about which a question was asked already. */
const asked = new Set<string>();

/** Whether nobody was asked about it yet; from now on somebody was. */
export function isFirstQuestion(content: string): boolean {
  if (asked.has(content)) return false;
  asked.add(content);
  return true;
}
