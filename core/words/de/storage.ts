import type { Words } from '../words';

export const storage: Words['storage'] = {
  looking: 'Sieht nach…',
  inFolder: (folder) => `in ${folder}`,
  uses: {
    results: { name: 'Ergebnisse', note: 'Bilder, die gemacht wurden' },
    takenIn: { name: 'Eigene Bilder', note: 'Aus Dateien und eingefügt; Aufräumen lässt sie da' },
    others: { name: 'Unbekannte Bilder', note: 'Nicht in der Datenbank; Aufräumen lässt sie da' },
    previews: { name: 'Vorschauen', note: 'Werden bei Bedarf neu gemacht' },
    database: { name: 'Datenbank', note: 'Verlauf, Belege, Budgets' },
    damaged: { name: 'Beschädigt', note: 'Beiseitegelegt, nie gelöscht' },
    leftOver: { name: 'Reste', note: 'Von abgebrochenem Schreiben' },
  },
  verify: {
    title: 'Jedes Bild prüfen',
    note: 'Vergleicht jedes mit dem, was gespeichert wurde. Ein beschädigtes wird beiseitegelegt und bei Bedarf neu gemacht.',
    action: 'Prüfen',
    stop: 'Anhalten',
    damagedPages: 'Die Datenbank hat beschädigte Seiten: den Datenordner sichern.',
    damaged: (damaged, seen, folder) =>
      `Geprüft: ${seen}. Beschädigt und nach ${folder} beiseitegelegt: ${damaged}. ` +
      'Ergebnisse werden neu gemacht, wenn ein Lauf sie braucht, zu ihrem Preis.',
    stopped: (seen) => `Angehalten. Geprüft: ${seen}; bisher nichts beschädigt.`,
    whole: (seen) => `Geprüft: ${seen}. Alles ist, wie es gemacht wurde.`,
  },
  cleanUp: {
    title: 'Aufräumen',
    note: 'Entfernt Ergebnisse samt Bildern. Was dieser Workflow, ein offener Lauf oder eine Anheftung braucht, bleibt, ebenso der Verlauf. Ein entferntes Ergebnis kostet seinen Preis noch einmal.',
    which: 'Welche Ergebnisse',
    byAge: 'Nach Alter',
    bySize: 'Nach Größe, am längsten ungenutzte zuerst',
    notUsedFor: (days) => `seit ${days} Tagen ungenutzt`,
    ofAnyAge: 'jeden Alters',
    beyond: (gigabytes) => `was ${gigabytes} GB übersteigt`,
    action: 'Aufräumen…',
    remove: (size) => `${size} entfernen`,
    nothing: 'Es gibt nichts zu entfernen.',
    kept: (needed, results) => `${needed === 1 ? 'Es bleibt' : 'Es bleiben'}, weil gebraucht: ${results}.`,
    leftOverFiles: 'Reste',
    would: (what, size) => `Würde entfernen: ${what}, ${size}.`,
    did: (what, size) => `Entfernt: ${what}, ${size}.`,
  },
};
