import type { Words } from '../words';

export const background: Words['background'] = {
  goesOn: 'Der Lauf geht weiter',
  goesOnText:
    'Seedloom arbeitet ohne Fenster weiter. Neu gestartet zeigt es den Lauf; danach endet es von selbst.',
  progress: (ended, steps, waiting) =>
    `${ended} von ${steps} Schritten${waiting === 0 ? '' : `, ${waiting} in der Warteschlange`}`,
  ended: {
    done: 'Fertig',
    failed: 'Mit einem Fehler beendet',
    waiting: 'Wartet auf eine Antwort',
    'over-budget': 'Am Budget angehalten',
    cancelled: 'Abgebrochen',
  },
  endedText: (title, spent) => `${title}: ${spent}`,
  open: 'Seedloom öffnen',
  quit: 'Anhalten und beenden',
};
