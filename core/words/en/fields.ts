/** The controls of params, on cards and in panels. */
export const fields = {
  notAllowed: 'This value is not allowed here.',
  wired: (node: string) => `Given by the wire from ${node}`,
  from: (node: string) => `from ${node}`,
  takeAway: 'Take away',
  color: {
    choose: (label: string) => `${label}: choose`,
    wrong: 'Six hex digits, like #8aa4ff.',
  },
  folder: {
    choose: 'Choose a folder',
    chooseFor: (label: string) => `${label}: choose a folder`,
    change: (label: string, path: string) => `${label}: ${path}. Choose another`,
    takeAway: 'Take the folder away',
  },
  picture: {
    choose: 'Choose or drop a picture',
    chooseFor: (label: string) => `${label}: choose a picture`,
    change: (label: string, file: string, place: string) => `${label}: ${file}, ${place}. Choose another`,
    takeAway: 'Take the picture away',
    stored: 'Kept in the store',
    beside: 'Beside the workflow',
  },
  lora: {
    choose: 'Choose from the list',
    chooseFor: (label: string) => `${label}: choose from the list`,
  },
  number: {
    needed: 'A number is needed.',
    whole: 'A whole number is needed.',
    between: (least: string, most: string) => `Between ${least} and ${most}.`,
  },
  seed: {
    none: 'Route chooses',
    letRoute: 'Let the route choose',
    letRouteSeed: 'Let the route choose the seed',
    dice: 'Throw a seed',
    wrong: (most: number) => `A whole number from 0 to ${most}, or empty.`,
  },
  size: {
    aspect: 'Aspect',
    resolution: 'Resolution',
    width: 'Width in pixels',
    height: 'Height in pixels',
    swap: 'Swap width and height',
    asInput: 'As the input',
    isAsInput: 'As large as the first input picture',
    makeAsInput: 'Make it as large as the first input picture',
  },
};
