import type { subgraphs as english } from '../en/subgraphs';

const counted = (count: number, one: string, many: string) => (count === 1 ? `1 ${one}` : `${count} ${many}`);

export const subgraphs: typeof english = {
  untitled: 'Untergraph',
  refused: 'Daraus wird kein Untergraph',
  whyRefused: {
    nothing: () => 'Erst die Knoten wählen, die hinein sollen.',
    between: (names) => `${names} liegt dazwischen. Ebenfalls wählen.`,
    'unknown-type': (names) => `Was ${names} nimmt und gibt, ist diesem Seedloom nicht bekannt.`,
  },
  noPin: 'Ein Untergraph hat kein eigenes Ergebnis zum Anheften',
  noPinWhy: 'Öffnen und die Knoten darin anheften.',
  make: 'Untergraph bilden',
  open: 'Untergraph öffnen',
  leave: 'Untergraph verlassen',
  unpack: 'Untergraph auflösen',
  save: 'Als Knoten sichern',
  saved: (title) => `„${title}“ ist bei den eigenen Knoten`,
  replace: (title) => `Eigenen Knoten „${title}“ ersetzen?`,
  replaceText: 'Einen dieses Namens gibt es schon. Abläufe, die ihn benutzen, behalten, was sie haben.',
  replaceAction: 'Ersetzen',
  removeCommand: (title) => `Eigenen Knoten entfernen: ${title}`,
  remove: (title) => `Eigenen Knoten „${title}“ entfernen?`,
  removeText: 'Abläufe, die ihn benutzen, behalten, was sie haben.',
  removeAction: 'Entfernen',
  path: 'Ort im Ablauf',
  toWorkflow: (title) => `Zurück zu „${title}“`,
  pathOff: { mute: 'stumm', bypass: 'übergangen' },
  title: 'Name des Untergraphen',
  openHere: 'Öffnen',
  unpackHere: 'Auflösen',
  used: (count) => `Steht an ${counted(count, 'Stelle', 'Stellen')}; eine Änderung im Inneren gilt für alle.`,
  parts: (count) => counted(count, 'Knoten darin', 'Knoten darin'),
  inputs: 'Eingänge',
  outputs: 'Ausgänge',
  inputsHint:
    'Was in den Untergraphen kommt. Für einen weiteren Eingang eine Leitung von einer Karte hierher ziehen.',
  outputsHint:
    'Was der Untergraph gibt. Für einen weiteren Ausgang eine Leitung von einer Karte hierher ziehen.',
  addPort: 'Weiterer',
  noPorts: 'Noch keine.',
  portName: (name) => `Name von ${name}`,
  removePort: (name) => `${name} entfernen`,
  expose: (label) => `„${label}“ am Untergraphen zeigen`,
  unexpose: (label) => `„${label}“ nicht mehr am Untergraphen zeigen`,
};
