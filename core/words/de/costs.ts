import type { Words } from '../words';

export const costs: Words['costs'] = {
  pictures: 'Bilder',
  howMany: 'Wie viele Bilder',
  comparedWith: 'verglichen mit',
  reference: 'Die Route, mit der verglichen wird',
  columns: {
    route: 'Route',
    each: 'Je Bild',
    once: 'Start und Leerlauf',
    first: 'Erstes Bild',
    from: 'Günstiger ab',
  },
  foot: (refusing, routes) =>
    `Oben die günstigste Route im schlechtesten Fall und die günstigste, die nach Zeit kostet. Der eigene Computer steht zuletzt, wo er nichts kostet. Nicht dabei: kostenlose Dienste${
      refusing === 0 ? '' : ` und ${routes}, auf denen dieser Knoten so nicht liefe`
    }.`,
  cheapest: 'am günstigsten',
  pod: (pod) => `Pod ${pod}`,
  notKnown: 'unbekannt',
  never: 'nie',
  atBest: (from) => `bestenfalls ${from}`,
  neverCheaper: (other) => `Nie günstiger als ${other}: Die Zeit für ein Bild kostet ebenso viel oder mehr.`,
  from: {
    neverAtWorst: (other, pictures) =>
      `Günstiger als ${other} bestenfalls ab ${dative(pictures)}, schlimmstenfalls nie.`,
    atBest: (other, pictures) => `Günstiger als ${other} bestenfalls ab ${dative(pictures)}.`,
    certain: (other, pictures) => `Günstiger als ${other} ab ${dative(pictures)}.`,
    between: (other, best, worst) =>
      `Günstiger als ${other} bestenfalls ab ${dative(best)}, sicher ab ${dative(worst)}.`,
  },
  isCheapest: (route, pictures, total) => `${route} ist für ${pictures} am günstigsten: ${total}.`,
  mayBeCheapest: (route, pictures, total) =>
    `${route} ist für ${pictures} vielleicht am günstigsten: ${total}.`,
  notes: {
    'no-price':
      'Was der Computer pro Stunde kostet, ist unbekannt: in den Einstellungen angeben, 0 für den eigenen.',
    'not-known-pod': 'Start und Leerlauf kommen dazu: Kein Pod, der hier bekannt ist, hat diese Adresse.',
    'never-idle': 'Er stoppt nicht von selbst: Die Zeit im Leerlauf kommt dazu.',
    'worker-start': 'Start und Leerlauf eines Workers kommen dazu; wie lange, ist unbekannt.',
  },
  basis: {
    prices: 'nach Bildern',
    ownPrice: 'eigener Preis',
    receipts: (jobs) => `nach ${jobs} ${jobs === 1 ? 'Auftrag' : 'Aufträgen'} hier`,
    usualTime: 'nach üblicher Zeit',
  },
  startUp: { up: 'er läuft', seen: 'wie die Starts hier dauerten', said: 'laut Anbieter' },
};

/** "3 Bilder" → "3 Bildern". */
function dative(pictures: string): string {
  return pictures.replace(/Bilder$/, 'Bildern');
}
