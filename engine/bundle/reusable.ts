import type { Plan } from '#core/plan/planned';
import type { Store } from '../store/store';
import type { Manifest } from './bundle-format';

/** The results a workflow would reuse; not those whose point is the files they have written here. */
export function reusable(plan: Plan, store: Pick<Store, 'result'>): Manifest['results'] {
  const keys = new Set(plan.steps.flatMap(({ key, verdict }) => (verdict === 'reused' ? (key ?? []) : [])));
  return [...keys].flatMap((key) => {
    const row = store.result(key);
    return row === undefined || row.files !== undefined ? [] : [{ key, outputs: row.outputs, at: row.at }];
  });
}
