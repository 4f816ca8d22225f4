import type { Words } from '../words';

export const settings: Words['settings'] = {
  language: {
    label: 'Sprache',
    system: 'Wie das System',
    note: 'Meldungen der Dienste und alles im Terminal bleiben englisch.',
  },
  greyRoom: {
    label: 'Grauraum',
    note: 'Der Grauraum legt ein neutrales Mittelgrau um jedes Bild, um Farben zu beurteilen.',
  },
};
