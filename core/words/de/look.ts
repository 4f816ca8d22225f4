import type { Words } from '../words';

export const look: Words['look'] = {
  close: 'Schließen',
  cancel: 'Abbrechen',
  doubt: {
    resend: (requests) => (requests === 1 ? 'Noch einmal senden' : `${requests} noch einmal senden`),
    giveUp: 'Aufgeben',
  },
  picture: { gone: 'Dieses Bild ist nicht mehr da', missing: (alt) => `${alt}: fehlt` },
  lora: {
    rank: (rank) => `Rang ${rank}`,
    strength: (strength) => `Stärke ${strength}`,
    rehearsal: 'Eine Probe: gelernt hat sie nichts',
    fits: (base) => `Für ${base}`,
  },
  loss: {
    label: 'Loss',
    noNumber: 'Loss: keine einzige Zahl',
    words: (first, last, lowest) => `Loss: am Anfang ${first}, am Ende ${last}, am niedrigsten ${lowest}`,
    gaps: (missing, points) => `; an ${missing} von ${points} Punkten keine Zahl`,
    spoilt: 'Der Loss endete nicht als Zahl: Die LoRA ist wohl verdorben. Mit kleinerer Lernrate trainieren.',
  },
};
