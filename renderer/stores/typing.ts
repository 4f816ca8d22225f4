/** So many changes of a text in one step are enough to lose at once: the next end of a word ends it. */
const enough = 24;

/**
 * Whether a text that was changed stands at the end of an undo step: a sentence was ended, or a word once the step has become
 * long. `joined`: changes the step has so far.
 */
export function endsStep(before: unknown, after: unknown, joined: number): boolean {
  if (typeof before !== 'string' || typeof after !== 'string') return false;
  const [typed, last] = inserted(before, after);
  if (typed.length === 0 || typed.trim() !== '') return false;
  // A space with which somebody goes on after a sentence begins the next one.
  const isBeginning = joined <= 1;
  return typed.includes('\n') || (/[.!?;:,]/.test(last) && !isBeginning) || joined >= enough;
}

/** What was put in, and the sign before it. */
function inserted(before: string, after: string): [typed: string, last: string] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let same = 0;
  const most = Math.min(before.length, after.length) - start;
  while (same < most && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  return [after.slice(start, after.length - same), after[start - 1] ?? ''];
}
