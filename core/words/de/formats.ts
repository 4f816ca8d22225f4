import type { Words } from '../words';

export const formats: Words['formats'] = {
  numbers: 'de-DE',
  dates: 'de-DE',
  free: 'kostenlos',
  moneyRange: (low, high) => `${low.replace(/\s*\$$/, '')}–${high}`,
  podTime: 'Pod-Zeit',
  notKnown: 'unbekannt',
  orMore: (low) => `${low} oder mehr`,
  upTo: (high) => `bis ${high}`,
  justNow: 'gerade eben',
  minutesAgo: (minutes) => `vor ${minutes} min`,
  today: (time) => `heute ${time}`,
  yesterday: (time) => `gestern ${time}`,
};
