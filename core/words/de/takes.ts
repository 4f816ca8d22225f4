import type { Words } from '../words';

export const takes: Words['takes'] = {
  command: 'Zurück zur vorigen Aufnahme',
  take: (number) => `Aufnahme ${number}`,
  short: (number) => `A${number}`,
  first: 'Neue Aufnahme',
  before: 'Zurück zur vorigen Aufnahme: ihre Bilder sind da, kostenlos',
  next: 'Nächste Aufnahme: neue Bilder aus denselben Eingaben. Eine, die schon gemacht ist, kostet nichts.',
  group: 'Aufnahme',
  nextSeed: 'Der nächste Seed (+1)',
};
