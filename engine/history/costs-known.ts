import { machineOf } from '#core/pod-machine';
import type { ProviderCatalogue } from '#core/provider';
import type { Machine, WorkSeen } from '#core/route-economics';
import type { Clock, EngineOptions } from '../contract';
import { settingsOf } from '../network/free-tools';
import type { Pods } from '../pods/contract';
import type { Store } from '../store/store';
import { workSeen } from './work-seen';

/** So many of the newest receipts are looked at: a large store answers at once. */
const newest = 5_000;

/** What is known just now of the machines that are paid by their time, and of the work on them. Asks nobody. */
export function costsKnown({
  store,
  pods,
  providers,
  options,
  clock,
}: {
  store: Pick<Store, 'newestReceipts'>;
  pods: Pick<Pods, 'at'>;
  providers: ProviderCatalogue;
  options: Pick<EngineOptions, 'setting'>;
  clock: Clock;
}): { machine(provider: string): Machine | undefined; work(route: string): WorkSeen | undefined } {
  const machines = new Map<string, Machine>();
  for (const [id, provider] of providers) {
    const spec = provider.machine?.(settingsOf(provider, options.setting));
    if (spec === undefined) continue;
    const there = spec.address === undefined ? undefined : pods.at(spec.address);
    machines.set(id, machineOf(id, spec, there, clock.now()));
  }
  const work = workSeen(store.newestReceipts(newest).filter(({ provider }) => machines.has(provider)));
  return { machine: (provider) => machines.get(provider), work: (route) => work.get(route) };
}
