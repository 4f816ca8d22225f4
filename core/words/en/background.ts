/** What is said while a run goes on without a window. */
export const background = {
  goesOn: 'The run goes on',
  goesOnText:
    'Seedloom works on without a window. Start it again to see the run; it ends by itself afterwards.',
  progress: (ended: number, steps: number, waiting: number) =>
    `${ended} of ${steps} steps${waiting === 0 ? '' : `, ${waiting} in the queue`}`,
  ended: {
    done: 'Done',
    failed: 'Ended with a failure',
    waiting: 'Waits for an answer',
    'over-budget': 'Stopped at the budget',
    cancelled: 'Cancelled',
  },
  endedText: (title: string, spent: string) => `${title}: ${spent}`,
  open: 'Open Seedloom',
  quit: 'Stop and quit',
};
