/** Runs, their steps, and how they ended. */
export const runs = {
  none: {
    title: 'No runs yet',
    text: 'Press Run. Every run is kept here with what it made and what it cost.',
  },
  all: 'All runs',
  look: (place: number, title: string) => `Look at picture ${place} of ${title}`,
  unreadable: 'This run could not be read.',
  running: 'Running',
  outcomes: {
    done: 'Done',
    failed: 'Failed',
    waiting: 'Waits for you',
    'over-budget': 'Stopped at the budget',
    cancelled: 'Cancelled',
  },
  states: {
    waiting: 'waiting',
    running: 'running',
    collecting: 'paid for, being collected',
    finished: 'made',
    reused: 'reused, free',
    failed: 'failed',
    skipped: 'not run',
    'in-doubt': 'in doubt: it may have been charged',
    held: 'held back',
  },
  held: 'It was held back.',
  heldFor: {
    budget:
      'Not sent: it could cost more than is left of a budget (Settings, General). Raise it and run again.',
    vendor:
      'It may still finish at the service, and is asked for again by itself. It is not sent a second time.',
  },
  charges: { none: 'Not charged.', possible: 'May have been charged.', certain: 'Charged.' },
  times: (pictures: number, reason: string) => `${pictures} pictures: ${reason}`,
};
