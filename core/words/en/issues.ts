/** The list of problems. */
export const issues = {
  none: 'Nothing stands in the way',
  noneText: 'The workflow can run as it is.',
  toSolve: (problems: string) => `${problems} to solve before a run`,
  problem: 'Problem',
  warning: 'Warning',
  workflow: 'The workflow',
  startAndRun: 'Start and run…',
  runWhenUp: 'Run when it answers',
  pods: 'Pods',
};
