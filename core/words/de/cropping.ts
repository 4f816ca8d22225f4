import type { Words } from '../words';

export const cropping: Words['cropping'] = {
  title: (node) => `Auf dem Bild zuschneiden: ${node}`,
  open: 'Auf dem Bild …',
  command: 'Auf dem Bild zuschneiden …',
  shape: 'Form',
  free: 'Frei',
  asItIs: 'Wie es ist',
  hint: 'Auf dem Bild ziehen. Pfeiltasten verschieben den Rahmen, an einem Griff ändern sie seine Größe.',
  part: (width, height, left, top) => `${width} × ${height} px ab ${left}, ${top}`,
  handle: 'Größe des Rahmens: Pfeiltasten',
  frame: 'Der Rahmen: Pfeiltasten verschieben ihn',
  cancel: 'Abbrechen',
  apply: 'Zuschneiden',
};
