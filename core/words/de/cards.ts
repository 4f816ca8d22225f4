import type { Words } from '../words';

export const cards: Words['cards'] = {
  canvas: 'Workflow',
  drop: 'Bilder hier ablegen',
  controls: 'Ansicht',
  zoom: 'Zoom',
  wire: (from, to) => `Leitung von ${from} zu ${to}`,
  empty: {
    label: 'Hier ist noch nichts',
    title: 'Mit einem Knoten beginnen',
    press: 'Taste',
    text: 'drücken oder irgendwo doppelklicken. Bilder hier ablegen, um sie zu verwenden. Bis zum Ausführen wird nichts gesendet und nichts bezahlt.',
    addNode: 'Knoten hinzufügen',
    examples: 'oder ein Beispiel öffnen, kostenlos ausführbar',
  },

  state: {
    muted: 'stumm',
    bypassed: 'überbrückt',
    leftOut: 'ausgelassen',
    needsYou: 'braucht eine Angabe',
    blocked: 'blockiert',
    willRun: 'wird laufen',
    someWillRun: (steps) => (steps === 1 ? '1 wird laufen' : `${steps} werden laufen`),
    pinned: 'angeheftet, kostenlos',
    reused: 'wiederverwendet, kostenlos',
    made: 'erzeugt',
    madeSome: 'erzeugt, nicht alle',
    waiting: 'wartet',
    inLine: (place) => `wartet, Platz ${place}`,
    of: (ended, all) => `${ended} von ${all}`,
    running: 'läuft',
    collecting: 'bezahlt, wird abgeholt',
    failed: 'fehlgeschlagen',
    failedOf: (ended) => `fehlgeschlagen, ${ended} beendet`,
    doubt: 'vielleicht berechnet',
    held: 'zurückgehalten',
    skipped: 'nicht gelaufen',
  },
  pinned: (steps) => `${steps} angeheftet`,
  willCost: 'Was es kosten wird',

  name: 'Name des Knotens',
  runsOn: (provider, model) => `Läuft auf ${provider}, ${model}`,
  modes: {
    mute: { badge: 'Stumm', text: 'Läuft nicht und gibt nichts.' },
    bypass: { badge: 'Überbrückt', text: 'Läuft nicht; was hereinkommt, geht unverändert weiter.' },
  },
  items: (items) => `Gibt ${items} Werte`,
  portTip: (port, type, isList, isMissing) =>
    `${port}: ${type}${isList ? ', mehrere der Reihe nach' : ''}${isMissing ? ', nötig' : ''}`,

  well: {
    picture: (title, place, of) => `${title}, Bild ${place} von ${of}`,
    look: 'Bild ansehen',
    lookTip: 'Ansehen (Leertaste)',
    keep: 'Dieses Bild behalten',
    pinTip: 'Anheften: wird nie neu erzeugt (P)',
    unpinTip: 'Angeheftet: wird nie neu erzeugt. Lösen (P)',
    before: 'Voriges Bild',
    next: 'Nächstes Bild',
    arrived: (made, of) => `${made} von ${of} erzeugt`,
  },
  lora: {
    training: 'Training',
    trainingAt: (percent) => `Training, ${percent}`,
    none: 'Noch keine LoRA',
  },
  runAgain: 'Noch einmal ausführen',
  missing: 'Fehlende Bilder',
  unknown: (type) =>
    `Dieses Seedloom kennt die Art „${type}“ nicht. Sie bleibt in der Datei, wie sie ist; zum Ausführen Seedloom aktualisieren.`,
};
