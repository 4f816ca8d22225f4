import type { Words } from '../words';

export const issues: Words['issues'] = {
  none: 'Nichts steht im Weg',
  noneText: 'Der Workflow kann laufen, wie er ist.',
  toSolve: (problems) => `${problems} vor einem Lauf zu lösen`,
  problem: 'Problem',
  warning: 'Warnung',
  workflow: 'Der Workflow',
  startAndRun: 'Starten und ausführen…',
  runWhenUp: 'Ausführen, sobald er antwortet',
  pods: 'Pods',
};
