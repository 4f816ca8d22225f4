import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import type { Provider, Recovery } from '#core/provider';
import { countSteps, emptyRun, foldRun, type RunEvent } from '#core/run';
import { createEngine } from '#engine/engine';
import { LeapingClock } from './engine-bench';
import { small, smallModel, smallNodes, smallProvider } from './small-catalogue';

/** What one attempt to pay meets. `cut-*`: no answer comes, nothing or everything was taken. */
type Fault = 'none' | 'refused' | 'later' | 'broken' | 'cut-before' | 'cut-after';

export interface Scenario {
  /** Words on the first node; each makes `copies` pictures, each of which is changed once. */
  lines: number;
  copies: number;
  isChanged: boolean;
  together: number;
  recovery: Recovery;
  /** Worst price of a picture, and which part of it the vendor charges in the end. */
  cents: number;
  share: number;
  /** The cap as a part of what the whole would cost at worst. */
  capShare: number;
  /** Taken in turn by the attempts to pay, then begun again. */
  faults: Fault[];
}

export const scenarios: fc.Arbitrary<Scenario> = fc.record({
  lines: fc.integer({ min: 1, max: 5 }),
  copies: fc.integer({ min: 1, max: 3 }),
  isChanged: fc.boolean(),
  together: fc.integer({ min: 1, max: 16 }),
  recovery: fc.constantFrom<Recovery>('ticket', 'own-id', 'idempotency-key', 'none'),
  cents: fc.integer({ min: 1, max: 20 }),
  share: fc.constantFrom(0.25, 0.5, 1, 1, 1),
  capShare: fc.constantFrom(0, 0.1, 0.3, 0.5, 0.7, 0.9, 1, 1.3),
  faults: fc.array(
    fc.constantFrom<Fault>('none', 'none', 'none', 'refused', 'later', 'broken', 'cut-before', 'cut-after'),
    { minLength: 1, maxLength: 6 },
  ),
});

export interface Simulated {
  cap: number;
  /** US dollars by the vendor's own book. */
  charged: number;
  /** By the engine's: charged for certain, and what may have been. */
  spent: number;
  reserved: number;
  worst: number;
  outcome: string;
  held: number;
  /** Most attempts the vendor charged for one intended step. */
  chargesPerStep: number;
  asked: number;
  accounted: number;
}

export interface BudgetSimulation {
  run(scenario: Scenario): Promise<Simulated>;
  close(): Promise<void>;
}

