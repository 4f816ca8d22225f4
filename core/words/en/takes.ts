/** Takes of a node, and seeds. */
export const takes = {
  command: 'Back to the take before',
  take: (number: number) => `Take ${number}`,
  short: (number: number) => `T${number}`,
  first: 'New take',
  before: 'Back to the take before: its pictures are there, free',
  next: 'Next take: new pictures from the same input. A take made before is free.',
  group: 'Take',
  nextSeed: 'The next seed (+1)',
};
