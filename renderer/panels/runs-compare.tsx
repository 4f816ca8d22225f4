import { useState } from 'react';
import { words } from '../look/words';
import { sessionStore } from '../stores/session-store';

const said = words.receipts.comparing;

/** Two runs being chosen to be compared. */
export interface Comparing {
  /** `null` while none are being chosen. */
  marked: ReadonlySet<string> | null;
  /** The older one first; `null` until there are two. */
  pair: readonly [a: string, b: string] | null;
  /** Shows all runs, to choose from. */
  begin(first?: string): void;
  mark(run: string): void;
  end(): void;
}

export function useComparing(): Comparing {
  const [marked, setMarked] = useState<ReadonlySet<string> | null>(null);
  // The name of a run begins with its time.
  const [a, b] = [...(marked ?? [])].sort();
  return {
    marked,
    pair: a === undefined || b === undefined ? null : [a, b],
    begin(first) {
      setMarked(new Set(first === undefined ? [] : [first]));
      sessionStore.actions.set({ lookedAtRun: null });
    },
    mark: (run) => setMarked((before) => toggled(before, run)),
    end: () => setMarked(null),
  };
}

function toggled(before: ReadonlySet<string> | null, run: string): ReadonlySet<string> {
  const after = new Set(before);
  if (!after.delete(run)) after.add(run);
  return after;
}

/** Above the list of runs: what to do to compare two of them. */
export function CompareHead({ comparing, runs }: { comparing: Comparing; runs: number }) {
  const { marked, begin, end } = comparing;
  if (runs < 2 && marked === null) return null;
  return (
    <div className="list-heading">
      <output className="caption">
        {marked === null ? said.runs : marked.size === 0 ? said.chooseTwo : said.chooseAnother}
      </output>
      <button
        type="button"
        className="caption list-heading-action"
        onClick={() => (marked === null ? begin() : end())}
      >
        {marked === null ? said.begin : said.cancel}
      </button>
    </div>
  );
}
