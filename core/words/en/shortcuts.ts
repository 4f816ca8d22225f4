/** The keys of commands, in the settings. */
export const shortcuts = {
  tab: 'Shortcuts',
  lead: 'Every command can have keys of its own. A key that is taken from another command leaves that one.',
  filter: 'Find a command or a key',
  nothing: 'No command answers to that.',
  none: 'No key',
  add: (command: string) => `Add a key for ${command}`,
  addShort: 'Add',
  remove: (keys: string, command: string) => `Take ${keys} from ${command}`,
  reset: (command: string) => `Back to the first keys of ${command}`,
  resetShort: 'Reset',
  resetAll: 'Reset all',
  press: 'Press the keys, or Escape',
  taken: (keys: string, command: string) => `${keys} belongs to “${command}”.`,
  takeOver: 'Take it',
  leave: 'Leave it',
  refused: (keys: string) =>
    `${keys} is needed to move through the window. Choose another key, or one with Ctrl.`,
  change: 'Change keys…',
};
