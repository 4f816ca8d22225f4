import type { StepState } from '../run';
import type { Cause, Change, Comparison, Side } from './comparison';

const ends: Record<StepState, string> = {
  waiting: 'not begun',
  running: 'not at its end',
  collecting: 'not at its end',
  finished: 'done',
  reused: 'done',
  failed: 'failed',
  skipped: 'not run',
  'in-doubt': 'in doubt',
  held: 'held back',
};

const inOne = (side: Side) => `only in ${side.toUpperCase()}`;

/** What a change is about, in a few words: `seed`, `wires into image`, `done in A, failed in B`. */
export function nameChange(change: Change, labelOf: (name: string) => string = (name) => name): string {
  switch (change.kind) {
    case 'param':
    case 'setting':
      return labelOf(change.name);
    case 'wires':
      return `wires into ${labelOf(change.name)}`;
    case 'input':
      return `other content at ${labelOf(change.name)}`;
    case 'type':
      return 'kind of node';
    case 'take':
    case 'price':
      return change.kind;
    case 'route':
    case 'model':
      return change.task === undefined ? change.kind : `default ${change.kind} for ${change.task}`;
    case 'revision':
      return 'revision of the provider';
    case 'version':
      return 'version of the node';
    case 'asked':
      return 'asked for';
    case 'node':
      return `the node is ${inOne(change.in)}`;
    case 'step':
      return inOne(change.in);
    case 'out-folder':
      return 'it writes to another folder';
    case 'ended':
      return `${ends[change.before]} in A, ${ends[change.after]} in B`;
    case 'result':
      return 'made from the same, and came out otherwise';
    case 'unknown':
      return 'made from something else, which is not known any more';
  }
}

/** A change with its values, without its place: `seed: none → 5`. */
export function describeChange(change: Change, labelOf?: (name: string) => string): string {
  const name = nameChange(change, labelOf);
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
