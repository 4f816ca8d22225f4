/** The settings dialog. */
export const settings = {
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
};
