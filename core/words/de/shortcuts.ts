import type { Words } from '../words';

export const shortcuts: Words['shortcuts'] = {
  tab: 'Tasten',
  lead: 'Jeder Befehl kann eigene Tasten haben. Eine Taste, die schon vergeben ist, verliert der andere Befehl.',
  filter: 'Befehl oder Taste suchen',
  nothing: 'Dazu gibt es keinen Befehl.',
  none: 'Keine Taste',
  add: (command) => `Taste für ${command} hinzufügen`,
  addShort: 'Neu',
  remove: (keys, command) => `${keys} von ${command} entfernen`,
  reset: (command) => `Ursprüngliche Tasten von ${command}`,
  resetShort: 'Zurücksetzen',
  resetAll: 'Alle zurücksetzen',
  press: 'Tasten drücken, oder Escape',
  taken: (keys, command) => `${keys} gehört zu „${command}“.`,
  takeOver: 'Übernehmen',
  leave: 'Lassen',
  refused: (keys) =>
    `${keys} wird gebraucht, um sich im Fenster zu bewegen. Eine andere Taste wählen, oder eine mit Strg.`,
  change: 'Tasten ändern…',
};
