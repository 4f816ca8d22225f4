import type { Plan } from '#core/plan/planned';
import type { Store } from '../store/store';
import { bundledKey } from './bundled-results';
import type { Manifest } from './bundle-format';

/** The results a workflow would reuse; not those whose point is the files they have written here. */
export function reusable(plan: Plan, store: Pick<Store, 'result'>, documentId: string): Manifest['results'] {
  const keys = new Map(
    plan.steps.flatMap(({ key, verdict, bundled }) => {
      if (verdict !== 'reused' || key === undefined) return [];
      return [[key, bundled === true ? bundledKey(documentId, key) : key] as const];
    }),
  );
  return [...keys].flatMap(([key, kept = key]) => {
    const row = store.result(kept);
    return row === undefined || row.files !== undefined ? [] : [{ key, outputs: row.outputs, at: row.at }];
  });
}
