import type { NodeMode } from '../../document/modes';

const modes: Record<NodeMode, string> = { mute: 'muted', bypass: 'bypassed' };

/** Why a node will run, or cannot; names are lists joined by commas. */
export const reasons = {
  firstTime: 'not made yet',
  changed: {
    param: (name: string) => `"${name}" changed`,
    input: (name: string) => `its input "${name}" changed`,
    route: 'it runs elsewhere now',
    take: 'a new take was asked for',
    files: 'it writes to another place now',
    node: 'the node works differently in this version',
  },
  waitsFor: (nodes: string) => `waits for ${nodes}`,
  resultGone: 'made before, but its files are gone or altered',
  blockedBy: (nodes: string) => `blocked by ${nodes}`,
  pinned: 'pinned, kept as it is',
  byGroup: (mode: NodeMode, groups: string) => `${modes[mode]} with the group ${groups}`,
  waitsForChoice: 'waits for your choice',
  waitsForChoiceAt: (nodes: string) => `waits for the choice at ${nodes}`,
  notPassedOn: (nodes: string, count: number) =>
    `${nodes} ${count === 1 ? 'passes' : 'pass'} on another input`,
  leftOut: (nodes: string, count: number, mode: NodeMode) => {
    const are = count === 1 ? 'is' : 'are';
    return mode === 'mute'
      ? `needs ${nodes}, which ${are} muted`
      : `needs ${nodes}, which ${are} bypassed with nothing of the kind to pass on`;
  },
};
