import type { NodeMode } from '../document/modes';
import { en } from '../words/en/en';
import type { Words } from '../words/words';
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
  /** The result came with the workflow in a bundle: neither made nor paid for here. */
  | { code: 'from-bundle' }
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

function describeDifference(difference: Difference, { changed }: Words['reasons']): string {
  const { part } = difference;
  return part === 'param' || part === 'input' ? changed[part](difference.name) : changed[part];
}

/** A reason in a few words, for cards and `seedloom plan`. */
export function describeReason(reason: Reason, { reasons }: Words = en): string {
  switch (reason.code) {
    case 'first-time':
      return reasons.firstTime;
    case 'changed':
      return reason.differences.map((difference) => describeDifference(difference, reasons)).join(', ');
    case 'waits-for':
      return reasons.waitsFor(reason.nodes.join(', '));
    case 'result-gone':
      return reasons.resultGone;
    case 'blocked-by':
      return reasons.blockedBy(reason.nodes.join(', '));
    case 'pinned':
      return reasons.pinned;
    case 'from-bundle':
      return reasons.fromBundle;
    case 'by-group':
      return reasons.byGroup(reason.mode, reason.groups.join(', '));
    case 'waits-for-choice':
      return reason.nodes.length === 0
        ? reasons.waitsForChoice
        : reasons.waitsForChoiceAt(reason.nodes.join(', '));
    case 'not-passed-on':
      return reasons.notPassedOn(reason.nodes.join(', '), reason.nodes.length);
    case 'left-out':
      return reasons.leftOut(reason.nodes.join(', '), reason.nodes.length, reason.mode);
  }
}
