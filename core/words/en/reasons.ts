import type { NodeMode } from '../../document/modes';

/** Why a step will run, or cannot: the end of a line on cards, in the plan and in `seedloom plan`. */
export const reasons = {
  firstTime: 'not made yet',
  waitsFor: (nodes: string) => `waits for ${nodes}`,
  resultGone: 'made before, but its files are gone or altered',
  blockedBy: (nodes: string) => `blocked by ${nodes}`,
  pinned: 'pinned, kept as it is',
  fromBundle: 'came in the bundle, not made or paid for here',
  byGroup: (mode: NodeMode, groups: string) =>
    `${mode === 'mute' ? 'muted' : 'bypassed'} with the group ${groups}`,
  waitsForChoice: 'waits for your choice',
  waitsForChoiceAt: (nodes: string) => `waits for the choice at ${nodes}`,
  /** `count`: how many nodes are named. */
  notPassedOn: (nodes: string, count: number) =>
    `${nodes} ${count === 1 ? 'passes' : 'pass'} on another input`,
  leftOut: (nodes: string, count: number, mode: NodeMode) =>
    `needs ${nodes}, which ${count === 1 ? 'is' : 'are'} ${
      mode === 'mute' ? 'muted' : 'bypassed with nothing of the kind to pass on'
    }`,
  changed: {
    param: (name: string) => `"${name}" changed`,
    input: (name: string) => `its input "${name}" changed`,
    route: 'it runs elsewhere now',
    take: 'a new take was asked for',
    files: 'it writes to another place now',
    node: 'the node works differently in this version',
  },
};
