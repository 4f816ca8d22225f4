import type { Words } from '../words';

export const move: Words['move'] = {
  title: 'Zweig verlegen',
  action: (nodes) => `${nodes} verlegen`,
  what: 'Was verlegt wird',
  where: 'Wohin verlegt wird',
  to: 'Nach',
  paidByTime: 'Nach Zeit bezahlt',
  paidByPicture: 'Nach Bildern bezahlt',
  needsKey: 'Schlüssel fehlt',
  nothing: 'Es gibt nichts zu verlegen.',
  sumNotKnown: 'Was alle Bilder kosten, ist noch unbekannt.',
  madeAnew: (pictures) => `${pictures}, neu gemacht:`,
  becomes: 'dann',
  note: 'Jeder Knoten behält seine Einstellungen; ein Schritt „Rückgängig“ holt alles zurück.',
  noteTimed: 'Ein Start des Computers und sein Leerlauf sind einmal in der Summe, wo sie bekannt sind.',
  by: (task) => `${task} mit`,
  modelFor: (task) => `Das Modell für ${task}`,
  picturesNotKnown: 'Bilder noch unbekannt',
  priceNotKnown: 'Preis unbekannt',
  stays: 'bleibt',
  noRoute: 'keine Route',
  isThere: 'Ist schon dort.',
  cannot: 'Nichts dort kann das. Er bleibt, wo er ist.',
  scopes: {
    given: (title, nodes) => (title === undefined ? capital(nodes) : `Nur „${title}“`),
    after: (title, nodes) =>
      title === undefined ? `${capital(nodes)} und alle danach` : `„${title}“ und alle danach`,
    all: 'Jeder Knoten, der ein Modell fragt',
    task: (task) => `Jeder Knoten „${task}“`,
  },
};

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
