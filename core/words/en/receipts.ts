/** What was paid for a run, and what else can be done with one of before. */
export const receipts = {
  title: 'Receipts',
  gone: 'This run could not be read.',
  none: 'No receipts',
  noneText: 'No service made anything for this run.',
  paidNothing: 'This run paid for nothing: every result was there.',
  paid: 'Paid for by this run',
  unsaidNote: 'Where a service does not say what it charged, our price counts in its sum.',
  reused: 'Used again, paid for by an earlier run',
  bundled: (steps: number) =>
    `${steps === 1 ? '1 result' : `${steps} results`} came in a bundle: neither made nor paid for here, so there is no receipt.`,
  columns: {
    step: 'Step',
    madeBy: 'Made by',
    request: 'Request',
    ours: 'Our price',
    services: 'Service’s',
  },
  sum: 'Sum',
  notSaid: 'not said',
  actions: {
    openAsItWas: 'Open as it was',
    compare: 'Compare…',
    receipts: 'Receipts',
    export: 'Export…',
  },
  comparing: {
    runs: 'Runs',
    chooseTwo: 'Choose two runs',
    chooseAnother: 'Choose another run',
    begin: 'Compare two',
    cancel: 'Cancel',
  },
};
