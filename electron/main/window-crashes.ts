/** Milliseconds within which crashes count as one row of them. */
const rowSpan = 60_000;
/** The crash of a row that is not answered by opening the page once more: what opens with it may be its cause. */
const askedAt = 3;

export interface WindowCrashes {
  /** The window's page is gone. `reason` says how, in the system's words. */
  crashed(reason: string): Promise<void>;
}

/** Opens a window's page again after a crash; of a page that keeps crashing the person decides. */
export function createWindowCrashes(options: {
  /** Milliseconds since any fixed moment. */
  now(): number;
  /** Tells the page that is opened next what became of the one before. */
  tell(reason: string): void;
  open(): void;
  ask(): Promise<'open' | 'close'>;
  close(): void;
}): WindowCrashes {
  let row: number[] = [];
  return {
    async crashed(reason) {
      const now = options.now();
      row = [...row.filter((before) => now - before < rowSpan), now];
      if (row.length >= askedAt) {
        if ((await options.ask()) === 'close') {
          options.close();
          return;
        }
        row = [];
      }
      options.tell(reason);
      options.open();
    },
  };
}
