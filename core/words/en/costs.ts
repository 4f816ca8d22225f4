/** What routes cost beside each other, by the picture and by the time. */
export const costs = {
  pictures: 'Pictures',
  howMany: 'How many pictures',
  comparedWith: 'compared with',
  reference: 'The route that others are held against',
  columns: {
    route: 'Route',
    each: 'A picture',
    once: 'Start and idle',
    first: 'First picture',
    from: 'Cheaper from',
  },
  foot: (refusing: number, routes: string) =>
    `On top the cheapest at worst, and the cheapest that is paid by time. Your own computer, where it costs nothing, stands last. Free vendors are left out${
      refusing === 0 ? '' : `, and ${routes} that would not run this node as it is`
    }.`,
  cheapest: 'cheapest',
  pod: (pod: string) => `pod ${pod}`,
  notKnown: 'not known',
  never: 'never',
  atBest: (from: string) => `${from} at best`,
  neverCheaper: (other: string) =>
    `Never cheaper than ${other}: its time for a picture costs as much or more.`,
  from: {
    neverAtWorst: (other: string, pictures: string) =>
      `Cheaper than ${other} from ${pictures} at best; at worst never.`,
    atBest: (other: string, pictures: string) => `Cheaper than ${other} from ${pictures} at best.`,
    certain: (other: string, pictures: string) => `Cheaper than ${other} from ${pictures}.`,
    between: (other: string, best: string, worst: string) =>
      `Cheaper than ${other} from ${best} at best, for certain from ${worst}.`,
  },
  isCheapest: (route: string, pictures: string, total: string) =>
    `${route} is the cheapest for ${pictures}: ${total}.`,
  mayBeCheapest: (route: string, pictures: string, total: string) =>
    `${route} may be the cheapest for ${pictures}: ${total}.`,
  notes: {
    'no-price': 'What its computer costs an hour is not known: say so in the settings, 0 for your own.',
    'not-known-pod': 'Its start and its idle time come on top: no pod known here has this address.',
    'never-idle': 'It does not stop by itself: the time it stands idle comes on top.',
    'worker-start': 'A worker’s start and idle seconds come on top; how many is not known.',
  },
  basis: {
    prices: 'by the picture',
    ownPrice: 'your price',
    receipts: (jobs: number) => `by ${jobs} ${jobs === 1 ? 'job' : 'jobs'} here`,
    usualTime: 'by its usual time',
  },
  startUp: { up: 'it runs', seen: 'as its starts took here', said: 'as its host says' },
};
