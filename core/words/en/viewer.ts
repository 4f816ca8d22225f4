/** A node's pictures at full size. */
export const viewer = {
  place: (place: number, of: number) => `${place} of ${of}`,
  fit: 'Fit',
  whole: 'Whole picture (0)',
  oneToOne: 'One to one (1)',
  copy: 'Copy',
  saveAs: 'Save as…',
  close: 'Close',
  before: 'Picture before',
  next: 'Next picture',
  picture: (place: number) => `Picture ${place}`,
  missing: 'This picture is no longer in the store. Run the node again to make it.',
  facts: {
    size: 'Size',
    file: 'File',
    step: 'Step',
    price: 'Price',
    took: 'Took',
    made: 'Made',
    by: 'By',
  },
  reused: 'reused, free',
};
