import { routeText } from '#core/plan/route';
import type { Receipt } from '#core/receipt';
import { median } from '#core/route-comparison';
import type { WorkSeen } from '#core/route-economics';

/**
 * What each route's pictures took of the machine that made them, by its receipts, newest or not. Jobs of one provider that
 * overlap share their time: one machine works at one after the other while the other waits.
 */
export function workSeen(receipts: readonly Receipt[]): Map<string, WorkSeen> {
  const seconds = new Map<string, number[]>();
  const prices = new Map<string, number[]>();
  const shares = sharedSeconds(receipts);
  receipts.forEach((receipt, place) => {
    const pictures = receipt.pictures.length;
    if (pictures === 0) return;
    const route = routeText(receipt);
    add(seconds, route, shares[place]! / pictures);
    if (receipt.vendorPrice !== undefined) add(prices, route, receipt.vendorPrice / pictures);
  });
  return new Map(
    [...seconds].map(([route, all]) => {
      const price = median(prices.get(route) ?? []);
      return [
        route,
        {
          seconds: median(all) ?? 0,
          receipts: all.length,
          ...(price === undefined ? {} : { price }),
        },
      ];
    }),
  );
}

function add(lists: Map<string, number[]>, name: string, value: number): void {
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [value]);
  else list.push(value);
}

/** Of each receipt its part of the time in which jobs of its provider were under way; together they make up all of it. */
function sharedSeconds(receipts: readonly Receipt[]): number[] {
  const shares = receipts.map(() => 0);
  const byProvider = new Map<string, { at: number; place: number; begins: boolean }[]>();
  receipts.forEach(({ provider, at, seconds }, place) => {
    const end = Date.parse(at) / 1000;
    const events = byProvider.get(provider) ?? [];
    byProvider.set(provider, events);
    events.push({ at: end - seconds, place, begins: true }, { at: end, place, begins: false });
  });
  for (const events of byProvider.values()) {
    const active = new Set<number>();
    let before = 0;
    for (const { at, place, begins } of events.sort((left, right) => left.at - right.at)) {
      for (const one of active) shares[one]! += (at - before) / active.size;
      before = at;
      if (begins) active.add(place);
      else active.delete(place);
    }
  }
  return shares;
}
