/** The strip of tabs, and what is said when one opens or closes. */
export const tabs = {
  called: ({ name, file }: { name: string; file?: string }) =>
    file === undefined ? name : `${name} (${file})`,
  inFile: (file: string) => `in the file ${file}`,
  heading: 'Tabs',
  strip: 'Open workflows',
  edited: 'edited',
  editedTip: 'There are changes that are not saved',
  notSaved: 'Not saved yet',
  renameTip: 'Double click to name it',
  nameField: 'Name of the workflow',
  /** A small cross. */
  closeTab: (label: string) => `Close ${label}`,
  /** What a tab says of its run. */
  signs: { running: 'running', done: 'run done', failed: 'run failed', answer: 'needs an answer' },

  /** The menu of all tabs, where they do not fit. */
  all: (tabs: number) => `All ${tabs} open workflows`,
  shown: 'shown',

  newTab: 'New workflow',
  close: 'Close tab',
  reopen: 'Reopen the closed tab',
  next: 'Next tab',
  previous: 'Previous tab',
  moveLeft: 'Move tab left',
  moveRight: 'Move tab right',
  rename: 'Rename the workflow',
  show: (number: number) =>
    number === 9 ? 'Show the last tab' : number === 1 ? 'Show tab 1 (… 8)' : `Show tab ${number}`,

  saveTitle: (label: string) => `Save the changes to “${label}”?`,
  saveText: 'The tab closes. Without saving, its changes are only there until Seedloom ends.',
  save: 'Save',
  doNotSave: 'Don’t save',
  cancel: 'Cancel',

  changedTitle: (name: string) => `“${name}” was changed by another program`,
  changedText: 'Your unsaved changes are shown, not that file. Saving asks before it overwrites anything.',
  goneTitle: (name: string) => `“${name}” is not there any more`,
  goneText: (path: string) => `It was open when Seedloom ended. Missing: ${path}`,
};
