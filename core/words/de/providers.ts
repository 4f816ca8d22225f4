import type { Words } from '../words';

export const providers: Words['providers'] = {
  find: 'Dienst oder Modell suchen',
  nothing: 'Dazu gibt es keinen Dienst.',
  openPage: (provider) => `Seite von ${provider} öffnen`,
  optional: '(nicht nötig)',
  keys: {
    lead: 'Ein Schlüssel geht von hier in den sicheren Speicher dieses Computers und an den Dienst, zu dem er gehört, sonst nirgendwohin. Nichts kann ihn wieder zeigen.',
    noSafeStore:
      'Dieses System hat keinen sicheren Speicher: Schlüssel, die hier eingegeben werden, sind mit dem Ende von Seedloom vergessen. Zum Behalten in die Umgebung setzen, zum Beispiel als',
    places: {
      none: 'Nicht gesetzt',
      kept: 'Im sicheren Speicher',
      'this-start': 'Nur bis zum Beenden',
      environment: 'Aus der Umgebung',
    },
    forget: 'Vergessen',
    keep: 'Behalten',
    paste: 'Schlüssel einfügen',
    pasteAnother: 'Anderen einfügen, um ihn zu ersetzen',
    checkOf: (provider) => `Schlüssel von ${provider} prüfen`,
    checkTip: 'Fragt den Dienst; kostet nichts',
    check: 'Prüfen',
    checking: 'Prüft…',
    checked: {
      works: 'Gültig.',
      left: (usd) => `${usd.toFixed(2).replace('.', ',')} $ übrig.`,
      creditsLeft: (credits) => `${credits} Credits übrig.`,
      refused: (why) => `Abgelehnt. ${why}`,
      notSet: (variable, help) =>
        help === undefined
          ? `Nicht gesetzt. ${variable} setzen.`
          : `Nicht gesetzt. Es gibt ihn bei ${help}; dann ${variable} setzen.`,
      cannotTell: 'Lässt sich nicht sagen, ohne Geld auszugeben.',
      cannotTellNow: (why) => `Lässt sich gerade nicht sagen. ${why}`,
    },
  },
  addresses: {
    lead: 'Wo jeder Dienst erreicht wird und was sich ihm sonst sagen lässt. Eine Adresse schickt alle Aufrufe des Dienstes an eine Stelle: für ein eigenes Gateway oder zum Testen.',
    notSet: 'Nicht gesetzt',
    reset: (setting, provider) => `${setting} von ${provider} zurücksetzen`,
    resetTip: 'Zurück zum Anfangswert',
  },
  imageHost: {
    lead: 'Manche Dienste nehmen Bilder nur als Link. Ein eigener Bild-Host gibt ihnen einen: Sie werden dort einmal hochgeladen, wenn ein Lauf es braucht, und nie, solange hier keiner gewählt ist.',
    label: 'Bild-Host',
    none: 'Keiner',
    noneNote:
      'Bearbeiten bei diesen Diensten ist gesperrt und sagt es, bis einer gewählt ist. Alle anderen Dienste kommen ohne aus.',
    missing: (what) => `Es fehlt noch: ${what}.`,
  },
  prices: {
    lead: 'Was ein Bild kostet, wie die Dienste es angeben. Wer einen anderen Preis zahlt, schreibt ihn hierher: Vorhersagen und Budgets rechnen damit.',
    route: 'Route',
    published: 'Angegeben',
    yours: 'Eigener',
    yoursOf: (model, provider) => `Eigener Preis von ${model} bei ${provider}`,
    asPublished: 'wie angegeben',
    read: (date) => `gelesen ${date}`,
  },
};
