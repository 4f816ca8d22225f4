import type { Words } from '../words';

export const receipts: Words['receipts'] = {
  title: 'Belege',
  gone: 'Dieser Lauf war nicht zu lesen.',
  none: 'Keine Belege',
  noneText: 'Kein Dienst hat für diesen Lauf etwas gemacht.',
  paidNothing: 'Dieser Lauf hat nichts gekostet: Jedes Ergebnis war da.',
  paid: 'Von diesem Lauf bezahlt',
  unsaidNote: 'Sagt ein Dienst nicht, was er berechnet hat, zählt in seiner Summe der eigene Preis.',
  reused: 'Wiederverwendet, von einem früheren Lauf bezahlt',
  bundled: (steps) =>
    `${steps === 1 ? '1 Ergebnis kam' : `${steps} Ergebnisse kamen`} in einem Paket: weder hier erzeugt noch bezahlt, also ohne Beleg.`,
  columns: {
    step: 'Schritt',
    madeBy: 'Gemacht von',
    request: 'Anfrage',
    ours: 'Eigener Preis',
    services: 'Laut Dienst',
  },
  sum: 'Summe',
  notSaid: 'nicht gesagt',
  actions: {
    openAsItWas: 'Öffnen, wie er war',
    compare: 'Vergleichen…',
    receipts: 'Belege',
    export: 'Exportieren…',
  },
  comparing: {
    runs: 'Läufe',
    chooseTwo: 'Zwei Läufe wählen',
    chooseAnother: 'Noch einen Lauf wählen',
    begin: 'Zwei vergleichen',
    cancel: 'Abbrechen',
  },
};
