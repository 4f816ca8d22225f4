import type { Words } from '../words';

export const counts: Words['counts'] = {
  picture: { one: 'Bild', more: 'Bilder' },
  'reference image': { one: 'Referenzbild', more: 'Referenzbilder' },
  node: { one: 'Knoten', more: 'Knoten' },
  'selected node': { one: 'gewählter Knoten', more: 'gewählte Knoten' },
  wire: { one: 'Leitung', more: 'Leitungen' },
  run: { one: 'Lauf', more: 'Läufe' },
  step: { one: 'Schritt', more: 'Schritte' },
  'more step': { one: 'weiterer Schritt', more: 'weitere Schritte' },
  'more cause': { one: 'weiterer Grund', more: 'weitere Gründe' },
  result: { one: 'Ergebnis', more: 'Ergebnisse' },
  job: { one: 'Auftrag', more: 'Aufträge' },
  route: { one: 'Route', more: 'Routen' },
  LoRA: { one: 'LoRA', more: 'LoRAs' },
  file: { one: 'Datei', more: 'Dateien' },
  problem: { one: 'Problem', more: 'Probleme' },
  warning: { one: 'Warnung', more: 'Warnungen' },
};
