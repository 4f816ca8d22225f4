import type { Words } from '../words';

export const fileList: Words['fileList'] = {
  new: 'Neu',
  open: 'Öffnen…',
  examples: 'Beispiele',
  recent: 'Zuletzt',
  forget: 'Vergessen',
  none: 'Geöffnete und gespeicherte Workflows stehen hier.',
};
