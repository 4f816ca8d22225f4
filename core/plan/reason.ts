import type { NodeMode } from '../document/modes';
import { keyDifferences, type CacheKeyParts, type Difference } from './cache-key';

/** Why a step will run, or cannot. */
export type Reason =
  | { code: 'first-time' }
  | { code: 'changed'; differences: Difference[] }
  /** An input is not made yet, by these nodes. */
  | { code: 'waits-for'; nodes: string[] }
  /** The same was made before, but its pictures or files are gone or altered. */
  | { code: 'result-gone' }
  | { code: 'blocked-by'; nodes: string[] }
  /** The result is kept as it is, whatever its params, inputs and route say. */
  | { code: 'pinned' }
  /** Not by itself: by the groups of these titles. */
  | { code: 'by-group'; mode: NodeMode; groups: string[] }
  /** What only these nodes would give is needed; `mode` is theirs. */
  | { code: 'left-out'; nodes: string[]; mode: NodeMode }
  /** A person has to choose at these nodes first; none: at this very one. */
  | { code: 'waits-for-choice'; nodes: string[] }
  /** Only these nodes would need it, and they are set to pass on another input. */
  | { code: 'not-passed-on'; nodes: string[] };

/** Compared with what stood at the same place when it last finished. */
export function reasonToRun(previous: CacheKeyParts | undefined, now: CacheKeyParts): Reason {
  if (previous === undefined) return { code: 'first-time' };
  const differences = keyDifferences(previous, now);
  return differences.length === 0 ? { code: 'result-gone' } : { code: 'changed', differences };
}

function describeDifference(difference: Difference): string {
  switch (difference.part) {
    case 'param':
      return `"${difference.name}" changed`;
    case 'input':
      return `its input "${difference.name}" changed`;
    case 'route':
      return 'it runs elsewhere now';
    case 'take':
      return 'a new take was asked for';
    case 'files':
      return 'it writes to another place now';
    case 'node':
      return 'the node works differently in this version';
  }
}

const modeWords: Record<NodeMode, string> = { mute: 'muted', bypass: 'bypassed' };

/** A reason in a few words, for cards and `seedloom plan`. */
export function describeReason(reason: Reason): string {
  switch (reason.code) {
    case 'first-time':
      return 'not made yet';
    case 'changed':
      return reason.differences.map(describeDifference).join(', ');
    case 'waits-for':
      return `waits for ${reason.nodes.join(', ')}`;
    case 'result-gone':
      return 'made before, but its files are gone or altered';
    case 'blocked-by':
      return `blocked by ${reason.nodes.join(', ')}`;
    case 'pinned':
      return 'pinned, kept as it is';
    case 'by-group':
      return `${modeWords[reason.mode]} with the group ${reason.groups.join(', ')}`;
    case 'waits-for-choice':
      return reason.nodes.length === 0
        ? 'waits for your choice'
        : `waits for the choice at ${reason.nodes.join(', ')}`;
    case 'not-passed-on':
      return `${reason.nodes.join(', ')} ${reason.nodes.length === 1 ? 'passes' : 'pass'} on another input`;
    case 'left-out': {
      const nodes = reason.nodes.join(', ');
      const are = reason.nodes.length === 1 ? 'is' : 'are';
      return reason.mode === 'mute'
        ? `needs ${nodes}, which ${are} muted`
        : `needs ${nodes}, which ${are} bypassed with nothing of the kind to pass on`;
    }
  }
}
