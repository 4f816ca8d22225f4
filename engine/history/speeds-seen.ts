import { routeText } from '#core/plan/route';
import { median, type SpeedSeen } from '#core/route-comparison';
import type { Store } from '../store/store';

/** So many of the newest receipts are looked at: a large store answers at once, and old speeds matter little. */
const newest = 5_000;

/** How fast each route has been here, by its receipts. Routes that were never used are not in it. */
export function speedsSeen(store: Pick<Store, 'newestReceipts'>): Map<string, SpeedSeen> {
  const seconds = new Map<string, number[]>();
  for (const receipt of store.newestReceipts(newest)) {
    const route = routeText(receipt);
    const known = seconds.get(route);
    if (known === undefined) seconds.set(route, [receipt.seconds]);
    else known.push(receipt.seconds);
  }
  return new Map(
    [...seconds].map(([route, all]) => [route, { seconds: median(all) ?? 0, receipts: all.length }]),
  );
}
