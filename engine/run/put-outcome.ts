import { emptyRun, foldRunEvents } from '#core/run';
import type { EngineParts } from './parts';

/** What a closed run has come to by what was written of it since. Inside a transaction. */
export function putOutcome({ store }: Pick<EngineParts, 'store'>, run: string): void {
  const row = store.run(run);
  const { outcome } = foldRunEvents(emptyRun(run), store.entries(run));
  if (row?.outcome !== undefined && outcome !== undefined) store.putRun({ ...row, outcome });
}
