import type { Words } from '../words';

export const fields: Words['fields'] = {
  notAllowed: 'Dieser Wert ist hier nicht erlaubt.',
  wired: (node) => `Kommt über die Leitung von ${node}`,
  from: (node) => `von ${node}`,
  takeAway: 'Entfernen',
  color: {
    choose: (label) => `${label}: wählen`,
    wrong: 'Sechs Hex-Ziffern, etwa #8aa4ff.',
  },
  folder: {
    choose: 'Ordner wählen',
    chooseFor: (label) => `${label}: Ordner wählen`,
    change: (label, path) => `${label}: ${path}. Anderen wählen`,
    takeAway: 'Ordner entfernen',
  },
  picture: {
    choose: 'Bild wählen oder hier ablegen',
    chooseFor: (label) => `${label}: Bild wählen`,
    change: (label, file, place) => `${label}: ${file}, ${place}. Anderes wählen`,
    takeAway: 'Bild entfernen',
    stored: 'Im Speicher von Seedloom',
    beside: 'Neben dem Workflow',
  },
  lora: {
    choose: 'Aus der Liste wählen',
    chooseFor: (label) => `${label}: aus der Liste wählen`,
  },
  number: {
    needed: 'Hier ist eine Zahl nötig.',
    whole: 'Hier ist eine ganze Zahl nötig.',
    between: (least, most) => `Zwischen ${least} und ${most}.`,
  },
  seed: {
    none: 'Route wählt',
    letRoute: 'Der Route überlassen',
    letRouteSeed: 'Den Seed der Route überlassen',
    dice: 'Seed würfeln',
    wrong: (most) => `Eine ganze Zahl von 0 bis ${most}, oder leer.`,
  },
  size: {
    aspect: 'Seitenverhältnis',
    resolution: 'Auflösung',
    width: 'Breite in Pixeln',
    height: 'Höhe in Pixeln',
    swap: 'Breite und Höhe tauschen',
    asInput: 'Wie die Eingabe',
    isAsInput: 'So groß wie das erste Bild am Eingang',
    makeAsInput: 'So groß machen wie das erste Bild am Eingang',
  },
};
