/** Notices and questions that commands bring up, and how a failure is told. */
export const notes = {
  details: 'Details',
  charge: {
    none: 'Nothing was charged.',
    possible: 'It may have been charged.',
    certain: 'It was charged.',
  },
  act: {
    user: 'This one is yours to mend.',
    wait: 'Time alone will mend it.',
    vendor: 'The service has to mend it.',
    us: 'This is a fault of Seedloom.',
  },
  noBridge: 'The window has lost its connection to the program. Close it and start again.',

  notOpened: (name: string, why: string) => `"${name}" was not opened. ${why}`,
  workIsBack: 'Your unsaved work is back',
  workIsBackText: 'Seedloom ended before it was saved.',
  /** A workflow that is called after a run of it. */
  runOf: (title: string, when: string) => `${title} (run of ${when})`,
  overwrite: 'Overwrite',
  saveAs: 'Save as…',
  nothingToPaste: 'There is nothing to paste',
  nothingToPasteText: 'Copy some nodes or a picture first.',
  savedAs: (path: string) => `Saved as ${path}`,
  copied: 'Picture copied',
  promptCopied: 'Prompt copied',
  notCopied: 'The clipboard could not be written',

  exported: (path: string) => `Exported to ${path}`,
  exportMissing: (pictures: number) => `${pictures} of its pictures could not be found any more.`,
  overBudget: 'The run stopped at the budget',
  overBudgetText: 'Raise the budget and run again: what is made is kept.',
  notFinished: 'The run is not finished',
  notFinishedText: 'A request may have been charged: see the marked card.',
  /** `title` is `undefined` where the run's name is not known. */
  couldNotRun: (title: string | undefined, why: string) =>
    `${title === undefined ? 'A run of the queue' : `“${title}”`} could not run. ${why}`,
  noNewTake: 'There is no new take to make',
  noNewTakeText: 'It is muted, bypassed or pinned.',
  queued: 'Queued',
  queuedText: (title: string) => `“${title}” runs when its turn comes, as it is now.`,

  podNotReady: (why: string) => `The run has not begun, and nothing was sent. ${why}`,
  podIs: (pod: string, phase: string) => `${pod} is ${phase}.`,
  podGone: 'The pod is gone.',
  notBegun: 'The run does not begin',
  notBegunText: (pod: string) => `${pod} goes on starting, and costs until it is stopped.`,

  stillWithGroup: (mode: 'mute' | 'bypass', groups: string) =>
    `Still ${mode === 'mute' ? 'muted' : 'bypassed'} with the group ${groups}`,
  /** `command`: its title. */
  changedBy: (command: string) => `“${command}” changes that.`,

  /** Buttons that open the settings where a failure is mended. */
  mends: { key: 'Set the key', address: 'Look at the address' },
};
