import type { RunFacts, StepFacts } from '#core/compare/comparison';
import type { WorkflowDocument } from '#core/document/schema';
import { emptyRun, foldRun, type StepProgress } from '#core/run';
import type { JournalEntry } from '#core/journal';
import type { EngineParts } from '../run/parts';
import type { RunRow } from '../store/store';

/** Everything that was kept of a run, in one. */
export function factsOf(
  { store, keyRows, ledger }: Pick<EngineParts, 'store' | 'keyRows' | 'ledger'>,
  row: RunRow,
): RunFacts {
  const entries = store.entries(row.run);
  const paid = new Set(store.receipts(row.run).map(({ step }) => step));
  const keys = new Map<string, string>();
  for (const entry of entries) if ('key' in entry && entry.key !== '') keys.set(entry.step, entry.key);
  const steps = stepsOf(row.run, entries).map(
    ({ step, node, state, price, outputs, failure, bundled }): StepFacts => {
      const key = keys.get(step);
      const parts = key === undefined ? undefined : keyRows.parts(key);
      // Another engine on this data folder made it meanwhile: nothing was made or paid for here.
      const isTaken = state === 'finished' && parts?.provider !== undefined && !paid.has(step);
      return {
        step,
        node,
        state: isTaken ? 'reused' : state,
        price,
        ...(key === undefined ? {} : { key }),
        ...(parts === undefined ? {} : { parts }),
        ...(outputs === undefined ? {} : { outputs }),
        ...(failure === undefined ? {} : { failure }),
        ...(bundled === undefined ? {} : { bundled }),
      };
    },
  );
  const { targets, document } = row.request;
  return {
    run: row.run,
    title: row.title,
    openedAt: row.openedAt,
    ...(row.outcome === undefined ? {} : { outcome: row.outcome }),
    spent: ledger.totals('run', row.run).billed,
    document: document as WorkflowDocument,
    ...(targets === undefined ? {} : { targets }),
    steps,
  };
}

/** Folds each step by itself: to fold a whole run copies all its steps at each event. */
function stepsOf(run: string, entries: readonly JournalEntry[]): StepProgress[] {
  const blank = emptyRun(run);
  let steps = new Map<string, StepProgress>();
  for (const entry of entries) {
    if (entry.type === 'run-opened') steps = new Map(foldRun(blank, entry).steps);
    if (!('step' in entry)) continue;
    const before = steps.get(entry.step);
    const state = { ...blank, steps: new Map(before === undefined ? [] : [[entry.step, before]]) };
    const after = foldRun(state, entry).steps.get(entry.step);
    if (after !== undefined) steps.set(entry.step, after);
  }
  return [...steps.values()];
}
