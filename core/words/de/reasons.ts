import type { Words } from '../words';

export const reasons: Words['reasons'] = {
  firstTime: 'noch nicht erzeugt',
  waitsFor: (nodes) => `wartet auf ${nodes}`,
  resultGone: 'schon erzeugt, aber die Dateien fehlen oder sind verändert',
  blockedBy: (nodes) => `blockiert durch ${nodes}`,
  pinned: 'angeheftet, bleibt wie es ist',
  fromBundle: 'aus dem Paket, nicht hier erzeugt oder bezahlt',
  byGroup: (mode, groups) => `${mode === 'mute' ? 'stumm' : 'überbrückt'} mit der Gruppe ${groups}`,
  waitsForChoice: 'wartet auf die Auswahl',
  waitsForChoiceAt: (nodes) => `wartet auf die Auswahl bei ${nodes}`,
  notPassedOn: (nodes, count) => `${nodes} ${count === 1 ? 'gibt' : 'geben'} einen anderen Eingang weiter`,
  leftOut: (nodes, _count, mode) =>
    mode === 'mute'
      ? `braucht etwas von ${nodes} (stumm)`
      : `braucht etwas von ${nodes} (überbrückt, ohne Passendes zum Weitergeben)`,
  changed: {
    param: (name) => `„${name}“ geändert`,
    input: (name) => `Eingang „${name}“ geändert`,
    route: 'läuft jetzt woanders',
    take: 'eine neue Aufnahme ist verlangt',
    files: 'schreibt jetzt an einen anderen Ort',
    node: 'der Knoten arbeitet in dieser Version anders',
  },
};
