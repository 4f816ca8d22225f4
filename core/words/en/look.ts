/** What stands in many places of the window. */
export const look = {
  close: 'Close',
  cancel: 'Cancel',
  doubt: {
    resend: (requests: number) => (requests === 1 ? 'Send again' : `Send ${requests} again`),
    giveUp: 'Give up',
  },
  picture: { gone: 'This picture is gone', missing: (alt: string) => `${alt}: missing` },
  lora: {
    rank: (rank: number) => `rank ${rank}`,
    strength: (strength: string) => `strength ${strength}`,
    rehearsal: 'A rehearsal: it has learned nothing',
    fits: (base: string) => `For ${base}`,
  },
  loss: {
    label: 'Loss',
    noNumber: 'Loss: no number at all',
    words: (first: string, last: string, lowest: string) =>
      `Loss: ${first} at first, ${last} at last, ${lowest} at its lowest`,
    gaps: (missing: number, points: number) => `; no number in ${missing} of ${points} points`,
    spoilt: 'The loss ended as no number: the LoRA is most likely spoilt. Train at a lower learning rate.',
  },
};
