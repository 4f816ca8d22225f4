import type { QueueState } from '#core/queue';
import type { RunEvent } from '#core/run';
import type { Words } from '#core/words/words';
import { openRuns } from './open-runs';

/** What the system shows of a program that has no window. */
export interface BackgroundSigns {
  /** A sign in the status area, with what is going on; shown again with newer words. */
  show(progress: string): void;
  hide(): void;
  notify(title: string, text: string): void;
}

export interface Background {
  seeRun(events: readonly RunEvent[]): void;
  seeQueue(state: QueueState): void;
  /** The last window has closed; whether Seedloom stays, because a run goes on. */
  stays(): boolean;
  /** There is a window again. */
  windowOpened(): void;
}

/**
 * Keeps Seedloom there while a run goes on after its window was closed, says how it ended, and then ends. What waits in a
 * paused queue, or is another process's work, keeps nothing up.
 */
export function createBackground(options: {
  signs: BackgroundSigns;
  words(): Words['background'];
  /** Everything is done and there is no window. */
  quit(): void;
}): Background {
  const { signs } = options;
  const runs = openRuns();
  let waiting = 0;
  let isAlone = false;

  const isBusy = () => runs.list().length > 0 || waiting > 0;

  function goOn(): void {
    if (!isAlone) return;
    if (!isBusy()) {
      isAlone = false;
      signs.hide();
      options.quit();
      return;
    }
    const list = runs.list();
    const sum = (of: (run: (typeof list)[number]) => number) =>
      list.reduce((total, run) => total + of(run), 0);
    signs.show(
      options.words().progress(
        sum(({ ended }) => ended),
        sum(({ steps }) => steps),
        waiting,
      ),
    );
  }

  return {
    seeRun(events) {
      for (const { title, outcome, spent } of runs.see(events))
        if (isAlone)
          signs.notify(
            options.words().ended[outcome],
            options.words().endedText(title, `$${spent.toFixed(2)}`),
          );
      goOn();
    },
    seeQueue(state) {
      waiting =
        state.paused || state.worker !== 'this'
          ? 0
          : state.waiting.length + (state.underWay === null ? 0 : 1);
      goOn();
    },
    stays() {
      if (!isBusy()) return false;
      isAlone = true;
      signs.notify(options.words().goesOn, options.words().goesOnText);
      goOn();
      return true;
    },
    windowOpened() {
      if (!isAlone) return;
      isAlone = false;
      signs.hide();
    },
  };
}
