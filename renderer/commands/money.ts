import type { MoneyState } from '#core/money-state';
import { call } from './bridge';

/** What is spent and reserved; `undefined` when that cannot be asked. */
export async function readMoney(run: string | null, workflow: string): Promise<MoneyState | undefined> {
  const answer = await call('money.state', { run, workflow });
  return answer.ok ? answer.value : undefined;
}
