/** The list of files: where work begins. */
export const fileList = {
  new: 'New',
  open: 'Open…',
  examples: 'Examples',
  recent: 'Recent',
  forget: 'Forget',
  none: 'Workflows you open or save will stand here.',
};
