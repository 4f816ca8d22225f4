import type { RunFacts, StepFacts } from '#core/compare/comparison';
import type { WorkflowDocument } from '#core/document/schema';
import { emptyRun, foldRun } from '#core/run';
import type { KeyRows } from '../store/key-rows';
import type { RunRow, Store } from '../store/store';

/** Everything that was kept of a run, in one. */
export function factsOf(store: Store, keyRows: KeyRows, row: RunRow): RunFacts {
  const entries = store.entries(row.run);
  const state = entries.reduce(foldRun, emptyRun(row.run));
  const keys = new Map<string, string>();
  for (const entry of entries) if ('key' in entry && entry.key !== '') keys.set(entry.step, entry.key);
  const steps = [...state.steps.values()].map((step): StepFacts => {
    const key = keys.get(step.step);
    const parts = key === undefined ? undefined : keyRows.parts(key);
    const { outputs, failure } = step;
    return {
      step: step.step,
      node: step.node,
      state: step.state,
      price: step.price,
      ...(key === undefined ? {} : { key }),
      ...(parts === undefined ? {} : { parts }),
      ...(outputs === undefined ? {} : { outputs }),
      ...(failure === undefined ? {} : { failure }),
    };
  });
  const { targets, document } = row.request;
  return {
    run: row.run,
    title: row.title,
    openedAt: row.openedAt,
    ...(row.outcome === undefined ? {} : { outcome: row.outcome }),
    spent: state.spent,
    document: document as WorkflowDocument,
    ...(targets === undefined ? {} : { targets }),
    steps,
  };
}
