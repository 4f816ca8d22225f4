import type { Words } from '../words';

export const wires: Words['wires'] = {
  portOf: (port, node) => `${port} von ${node}`,
  port: {
    name: (side, port, node, missing, count) => {
      const standing = count === 0 ? 'nicht verbunden' : count === 1 ? 'verbunden' : `${count} Leitungen`;
      return `${side === 'input' ? 'Eingang' : 'Ausgang'} ${port} von ${node}, ${missing ? 'nötig, ' : ''}${standing}`;
    },
  },
  nothingFits: (side, type) =>
    side === 'output'
      ? `Kein Anschluss hier nimmt ${type}. Eingabetaste bietet passende Knoten an, Escape bricht ab.`
      : `Kein Anschluss hier gibt ${type}. Eingabetaste bietet passende Knoten an, Escape bricht ab.`,
  taken: (port, fits) =>
    `Leitung an ${port}. ${fits === 1 ? '1 Anschluss passt' : `${fits} Anschlüsse passen`}: Pfeiltasten wählen, Eingabetaste verbindet, Escape bricht ab.`,
  aimed: (port, place, of) => `${port}, ${place} von ${of}. Eingabetaste verbindet.`,
  connected: (from, to) => `${from} führt zu ${to}.`,
  letGo: 'Keine Leitung gezogen.',
  unplugged: (count) =>
    count === 0
      ? 'Hier ist keine Leitung.'
      : count === 1
        ? 'Leitung entfernt.'
        : `${count} Leitungen entfernt.`,
  noPorts: (side, node) =>
    side === 'output' ? `${node} gibt nichts weiter` : `${node} nimmt nichts über eine Leitung`,
  noCard: 'Kein Knoten gewählt.',
  noCardThere: 'Kein Knoten in dieser Richtung.',
  bothGive: 'Beide geben; es fehlt ein Eingang',
  bothTake: 'Beide nehmen; es fehlt ein Ausgang',
  bend: (place, of) => `Punkt ${place} von ${of} der Leitung`,
  bendHint: 'Ziehen; Doppelklick oder Entf entfernt ihn',
  intoWire: 'in die Leitung, wo es passt',
  commands: {
    addAfter: 'Knoten hinter dem gewählten hinzufügen…',
    start: 'Leitung vom Knoten ziehen',
    startInput: 'Leitung zum Knoten ziehen',
    next: 'Nächste Leitung des Knotens',
    replug: 'Ende der Leitung an anderen Eingang',
    replugStart: 'Anfang der Leitung an anderen Ausgang',
    bend: 'Leitung biegen',
    straighten: 'Leitung begradigen',
    around: 'Leitungen um Karten herum, oder nicht',
    goTo: {
      left: 'Zur Karte links',
      right: 'Zur Karte rechts',
      up: 'Zur Karte darüber',
      down: 'Zur Karte darunter',
    },
    goAlong: {
      left: 'Leitung entlang zum Knoten davor',
      right: 'Leitung entlang zum Knoten danach',
      up: 'Zum oberen Knoten an denselben Leitungen',
      down: 'Zum unteren Knoten an denselben Leitungen',
    },
  },
};
