/** The settings dialog, and its general page. */
export const settings = {
  title: 'Settings',
  tabs: {
    general: 'General',
    keys: 'Keys',
    imageHost: 'Image host',
    addresses: 'Addresses',
    prices: 'Prices',
    storage: 'Storage',
  },
  theme: { label: 'Theme', system: 'As the system', dark: 'Dark', light: 'Light' },
  language: {
    label: 'Language',
    system: 'As the system',
    /** The window is drawn anew; what is edited stays. */
    note: 'Messages of services, and what the terminal says, stay in English.',
  },
  greyRoom: {
    label: 'Grey room',
    note: 'The grey room puts a neutral mid grey around every picture, to judge its colours.',
  },
  outFolder: { label: 'Pictures are saved to', show: 'Show', reset: 'Reset', choose: 'Choose…' },
  caps: {
    budget: {
      label: 'Budget of a run',
      note: 'A run stops before it would cost more than this. Empty: no limit, and the price is shown before every run.',
    },
    workflowBudget: { label: 'Budget of a workflow', note: 'All runs of one workflow together.' },
    dayBudget: {
      label: 'Budget of a day',
      note: 'All runs of a day together, whichever workflow, in this window and in terminals.',
    },
    none: 'No limit',
  },
  wrongPrice: 'An amount in US dollars, like 0.04',
};
