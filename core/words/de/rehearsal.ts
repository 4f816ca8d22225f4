import type { Words } from '../words';

const counted = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`;

export const rehearsal: Words['rehearsal'] = {
  command: 'Proben…',
  title: 'Den Lauf proben',
  chip: 'Probe',
  named: (title) => `Probe: ${title}`,
  about:
    'Alles läuft in der Sandbox: kein Netz, kein Geld, Platzhalterbilder. Nichts wird in eigene Ordner geschrieben, und kein Ergebnis zählt für einen echten Lauf.',
  all: 'An jedem Modellknoten',
  noFault: 'Nichts geht schief',
  faults: {
    'rate-limit': 'Zu viele Anfragen: Der Dienst lässt warten',
    moderation: 'Von der Moderation abgelehnt',
    'no-balance': 'Kein Guthaben mehr',
    cut: 'Die Verbindung bricht ab',
    slow: 'Langsam',
    missing: 'Eines von mehreren Bildern fehlt',
  },
  mixed: 'Verschiedene',
  faultAt: (title) => `Was bei ${title} schiefgeht`,
  none: 'Kein Knoten dieses Workflows fragt ein Modell; es gibt nichts zu proben.',
  start: 'Probe starten',
  starting: 'Startet…',
  again: 'Noch einmal proben',
  change: 'Störungen ändern',
  cancel: 'Anhalten',
  hide: 'Im Hintergrund weiter',
  running: (ended, of) => `Probe: ${ended} von ${of}`,
  over: 'Die Probe ist zu Ende',
  overNote: '„Proben…“ zeigt, was sich ergab.',
  ended: {
    done: 'Sie ging bis zum Ende',
    failed: 'Sie kam nicht bis zum Ende',
    cancelled: 'Sie wurde angehalten',
  },
  worst: 'Ein echter Lauf, der so verläuft, hätte höchstens gekostet',
  price: 'Ein echter Lauf ohne Störung kostet',
  found: 'Was geschah',
  calls: 'Worum der echte Lauf bitten würde',
  noCalls: 'Um nichts: Alles ist schon da oder entsteht auf diesem Rechner.',
  call: (requests) => counted(requests, 'Anfrage', 'Anfragen'),
  steps: {
    made: (number) => `${number} gemacht`,
    failed: (number) => `${number} gescheitert`,
    inDoubt: (number) => `${number} ungewiss`,
    skipped: (number) => `${number} nicht gelaufen`,
  },
  doubtNote:
    'In einem echten Lauf käme die Frage: noch einmal senden oder aufgeben. Von selbst wird nichts zweimal gesendet.',
  waited: 'Es wurde gewartet und ging von selbst weiter.',
  slow: 'Es dauerte und ging weiter.',
  notMet: 'Das trat nicht ein: Der Knoten lief nicht oder macht nur ein Bild.',
};
