/** The first steps, for a new user. */
export const guide = {
  title: 'First steps',
  leave: 'Leave the first steps',
  progress: (done: number, all: number) => `${done} of ${all} done`,
  done: 'done',
  steps: {
    run: {
      title: 'Run it',
      text: 'The sandbox draws a stand-in picture: free, offline, in a second.',
      action: 'Run',
    },
    change: {
      title: 'Change a word, run again',
      text: 'Only what changed is made anew. All else is there already and costs nothing.',
      action: 'Go to the prompt',
    },
    route: {
      title: 'Choose where it runs',
      text: 'Each model node has a route: a service, or your own GPU. Prices and limits stand side by side.',
      action: 'Compare routes',
    },
    key: {
      title: 'Set a key',
      text: 'A service wants your own key. It is kept encrypted, and in no file that you share.',
      action: 'Open the keys',
    },
  },
  end: 'That is all it takes. The price is on the Run button before you press it.',
  close: 'Close',
  command: 'First steps',
};
