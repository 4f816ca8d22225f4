export type UnsavedAnswer = 'save' | 'discard' | 'cancel';

export interface CloseGuard {
  /** Whether the window may close now; if not, what has to happen is under way. */
  mayClose(): boolean;
  /** The window has saved, or the person gave the changes up. */
  allow(): void;
}

/** Asks about unsaved changes before a window closes. */
export function guardClose(options: {
  isEdited(): boolean;
  ask(): Promise<UnsavedAnswer>;
  /** Tells the window to save and then to close itself. */
  save(): void;
  discard(): Promise<void>;
  close(): void;
  cancelled(): void;
}): CloseGuard {
  let isAllowed = false;
  let isAsking = false;

  async function ask(): Promise<void> {
    isAsking = true;
    try {
      const answer = await options.ask();
      if (answer === 'save') options.save();
      else if (answer === 'cancel') options.cancelled();
      else {
        await options.discard();
        isAllowed = true;
        options.close();
      }
    } finally {
      isAsking = false;
    }
  }

  return {
    mayClose() {
      if (isAllowed || !options.isEdited()) return true;
      if (!isAsking) ask().catch((error: unknown) => console.error('the question about changes:', error));
      return false;
    },
    allow() {
      isAllowed = true;
    },
  };
}
