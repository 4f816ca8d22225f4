import type { Words } from '../words';

export const runs: Words['runs'] = {
  none: {
    title: 'Noch keine Läufe',
    text: 'Auf „Ausführen“ drücken. Jeder Lauf bleibt hier, mit seinen Ergebnissen und Kosten.',
  },
  all: 'Alle Läufe',
  look: (place, title) => `Bild ${place} von ${title} ansehen`,
  unreadable: 'Dieser Lauf ließ sich nicht lesen.',
  running: 'Läuft',
  outcomes: {
    done: 'Fertig',
    failed: 'Fehlgeschlagen',
    waiting: 'Wartet auf eine Antwort',
    'over-budget': 'Am Budget angehalten',
    cancelled: 'Abgebrochen',
  },
  states: {
    waiting: 'wartet',
    running: 'läuft',
    collecting: 'bezahlt, wird abgeholt',
    finished: 'erzeugt',
    reused: 'wiederverwendet, kostenlos',
    failed: 'fehlgeschlagen',
    skipped: 'nicht gelaufen',
    'in-doubt': 'ungewiss: vielleicht berechnet',
    held: 'zurückgehalten',
  },
  held: 'Wurde zurückgehalten.',
  heldFor: {
    budget:
      'Nicht gesendet: Es könnte mehr kosten, als von einem Budget übrig ist (Einstellungen, Allgemein). Budget erhöhen und noch einmal ausführen.',
    vendor:
      'Es wird beim Dienst vielleicht noch fertig und von selbst wieder abgefragt. Ein zweites Mal gesendet wird es nicht.',
  },
  charges: { none: 'Nicht berechnet.', possible: 'Vielleicht berechnet.', certain: 'Berechnet.' },
  times: (pictures, reason) => `${pictures} Bilder: ${reason}`,
};
