import type { Words } from '../words';

export const notes: Words['notes'] = {
  details: 'Einzelheiten',
  charge: {
    none: 'Es wurde nichts berechnet.',
    possible: 'Es wurde vielleicht berechnet.',
    certain: 'Es wurde berechnet.',
  },
  act: {
    user: 'Das lässt sich hier beheben.',
    wait: 'Das gibt sich mit der Zeit.',
    vendor: 'Das muss der Dienst beheben.',
    us: 'Das ist ein Fehler von Seedloom.',
  },
  noBridge: 'Das Fenster hat die Verbindung zum Programm verloren. Bitte schließen und neu starten.',

  notOpened: (name, why) => `„${name}“ wurde nicht geöffnet. ${why}`,
  workIsBack: 'Die nicht gespeicherte Arbeit ist wieder da',
  workIsBackText: 'Seedloom endete, bevor sie gespeichert war.',
  runOf: (title, when) => `${title} (Lauf vom ${when})`,
  overwrite: 'Überschreiben',
  saveAs: 'Speichern unter…',
  nothingToPaste: 'Es gibt nichts einzufügen',
  nothingToPasteText: 'Zuerst Knoten oder ein Bild kopieren.',
  savedAs: (path) => `Gespeichert als ${path}`,
  copied: 'Bild kopiert',
  promptCopied: 'Prompt kopiert',
  notCopied: 'Die Zwischenablage ließ sich nicht beschreiben',

  exported: (path) => `Exportiert nach ${path}`,
  exportMissing: (pictures) =>
    pictures === 1
      ? '1 seiner Bilder war nicht mehr zu finden.'
      : `${pictures} seiner Bilder waren nicht mehr zu finden.`,
  overBudget: 'Der Lauf hat am Budget angehalten',
  overBudgetText: 'Budget erhöhen und noch einmal ausführen: Was erzeugt ist, bleibt.',
  notFinished: 'Der Lauf ist nicht fertig',
  notFinishedText: 'Eine Anfrage wurde vielleicht berechnet: siehe die markierte Karte.',
  couldNotRun: (title, why) =>
    `${title === undefined ? 'Ein Lauf der Warteschlange' : `„${title}“`} konnte nicht laufen. ${why}`,
  noNewTake: 'Hier gibt es keine neue Aufnahme',
  noNewTakeText: 'Stumm, überbrückt oder angeheftet.',
  queued: 'In der Warteschlange',
  queuedText: (title) => `„${title}“ läuft so, wie es jetzt ist, sobald es an der Reihe ist.`,

  podNotReady: (why) => `Der Lauf hat nicht begonnen, gesendet wurde nichts. ${why}`,
  podIs: (pod, phase) => `${pod}: ${phase}.`,
  podGone: 'Der Pod ist nicht mehr da.',
  notBegun: 'Der Lauf beginnt nicht',
  notBegunText: (pod) => `${pod} startet weiter und kostet, bis er gestoppt wird.`,

  stillWithGroup: (mode, groups) =>
    `Mit der Gruppe ${groups} weiter ${mode === 'mute' ? 'stumm' : 'überbrückt'}`,
  changedBy: (command) => `„${command}“ ändert das.`,

  mends: { key: 'Schlüssel setzen', address: 'Adresse ansehen' },
};
