/** Wires, ports, and moving over the canvas by keyboard. */
export const wires = {
  portOf: (port: string, node: string) => `${port} of ${node}`,
  /** How a port stands, read aloud behind its name. */
  port: {
    name: (side: 'input' | 'output', port: string, node: string, missing: boolean, wires: number) => {
      const standing = wires === 0 ? 'not connected' : wires === 1 ? 'connected' : `${wires} wires`;
      return `${side === 'input' ? 'Input' : 'Output'} ${port} of ${node}, ${missing ? 'required, ' : ''}${standing}`;
    },
  },
  nothingFits: (side: 'input' | 'output', type: string) =>
    side === 'output'
      ? `No port here takes ${type}. Enter offers nodes that do, Escape leaves.`
      : `No port here gives ${type}. Enter offers nodes that do, Escape leaves.`,
  taken: (port: string, fits: number) =>
    `Wire at ${port}. ${fits === 1 ? '1 port fits' : `${fits} ports fit`}: arrow keys go over them, Enter connects, Escape leaves.`,
  aimed: (port: string, place: number, of: number) => `${port}, ${place} of ${of}. Enter connects.`,
  connected: (from: string, to: string) => `${from} goes to ${to}.`,
  letGo: 'No wire drawn.',
  unplugged: (wires: number) =>
    wires === 0 ? 'No wire is here.' : wires === 1 ? 'Wire removed.' : `${wires} wires removed.`,
  noPorts: (side: 'input' | 'output', node: string) =>
    side === 'output' ? `${node} gives nothing to wire` : `${node} takes nothing by wire`,
  noCard: 'No node is chosen.',
  noCardThere: 'No node that way.',
  bothGive: 'Both give; a wire needs a taker',
  bothTake: 'Both take; a wire needs a giver',
  bend: (place: number, of: number) => `Point ${place} of ${of} of the wire`,
  bendHint: 'Drag it; double click or Delete takes it away',
  intoWire: 'into the wire, where it fits',
  commands: {
    addAfter: 'Add a node behind the chosen one…',
    start: 'Draw a wire from the node',
    startInput: 'Draw a wire to the node',
    next: 'Next wire of the node',
    replug: 'Take the end of the wire to another input',
    replugStart: 'Take the start of the wire to another output',
    bend: 'Bend the wire',
    straighten: 'Straighten the wire',
    around: 'Wires around cards, or not',
    goTo: {
      left: 'Go to the card on the left',
      right: 'Go to the card on the right',
      up: 'Go to the card above',
      down: 'Go to the card below',
    },
    goAlong: {
      left: 'Go along the wire to the node before',
      right: 'Go along the wire to the node after',
      up: 'Go to the node above on the same wires',
      down: 'Go to the node below on the same wires',
    },
  },
};
