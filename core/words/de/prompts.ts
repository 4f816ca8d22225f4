import type { Words } from '../words';

export const prompts: Words['prompts'] = {
  earlier: 'Frühere Prompts',
  command: 'Frühere Prompts …',
  open: (label) => `${label}: frühere Prompts (Alt ↓)`,
  search: 'In früheren Prompts suchen …',
  own: 'Dieses Workflows',
  others: 'Anderer Workflows',
  none: 'Noch kein Prompt ist gelaufen. Jeder, der läuft, ist danach hier zu finden.',
  nothing: 'Kein früherer Prompt enthält diese Worte.',
  reading: 'Die Läufe werden durchgesehen …',
  onlyInPrompt:
    'Platzhalter und Variablen füllt ein Knoten „Prompt“ aus; hier werden sie gesendet, wie sie dastehen.',
};
