import type { Words } from '../words';

export const settings: Words['settings'] = {
  title: 'Einstellungen',
  tabs: {
    general: 'Allgemein',
    keys: 'Schlüssel',
    imageHost: 'Bild-Host',
    addresses: 'Adressen',
    prices: 'Preise',
    storage: 'Speicher',
  },
  theme: { label: 'Erscheinung', system: 'Wie das System', dark: 'Dunkel', light: 'Hell' },
  language: {
    label: 'Sprache',
    system: 'Wie das System',
    note: 'Meldungen der Dienste und alles im Terminal bleiben englisch.',
  },
  greyRoom: {
    label: 'Grauraum',
    note: 'Der Grauraum legt ein neutrales Mittelgrau um jedes Bild, um Farben zu beurteilen.',
  },
  outFolder: {
    label: 'Bilder werden gespeichert in',
    show: 'Zeigen',
    reset: 'Zurücksetzen',
    choose: 'Wählen…',
  },
  caps: {
    budget: {
      label: 'Budget eines Laufs',
      note: 'Ein Lauf hält an, bevor er mehr kosten würde. Leer: keine Grenze; der Preis steht vor jedem Lauf da.',
    },
    workflowBudget: { label: 'Budget eines Workflows', note: 'Alle Läufe eines Workflows zusammen.' },
    dayBudget: {
      label: 'Budget eines Tages',
      note: 'Alle Läufe eines Tages zusammen, gleich welcher Workflow, in diesem Fenster und in Terminals.',
    },
    none: 'Keine Grenze',
  },
  wrongPrice: 'Ein Betrag in US-Dollar, zum Beispiel 0,04',
};
