import type { Words } from '../words';

export const settings: Words['settings'] = {
  language: {
    label: 'Sprache',
    system: 'Wie das System',
    note: 'Meldungen der Dienste und alles im Terminal bleiben englisch.',
  },
};
