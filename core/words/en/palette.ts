/** The box in the middle of the window, and the help of keys. */
export const palette = {
  nodes: { title: 'Add a node', find: 'Add a node…', nothing: 'No node answers to that.' },
  commands: { title: 'Commands', find: 'Do something…', nothing: 'No command answers to that.' },
  takes: (type: string) => `takes ${type}`,
  gives: (type: string) => `gives ${type}`,
  file: 'file',
  groups: {
    source: 'Sources',
    model: 'Models',
    picture: 'Picture work',
    result: 'Results',
    flow: 'Flow',
    subgraph: 'Subgraphs',
    saved: 'My nodes',
    other: 'Other',
  },
  help: {
    title: 'Keys',
    mouse: 'Mouse',
    /** What the mouse does; between the parts of `keys` is a space. */
    gestures: {
      move: { title: 'Move the canvas', keys: 'drag wheel' },
      zoom: { title: 'Zoom', keys: 'Ctrl wheel' },
      select: { title: 'Select several', keys: 'Shift drag' },
      number: { title: 'Change a number', keys: 'drag ↔' },
      tenSteps: { title: 'Ten steps of a number', keys: 'Shift ↑' },
    },
  },
};
