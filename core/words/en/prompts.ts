/** Prompts: their marks, and the earlier ones. */
export const prompts = {
  earlier: 'Earlier prompts',
  command: 'Earlier prompts…',
  open: (label: string) => `${label}: earlier prompts (Alt ↓)`,
  search: 'Find in earlier prompts…',
  own: 'Of this workflow',
  others: 'Of other workflows',
  none: 'No prompt was run yet. Each one that is run can be found here.',
  nothing: 'No earlier prompt has these words.',
  reading: 'Looking through the runs…',
  onlyInPrompt: 'Wildcards and variables are filled in by a Prompt node; here they are sent as written.',
};
