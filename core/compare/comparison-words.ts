import { en } from '../words/en/en';
import type { Words } from '../words/words';
import type { Cause, Change, Comparison, Side } from './comparison';

const sideNames: Readonly<Record<Side, 'A' | 'B'>> = { a: 'A', b: 'B' };

/** What a change is about, in a few words: `seed`, `wires into image`, `done in A, failed in B`. */
export function nameChange(
  change: Change,
  labelOf: (name: string) => string = (name) => name,
  words: Words = en,
): string {
  const { changes, ends, onlyIn } = words.comparison;
  switch (change.kind) {
    case 'param':
    case 'setting':
      return labelOf(change.name);
    case 'wires':
      return changes.wires(labelOf(change.name));
    case 'input':
      return changes.input(labelOf(change.name));
    case 'route':
      return change.task === undefined ? changes.route : changes.defaultRoute(change.task);
    case 'model':
      return change.task === undefined ? changes.model : changes.defaultModel(change.task);
    case 'node':
      return changes.node(sideNames[change.in]);
    case 'step':
      return onlyIn(sideNames[change.in]);
    case 'out-folder':
      return changes.outFolder;
    case 'ended':
      return changes.ended(ends[change.before], ends[change.after]);
    default:
      return changes[change.kind];
  }
}

/** A change with its values, without its place: `seed: none → 5`. */
export function describeChange(change: Change, labelOf?: (name: string) => string, words?: Words): string {
  const name = nameChange(change, labelOf, words);
  if (change.kind === 'ended') return change.words === undefined ? name : `${name}: ${change.words}`;
  return 'before' in change ? `${name}: ${change.before} → ${change.after}` : name;
}

/** Where the change is, then what it is. */
export function describeCause(
  { node, change }: Cause,
  titleOf: (node: string) => string = (id) => id,
): string {
  return `${node === undefined ? 'The workflow' : titleOf(node)}: ${describeChange(change)}`;
}

/** Whether nothing differs. */
export function isAlike({ causes, steps }: Comparison): boolean {
  return causes.length === 0 && steps.length === 0;
}
