import type { Words } from '../words';

export const shelf: Words['shelf'] = {
  label: (input) => `${input}, in der Reihenfolge ihrer Nummern`,
  length: (pictures, most) => `${pictures} von ${most}`,
  empty:
    'Bilder hier ablegen, einfügen oder hierher leiten: Das erste ist „Bild 1“ im Prompt, das nächste „Bild 2“.',
  emptyShort: 'Bilder ablegen oder einfügen',
  command: 'Referenzbilder hinzufügen …',
  add: 'Bilder hinzufügen',
  addTip: 'Bilddateien wählen. Bilder lassen sich hier auch ablegen oder einfügen.',
  image: (number) => `Bild ${number}`,
  from: (node) => `von ${node}`,
  file: (name) => `Datei ${name}`,
  past: (route, most) => `über der Grenze: ${route} nimmt ${most}`,
  keys: 'Leertaste zum Anheben, Pfeiltasten zum Bewegen, Entf zum Entfernen',
  takeAway: (number) => `Bild ${number} entfernen`,
  tooMany: (route, most, there, over) =>
    `${route} nimmt ${most}, hier sind ${there}. ${over} entfernen oder eine andere Route wählen.`,
  isThere: 'Es ist schon bei diesen Referenzen',
  nothingToPaste: 'Kein Bild zum Einfügen',
  nothingToPasteText: 'Erst ein Bild oder Bilddateien kopieren.',
  movable: 'Bild, das sich bewegen lässt',
  instructions:
    'Leertaste hebt ein Bild an, Pfeiltasten bewegen es, Leertaste legt es ab, Escape lässt es, wo es war. Entf entfernt es.',
  lifted: (name, place, of) => `${name} angehoben, Platz ${place} von ${of}`,
  over: (name, place, of) => `${name} rückt auf Platz ${place} von ${of}`,
  placed: (name, place, of) => `${name} abgelegt auf Platz ${place} von ${of}`,
  left: (name) => `${name} bleibt, wo es war`,
};
