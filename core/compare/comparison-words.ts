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

/** A change in a few words, without its place: `"seed": none → 5`. */
export function describeChange(change: Change, labelOf: (name: string) => string = (name) => name): string {
  switch (change.kind) {
    case 'param':
    case 'setting':
      return `${labelOf(change.name)}: ${change.before} → ${change.after}`;
    case 'wires':
      return `wires into ${labelOf(change.name)}: ${change.before} → ${change.after}`;
    case 'input':
      return `other content at ${labelOf(change.name)}: ${change.before} → ${change.after}`;
    case 'type':
      return `kind of node: ${change.before} → ${change.after}`;
    case 'take':
      return `take: ${change.before} → ${change.after}`;
    case 'price':
      return `price: ${change.before} → ${change.after}`;
    case 'route':
    case 'model':
      return `${change.task === undefined ? '' : `default for ${change.task}, `}${change.kind}: ${change.before} → ${change.after}`;
    case 'revision':
      return `the provider works differently: revision ${change.before} → ${change.after}`;
    case 'version':
      return `the node works differently: version ${change.before} → ${change.after}`;
    case 'asked':
      return `asked for: ${change.before} → ${change.after}`;
    case 'node':
      return `the node is ${inOne(change.in)}`;
    case 'step':
      return inOne(change.in);
    case 'out-folder':
      return 'it writes to another folder';
    case 'ended':
      return `${ends[change.before]} in A, ${ends[change.after]} in B${change.words === undefined ? '' : `: ${change.words}`}`;
    case 'result':
      return 'made from the same, and came out otherwise';
    case 'unknown':
      return 'made from something else, which is not known any more';
  }
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
