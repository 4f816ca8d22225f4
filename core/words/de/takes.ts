import type { Words } from '../words';

export const takes: Words['takes'] = {
  command: 'Zurück zur vorigen Aufnahme',
  take: (number) => `Aufnahme ${number}`,
  of: (number, all) => `Aufnahme ${number} von ${all}`,
  first: 'Neue Aufnahme',
  before: 'Zurück zur vorigen Aufnahme: ihre Bilder sind da, kostenlos',
  next: 'Nächste Aufnahme: neue Bilder aus denselben Eingaben. Eine, die schon gemacht ist, kostet nichts.',
  made: 'Nächste Aufnahme: sie ist schon gemacht, kostenlos',
  costs: (price) => `Neue Aufnahme: neue Bilder aus denselben Eingaben, ${price}, wenn sie läuft`,
  group: 'Aufnahme',
  nextSeed: 'Der nächste Seed (+1)',
};
