import { z } from 'zod';
import { parsed, type Store } from './store';

/** Most that may be spent, US dollars; no limit where left out. */
export interface Caps {
  run?: number;
  workflow?: number;
  day?: number;
}

/** Money of one paid request. */
export interface Charge {
  requestId: string;
  /** The run that sends it, and so pays. */
  run: string;
  documentId: string;
  /** `2026-11-21`, where the person is. */
  day: string;
  /** Worst price, US dollars. */
  worst: number;
}

/** US dollars. */
export interface Totals {
  billed: number;
  /** May still be charged: on its way, in doubt, or given up without knowing. */
  reserved: number;
}

export interface Settled {
  payer: string;
  reserved: number;
  billed: number;
  released: number;
}

/** `over`: what is billed already stands in the way. `full`: only what is reserved does, and may be released. */
export type Reservation = 'reserved' | 'full' | 'over';

// Kept in millionths of a dollar: sums of whole numbers are exact.
const chargeSchema = z.object({
  run: z.string(),
  documentId: z.string(),
  day: z.string(),
  reserved: z.number().int(),
  settled: z.boolean(),
});
const totalsSchema = z.object({ billed: z.number().int(), reserved: z.number().int() });

const micros = (dollars: number) => Math.round(dollars * 1e6);
const dollars = (amount: number) => amount / 1e6;

/**
 * What was reserved and billed, by request, with the sums by run, workflow and day. Every change is made inside a
 * transaction of the store (`together`), so that the caps hold over all processes that share a data folder.
 */
export class Ledger {
  readonly #charges;
  readonly #totals;

  constructor(store: Store) {
    this.#charges = store.table<unknown, string>('charges');
    this.#totals = store.table<unknown, string>('totals');
  }

  /** What `reserve` would say, without reserving. */
  look(charge: Charge, caps: Caps): Reservation {
    const before = this.#open(charge.requestId);
    // What is reserved already counts for its run and its workflow, and for the day it was reserved on.
    if (before !== undefined)
      return before.day === charge.day
        ? 'reserved'
        : this.#fits(before.reserved, placed(caps.day === undefined ? {} : { day: caps.day }, charge));
    return this.#fits(micros(charge.worst), placed(caps, charge));
  }

  #fits(worst: number, caps: [cap: number, place: string][]): Reservation {
    // What costs nothing fits under any cap.
    if (worst === 0) return 'reserved';
    let full = false;
    for (const [cap, place] of caps) {
      const { billed, reserved } = this.#read(place);
      if (billed + worst > micros(cap)) return 'over';
      full ||= billed + reserved + worst > micros(cap);
    }
    return full ? 'full' : 'reserved';
  }

  /**
   * Inside a transaction. Sending a request again under its own id needs no second reservation; on another day the first
   * one moves to that day.
   */
  reserve(charge: Charge, caps: Caps): Reservation {
    const verdict = this.look(charge, caps);
    if (verdict !== 'reserved') return verdict;
    const { requestId, run, documentId, day } = charge;
    const before = this.#open(requestId);
    if (before !== undefined) {
      if (before.day === day) return verdict;
      void this.#charges.put(requestId, { ...before, day });
      this.#change(`day:${before.day}`, { billed: 0, reserved: -before.reserved });
      this.#change(`day:${day}`, { billed: 0, reserved: before.reserved });
      return verdict;
    }
    const worst = micros(charge.worst);
    void this.#charges.put(requestId, { run, documentId, day, reserved: worst, settled: false });
    this.#add(charge, { billed: 0, reserved: worst });
    return verdict;
  }

  /**
   * Inside a transaction. `undefined` when there is nothing left to settle. `openDollars` of what was reserved stay so for
   * good: nobody can tell whether they were charged.
   */
  settle(requestId: string, billedDollars: number, openDollars = 0): Settled | undefined {
    const charge = this.#open(requestId);
    if (charge === undefined) return undefined;
    const billed = micros(billedDollars);
    const open = Math.min(micros(openDollars), charge.reserved);
    const reserved = charge.reserved - open;
    void this.#charges.put(requestId, { ...charge, reserved: open, settled: true });
    this.#add(charge, { billed, reserved: -reserved });
    return {
      payer: charge.run,
      reserved: dollars(reserved),
      billed: dollars(billed),
      released: dollars(Math.max(0, reserved - billed)),
    };
  }

  totals(of: keyof Caps, id: string): Totals {
    const { billed, reserved } = this.#read(`${of}:${id}`);
    return { billed: dollars(billed), reserved: dollars(reserved) };
  }

  #read(place: string): z.infer<typeof totalsSchema> {
    return parsed(totalsSchema, this.#totals.get(place)) ?? { billed: 0, reserved: 0 };
  }

  /** What is reserved for a request and not settled. */
  #open(requestId: string): z.infer<typeof chargeSchema> | undefined {
    const charge = parsed(chargeSchema, this.#charges.get(requestId));
    return charge?.settled === false ? charge : undefined;
  }

  #add(charge: Pick<Charge, 'run' | 'documentId' | 'day'>, change: z.infer<typeof totalsSchema>): void {
    for (const place of [`run:${charge.run}`, `workflow:${charge.documentId}`, `day:${charge.day}`])
      this.#change(place, change);
  }

  #change(place: string, change: z.infer<typeof totalsSchema>): void {
    const { billed, reserved } = this.#read(place);
    void this.#totals.put(place, { billed: billed + change.billed, reserved: reserved + change.reserved });
  }
}

function placed(caps: Caps, { run, documentId, day }: Charge): [cap: number, place: string][] {
  const places = { run: `run:${run}`, workflow: `workflow:${documentId}`, day: `day:${day}` };
  return (['run', 'workflow', 'day'] as const).flatMap((of) =>
    caps[of] === undefined || caps[of] === Infinity ? [] : [[caps[of], places[of]]],
  );
}
