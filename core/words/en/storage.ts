/** What the data folder holds, in the settings. */
export const storage = {
  looking: 'Looking…',
  inFolder: (folder: string) => `in ${folder}`,
  uses: {
    results: { name: 'Results', note: 'Pictures that were made' },
    takenIn: { name: 'Your pictures', note: 'Taken in from files and pasted; a clean-up leaves them' },
    others: { name: 'Unknown pictures', note: 'Not in the database; a clean-up leaves them' },
    previews: { name: 'Previews', note: 'Made again when they are needed' },
    database: { name: 'Database', note: 'History, receipts, budgets' },
    damaged: { name: 'Damaged', note: 'Set aside, never deleted' },
    leftOver: { name: 'Left over', note: 'Of writes that were cut' },
  },
  verify: {
    title: 'Check every picture',
    note: 'Compares each with what was stored. A damaged one is set aside, and made again when it is needed.',
    action: 'Check',
    stop: 'Stop',
    damagedPages: 'The database has damaged pages: copy the data folder.',
    damaged: (damaged: number, seen: string, folder: string) =>
      `${damaged} of ${seen} ${damaged === 1 ? 'was' : 'were'} damaged and set aside in ` +
      `${folder}. Results are made again when a run needs them, at their price.`,
    stopped: (seen: string) => `Stopped after ${seen}. Nothing damaged so far.`,
    whole: (seen: string) => `Checked ${seen}. Every one is as it was made.`,
  },
  cleanUp: {
    title: 'Clean up',
    note: 'Removes results with their pictures. What this workflow, an open run or a pin needs stays, and so does the history. A removed result costs its price again.',
    which: 'Which results',
    byAge: 'By age',
    bySize: 'By size, unused for longest first',
    notUsedFor: (days: number) => `not used for ${days} days`,
    ofAnyAge: 'of any age',
    beyond: (gigabytes: number) => `beyond ${gigabytes} GB`,
    action: 'Clean up…',
    remove: (size: string) => `Remove ${size}`,
    nothing: 'There is nothing to remove.',
    kept: (needed: number, results: string) =>
      `${results} ${needed === 1 ? 'stays' : 'stay'} because something needs ${needed === 1 ? 'it' : 'them'}.`,
    leftOverFiles: 'left-over files',
    would: (what: string, size: string) => `Would remove ${what}: ${size}.`,
    did: (what: string, size: string) => `Removed ${what}: ${size}.`,
  },
};
