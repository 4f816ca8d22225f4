/** Takes of a node, and seeds. */
export const takes = {
  command: 'Back to the take before',
  take: (number: number) => `Take ${number}`,
  of: (number: number, all: number) => `Take ${number} of ${all}`,
  first: 'New take',
  before: 'Back to the take before: its pictures are there, free',
  next: 'Next take: new pictures from the same input. A take made before is free.',
  made: 'Next take: it was made before, free',
  costs: (price: string) => `New take: new pictures from the same input, ${price} when it is run`,
  group: 'Take',
  nextSeed: 'The next seed (+1)',
};