/** One engine on one data folder, and a vendor with a book of its own; every scenario is a run of its own in it. */
export async function budgetSimulation(folder: string): Promise<BudgetSimulation> {
  const book = {
    faults: [] as Fault[],
    next: 0,
    price: 0,
    jobs: new Map<string, string>(),
    charges: [] as string[],
  };
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const { requestId, prompt } = JSON.parse(text) as { requestId: string; prompt: string };
      const known = book.jobs.has(requestId);
      const fault = known ? 'none' : book.faults[book.next++ % book.faults.length]!;
      const isTaken = fault === 'none' || fault === 'cut-after';
      if (isTaken && !known) {
        book.jobs.set(requestId, prompt);
        book.charges.push(prompt);
      }
      if (fault === 'cut-before' || fault === 'cut-after') request.socket.destroy();
      else if (fault === 'none') response.end('{}');
      else response.writeHead({ refused: 422, later: 429, broken: 500 }[fault]).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jobs`;
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#808080' } })
    .png()
    .toBuffer();

  const route = (together: number, recovery: Recovery): Provider => ({
    ...smallProvider,
    id: `${recovery}-${together}`,
    hosts: [],
    models: [{ ...smallModel, maxReferences: 30 }],
    limits: { together },
    recovery,
    submit: async (task, tools) => {
      const { requestId } = tools;
      const prompt = `${'prompt' in task ? task.prompt : ''} ${'variation' in task ? task.variation : ''}`;
      await tools.spend({ method: 'POST', url, json: { requestId, prompt } });
      if (recovery === 'none')
        return { state: 'done', result: { price: book.price, pictures: [{ from: 'bytes', bytes }] } };
      return {
        state: 'accepted',
        job: { provider: `${recovery}-${together}`, model: 'one', id: requestId, ticket: null },
      };
    },
    check: async ({ id }) =>
      book.jobs.has(id)
        ? { state: 'done', result: { price: book.price, pictures: [{ from: 'bytes', bytes }] } }
        : { state: 'lost', failure: { code: 'lost', act: 'vendor', charge: 'none', message: 'Not known.' } },
    readError: ({ status }) => ({
      code: `http-${status}`,
      act: status === 422 ? 'vendor' : 'wait',
      charge: 'none',
      message: `No (${status}).`,
    }),
  });
  const providers = new Map<string, Provider>();
  for (let together = 1; together <= 16; together += 1)
    for (const recovery of ['ticket', 'own-id', 'idempotency-key', 'none'] as const)
      providers.set(`${recovery}-${together}`, route(together, recovery));
  let price = 0;
  const engine = await createEngine({
    dataFolder: join(folder, 'data'),
    nodes: smallNodes,
    providers,
    secret: () => undefined,
    setting: () => undefined,
    price: () => price,
    clock: new LeapingClock(),
  });
  let number = 0;

  return {
    run: async (scenario) => {
      number += 1;
      const { lines, copies, isChanged, together, recovery, cents, share, capShare, faults } = scenario;
      price = cents / 100;
      Object.assign(book, { faults, next: 0, price: price * share, charges: [] });
      const words = Array.from({ length: lines }, (_, line) => `${number} line ${line}`).join('\n');
      const document = {
        ...small(
          [
            ['words', 'words', { lines: words }],
            ['make', 'make', { count: copies }],
            ...(isChanged
              ? ([
                  ['change', 'change'],
                  ['shrink', 'shrink'],
                ] as [string, string][])
              : []),
          ],
          [
            'words.text > make.prompt',
            ...(isChanged ? ['make.image > shrink.image', 'shrink.image > change.images'] : []),
          ],
        ),
        id: `document-${number}`,
      };
      const routed = `${recovery}-${together}/one`;
      const worst = price * (lines * copies + (isChanged ? 1 : 0));
      const cap = Math.round(worst * capShare * 100) / 100;
      const started = await engine.start({
        document: { ...document, routes: { generate: routed, edit: routed } },
        folder,
        outFolder: join(folder, 'out'),
        budget: cap,
      });
      if (!started.ok) throw new Error(started.issues.map(({ message }) => message).join('\n'));
      const events: RunEvent[] = [];
      started.run.listen((event) => events.push(event));
      const { outcome, spent } = await started.run.done;
      const counts = countSteps(events.reduce(foldRun, emptyRun(started.run.id)));
      const { asked, open, ...ends } = counts;
      const charges = new Map<string, number>();
      for (const prompt of book.charges) charges.set(prompt, (charges.get(prompt) ?? 0) + 1);
      return {
        cap,
        charged: book.charges.length * book.price,
        spent,
        reserved: stillReserved(events),
        worst: price,
        outcome,
        held: counts.held,
        chargesPerStep: Math.max(0, ...charges.values()),
        asked,
        accounted: open + Object.values(ends).reduce((sum, count) => sum + count, 0),
      };
    },
    close: async () => {
      await engine.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What the journal says is reserved and not settled, US dollars. */
function stillReserved(events: readonly RunEvent[]): number {
  const reserved = new Map<string, number>();
  for (const event of events)
    if (event.type === 'job-intended') reserved.set(event.requestId, event.worstPrice);
    else if (event.type === 'job-settled') reserved.delete(event.requestId);
  return [...reserved.values()].reduce((sum, amount) => sum + amount, 0);
}

/** What must hold in every run, in words; nothing when it does. */
export function brokenPromise({
  cap,
  charged,
  spent,
  reserved,
  worst,
  held,
  chargesPerStep,
  asked,
  accounted,
}: Simulated): string | undefined {
  const dust = 1e-6;
  if (charged > cap + dust) return `the vendor charged ${charged}, over the cap ${cap}`;
  if (spent + reserved > cap + dust) return `${spent} spent and ${reserved} reserved, over the cap ${cap}`;
  if (charged > spent + reserved + dust)
    return `charged ${charged}, but only ${spent} and ${reserved} are known of`;
  if (chargesPerStep > 1) return `one step was charged ${chargesPerStep} times`;
  if (asked !== accounted) return `${asked} steps asked, ${accounted} accounted for`;
  if (held > 0 && cap - spent - reserved >= worst + dust)
    return `a step was held with ${cap - spent - reserved} left, for ${worst}`;
  return undefined;
}
