import type { Words } from '../words';

export const viewer: Words['viewer'] = {
  place: (place, of) => `${place} von ${of}`,
  fit: 'Ganz',
  whole: 'Ganzes Bild (0)',
  oneToOne: 'Eins zu eins (1)',
  copy: 'Kopieren',
  saveAs: 'Speichern unter…',
  close: 'Schließen',
  before: 'Voriges Bild',
  next: 'Nächstes Bild',
  picture: (place) => `Bild ${place}`,
  missing: 'Dieses Bild ist nicht mehr im Speicher. Den Knoten noch einmal ausführen, um es zu erzeugen.',
  facts: {
    size: 'Größe',
    file: 'Datei',
    step: 'Schritt',
    price: 'Preis',
    took: 'Dauer',
    made: 'Erzeugt',
    by: 'Von',
  },
  reused: 'wiederverwendet, kostenlos',
};
