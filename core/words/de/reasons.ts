import type { NodeMode } from '../../document/modes';
import type { Words } from '../words';

const modes: Record<NodeMode, string> = { mute: 'stumm', bypass: 'überbrückt' };

export const reasons: Words['reasons'] = {
  firstTime: 'noch nicht erzeugt',
  changed: {
    param: (name) => `„${name}“ geändert`,
    input: (name) => `Eingang „${name}“ geändert`,
    route: 'läuft jetzt woanders',
    take: 'neue Aufnahme verlangt',
    files: 'schreibt jetzt an einen anderen Ort',
    node: 'der Knoten arbeitet in dieser Version anders',
  },
  waitsFor: (nodes) => `wartet auf ${nodes}`,
  resultGone: 'schon erzeugt, aber die Dateien fehlen oder sind verändert',
  blockedBy: (nodes) => `blockiert durch ${nodes}`,
  pinned: 'angeheftet, bleibt unverändert',
  byGroup: (mode, groups) => `${modes[mode]} mit der Gruppe ${groups}`,
  waitsForChoice: 'wartet auf die Auswahl',
  waitsForChoiceAt: (nodes) => `wartet auf die Auswahl bei ${nodes}`,
  notPassedOn: (nodes, count) =>
    count === 1
      ? `${nodes} gibt einen anderen Eingang weiter`
      : `${nodes} geben einen anderen Eingang weiter`,
  leftOut: (nodes, count, mode) => {
    const are = count === 1 ? 'ist' : 'sind';
    return mode === 'mute'
      ? `braucht ${nodes}: ${are} stumm`
      : `braucht ${nodes}: ${are} überbrückt und ohne Passendes zum Weitergeben`;
  },
};
