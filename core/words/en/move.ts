/** Moving a branch to another provider. */
export const move = {
  title: 'Move branch',
  action: (nodes: string) => `Move ${nodes}`,
  what: 'What moves',
  where: 'Where it moves',
  to: 'To',
  paidByTime: 'Paid by time',
  paidByPicture: 'Paid by the picture',
  needsKey: 'needs a key',
  nothing: 'There is nothing to move.',
  sumNotKnown: 'What all its pictures cost is not known yet.',
  /** Two sums of money follow. */
  madeAnew: (pictures: string) => `${pictures}, made anew:`,
  becomes: 'then',
  note: 'Every node keeps its settings; one step of undo brings all of it back.',
  noteTimed: 'A start of the computer and its idle time are in the sum, once, where they are known.',
  by: (task: string) => `${task} by`,
  modelFor: (task: string) => `The model for ${task}`,
  picturesNotKnown: 'pictures not known yet',
  priceNotKnown: 'price not known',
  stays: 'stays',
  noRoute: 'no route',
  isThere: 'Is there already.',
  cannot: 'Nothing there does this. It stays where it is.',
  scopes: {
    /** `title` where one node is selected, else so many. */
    given: (title: string | undefined, nodes: string) =>
      title === undefined ? `The ${nodes}` : `“${title}” alone`,
    after: (title: string | undefined, nodes: string) =>
      title === undefined ? `The ${nodes} and all after them` : `“${title}” and all after it`,
    all: 'Every node that asks a model',
    task: (task: string) => `Every ${task} node`,
  },
};
