/** The canvas and the cards on it. */
export const cards = {
  canvas: 'Workflow',
  drop: 'Drop pictures here',
  controls: 'View',
  zoom: 'Zoom',
  wire: (from: string, to: string) => `Wire from ${from} to ${to}`,
  empty: {
    label: 'Nothing here yet',
    title: 'Start with a node',
    /** Around the key that is pressed. */
    press: 'Press',
    text: 'or double-click anywhere. Drop pictures here to use them. Nothing is sent or paid for until you press Run.',
    addNode: 'Add a node',
    examples: 'or open an example, free to run',
  },

  state: {
    muted: 'muted',
    bypassed: 'bypassed',
    leftOut: 'left out',
    needsYou: 'needs you',
    blocked: 'blocked',
    willRun: 'will run',
    someWillRun: (steps: number) => `${steps} will run`,
    pinned: 'pinned, free',
    reused: 'reused, free',
    made: 'made',
    madeSome: 'made, not all',
    waiting: 'waiting',
    inLine: (place: number) => `in line, place ${place}`,
    of: (ended: number, all: number) => `${ended} of ${all}`,
    running: 'running',
    collecting: 'paid, collecting',
    failed: 'failed',
    failedOf: (ended: string) => `failed, ${ended} ended`,
    doubt: 'may be charged',
    held: 'held back',
    skipped: 'not run',
  },
  pinned: (steps: number) => `${steps} pinned`,
  willCost: 'What it will cost',

  name: 'Name of the node',
  runsOn: (provider: string, model: string) => `Runs on ${provider}, ${model}`,
  modes: {
    mute: { badge: 'Muted', text: 'It does not run and gives nothing.' },
    bypass: { badge: 'Bypassed', text: 'It does not run; what comes in goes on as it is.' },
  },
  items: (items: number) => `Gives ${items} items`,
  portTip: (port: string, type: string, isList: boolean, isMissing: boolean) =>
    `${port}: ${isList ? `${type}s, in order` : type}${isMissing ? ', needed' : ''}`,

  well: {
    picture: (title: string, place: number, of: number) => `${title}, picture ${place} of ${of}`,
    look: 'Look at the picture',
    lookTip: 'Look at it (Space)',
    keep: 'Keep this picture',
    pinTip: 'Pin it: it is never made again (P)',
    unpinTip: 'Pinned: it is never made again. Unpin it (P)',
    before: 'Picture before',
    next: 'Next picture',
    arrived: (made: number, of: number) => `${made} of ${of} made`,
  },
  lora: {
    training: 'Training',
    trainingAt: (percent: string) => `Training, ${percent}`,
    none: 'No LoRA yet',
  },
  runAgain: 'Run again',
  missing: 'Missing pictures',
  unknown: (type: string) =>
    `This Seedloom does not know the kind “${type}”. It stays in the file as it is; update Seedloom to run it.`,
};
