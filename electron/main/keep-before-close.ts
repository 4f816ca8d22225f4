export interface CloseGuard {
  /** Whether the window may close now; if not, what has to happen is under way. */
  mayClose(): boolean;
  /** Everything is kept. */
  allow(): void;
  /** Something could not be kept: the window does not close now. */
  stay(): void;
}

/**
 * Lets a window keep what is open before it closes; nobody is asked, for all of it comes back. A window that does not
 * answer within `patience` closes with what it kept last.
 */
export function keepBeforeClose(options: {
  /** Whether there is a page that could keep anything. */
  isListening(): boolean;
  /** Tells the window to keep everything and then to close itself. */
  keep(): void;
  patience(): Promise<unknown>;
  close(): void;
}): CloseGuard {
  let isAllowed = false;
  /** The closing that is under way. */
  let closing: symbol | undefined;
  async function keep(): Promise<void> {
    const mine = Symbol('closing');
    closing = mine;
    options.keep();
    await options.patience();
    if (isAllowed || closing !== mine) return;
    isAllowed = true;
    options.close();
  }
  return {
    mayClose() {
      if (isAllowed || !options.isListening()) return true;
      if (closing === undefined) void keep();
      return false;
    },
    allow() {
      isAllowed = true;
    },
    stay() {
      closing = undefined;
    },
  };
}
