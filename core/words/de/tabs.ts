import type { Words } from '../words';

export const tabs: Words['tabs'] = {
  called: ({ name, file }) => (file === undefined ? name : `${name} (${file})`),
  inFile: (file) => `in der Datei ${file}`,
  heading: 'Tabs',
  strip: 'Offene Workflows',
  edited: 'geändert',
  editedTip: 'Es gibt Änderungen, die nicht gespeichert sind',
  notSaved: 'Noch nicht gespeichert',
  renameTip: 'Doppelklick, um einen Namen zu geben',
  nameField: 'Name des Workflows',
  closeTab: (label) => `${label} schließen`,
  signs: {
    running: 'läuft',
    done: 'Lauf fertig',
    failed: 'Lauf gescheitert',
    answer: 'braucht eine Antwort',
  },

  all: (tabs) => `Alle ${tabs} offenen Workflows`,
  shown: 'angezeigt',

  newTab: 'Neuer Workflow',
  close: 'Tab schließen',
  reopen: 'Geschlossenen Tab wieder öffnen',
  next: 'Nächster Tab',
  previous: 'Voriger Tab',
  moveLeft: 'Tab nach links',
  moveRight: 'Tab nach rechts',
  rename: 'Workflow umbenennen',
  show: (number) =>
    number === 9 ? 'Letzten Tab zeigen' : number === 1 ? 'Tab 1 (… 8) zeigen' : `Tab ${number} zeigen`,

  saveTitle: (label) => `Änderungen an „${label}“ speichern?`,
  saveText: 'Der Tab wird geschlossen. Ohne Speichern gibt es die Änderungen nur, bis Seedloom endet.',
  save: 'Speichern',
  doNotSave: 'Nicht speichern',
  cancel: 'Abbrechen',

  changedTitle: (name) => `„${name}“ wurde von einem anderen Programm geändert`,
  changedText:
    'Gezeigt werden die ungespeicherten Änderungen, nicht diese Datei. Speichern fragt, bevor etwas überschrieben wird.',
  goneTitle: (name) => `„${name}“ ist nicht mehr da`,
  goneText: (path) => `Die Datei war offen, als Seedloom endete. Es fehlt: ${path}`,
};
