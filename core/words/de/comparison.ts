import type { Words } from '../words';

export const comparison: Words['comparison'] = {
  title: 'Zwei Läufe vergleichen',
  gone: 'Diese Läufe waren nicht zu lesen.',
  alike: 'Kein Unterschied',
  alikeText: (steps) =>
    steps === 1
      ? 'Der Schritt wurde aus demselben gemacht und endete gleich.'
      : `Alle ${steps} Schritte wurden aus demselben gemacht und endeten gleich.`,
  common: (same, different) =>
    `${same ?? 'Kein Schritt'} gemeinsam · ${different} ${different === 1 ? 'verschieden' : 'verschiedene'}`,
  andMore: (more) => `und ${more}`,
  workflow: 'Der Workflow',
  noStep: 'Kein Schritt ändert sich dadurch.',
  onlyIn: (side) => `nur in ${side}`,
  becauseOf: (node) => `wegen ${node}`,
  pictureIn: (step, side) => `${step} in ${side}`,
  noPicture: 'kein Bild',
  ends: {
    waiting: 'nicht begonnen',
    running: 'nicht zu Ende',
    collecting: 'nicht zu Ende',
    finished: 'fertig',
    reused: 'fertig',
    failed: 'gescheitert',
    skipped: 'nicht gelaufen',
    'in-doubt': 'ungewiss',
    held: 'zurückgehalten',
  },
  changes: {
    wires: (input) => `Leitungen an ${input}`,
    input: (input) => `anderer Inhalt an ${input}`,
    type: 'Art des Knotens',
    take: 'Aufnahme',
    price: 'Preis',
    route: 'Route',
    model: 'Modell',
    defaultRoute: (task) => `Standardroute für ${task}`,
    defaultModel: (task) => `Standardmodell für ${task}`,
    revision: 'Revision des Dienstes',
    version: 'Version des Knotens',
    asked: 'gefragt nach',
    node: (side) => `den Knoten gibt es nur in ${side}`,
    outFolder: 'schreibt in einen anderen Ordner',
    ended: (before, after) => `${before} in A, ${after} in B`,
    result: 'aus demselben gemacht, und anders herausgekommen',
    unknown: 'aus etwas anderem gemacht, das nicht mehr bekannt ist',
  },
};
