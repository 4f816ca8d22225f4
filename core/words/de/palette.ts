import type { Words } from '../words';

export const palette: Words['palette'] = {
  nodes: {
    title: 'Knoten hinzufügen',
    find: 'Knoten hinzufügen…',
    nothing: 'Dazu gibt es keinen Knoten.',
  },
  commands: { title: 'Befehle', find: 'Befehl suchen…', nothing: 'Dazu gibt es keinen Befehl.' },
  takes: (type) => `nimmt ${type}`,
  gives: (type) => `gibt ${type}`,
  file: 'Datei',
  groups: {
    source: 'Quellen',
    model: 'Modelle',
    picture: 'Bildbearbeitung',
    result: 'Ergebnisse',
    flow: 'Ablauf',
    subgraph: 'Untergraphen',
    saved: 'Meine Knoten',
    other: 'Sonstiges',
  },
  help: {
    title: 'Tasten',
    mouse: 'Maus',
    gestures: {
      move: { title: 'Arbeitsfläche verschieben', keys: 'Ziehen Rad' },
      zoom: { title: 'Zoomen', keys: 'Strg Rad' },
      select: { title: 'Mehrere auswählen', keys: 'Umschalt Ziehen' },
      number: { title: 'Zahl ändern', keys: 'Ziehen ↔' },
      tenSteps: { title: 'Zehn Schritte einer Zahl', keys: 'Umschalt ↑' },
    },
  },
};
