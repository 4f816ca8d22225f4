/** The shelf of reference pictures: what a prompt calls image 1, image 2. */
export const shelf = {
  label: (input: string) => `${input}, in the order of their numbers`,
  length: (pictures: number, most: number) => `${pictures} of ${most}`,
  empty: 'Drop, paste or wire pictures here: the first is “image 1” in the prompt, the next “image 2”.',
  emptyShort: 'Drop or paste pictures',
  command: 'Add reference pictures…',
  add: 'Add pictures',
  addTip: 'Choose picture files. Pictures can also be dropped or pasted here.',
  image: (number: string) => `Image ${number}`,
  from: (node: string) => `from ${node}`,
  file: (name: string) => `file ${name}`,
  past: (route: string, most: string) => `past the limit: ${route} takes ${most}`,
  keys: 'Space to lift, arrow keys to move, Delete to take away',
  takeAway: (number: string) => `Take image ${number} away`,
  tooMany: (route: string, most: string, there: number, over: string) =>
    `${route} takes ${most}; ${there} are here. Take ${over} away or choose another route.`,
  isThere: 'It is on this shelf already',
  nothingToPaste: 'There is no picture to paste',
  nothingToPasteText: 'Copy a picture or picture files first.',
  movable: 'picture that can be moved',
  instructions:
    'Press Space to lift a picture, the arrow keys to move it, Space again to put it down, Escape to leave it where it was. Delete takes it away.',
  lifted: (name: string, place: number, of: number) => `${name} lifted, place ${place} of ${of}`,
  over: (name: string, place: number, of: number) => `${name} moves to place ${place} of ${of}`,
  placed: (name: string, place: number, of: number) => `${name} put down at place ${place} of ${of}`,
  left: (name: string) => `${name} left where it was`,
};
