import { z } from 'zod';
import { outputsSchema } from '#core/values';
import type { Plan } from '#core/plan/planned';
import { bundledKey } from '../bundle/bundled-results';
import type { PlanRequest } from '../contract';
import { requestOf } from '../run/kept-request';
import { PinRows } from '../store/pin-rows';
import { QueueRows } from '../store/queue-rows';
import type { RunRow, Store } from '../store/store';
import { allEntries, picturesOf } from './known-pictures';

/** What a clean-up leaves alone, and when each result was last used. */
export interface Needed {
  keys: Set<string>;
  hashes: Set<string>;
  /** Key → ISO time. */
  lastUse: Map<string, string>;
  /** The runs that were open when this was found out. */
  openRuns: ReadonlySet<string>;
}

const finishedSchema = z.object({
  type: z.literal('step-finished'),
  run: z.string(),
  key: z.string(),
  at: z.string(),
  outputs: outputsSchema,
});

/**
 * Whatever something still needs: an open workflow and a queued run (the pictures they name, and the results they would
 * reuse), a run that is under way, cut or waiting (that, and what it has made so far), an open job, what any run's workflow
 * names by its hash (a picture that was pasted), and what any workflow that was planned here has pinned.
 */
export async function neededResults(
  store: Store,
  open: readonly PlanRequest[],
  planOf: (request: PlanRequest) => Promise<Plan>,
  underWay: Iterable<string>,
): Promise<Needed> {
  const keys = new Set(underWay);
  const hashes = new Set<string>();
  const lastUse = new Map<string, string>();
  const openRuns = new Set<string>();
  const unfinished: RunRow['request'][] = [];
  for (const row of store.runs()) {
    addHashes(row.request.document, hashes);
    if (!isOpen(row)) continue;
    openRuns.add(row.run);
    unfinished.push(row.request);
  }
  for (const { key, job } of store.openJobs()) {
    keys.add(key);
    openRuns.add(job.run);
    addHashes(job, hashes);
  }
  for (const hash of new PinRows(store).all()) hashes.add(hash);
  const queue = new QueueRows(store);
  const queued = queue.entries().flatMap(({ run }) => queue.request(run) ?? []);
  for (const request of [...open, ...[...queued, ...unfinished].map(requestOf)]) {
    addHashes(request.document, hashes);
    const { steps } = await planOf(request);
    for (const { key, outputs, bundled } of steps) {
      if (key !== undefined) keys.add(key);
      if (key !== undefined && bundled === true) keys.add(bundledKey(request.document.id, key) ?? key);
      if (outputs !== undefined) for (const hash of picturesOf({ outputs })) hashes.add(hash);
    }
  }
  for await (const written of allEntries(store)) {
    const { data: entry } = finishedSchema.safeParse(written);
    if (entry === undefined || entry.key === '') continue;
    if (entry.at > (lastUse.get(entry.key) ?? '')) lastUse.set(entry.key, entry.at);
    if (!openRuns.has(entry.run)) continue;
    keys.add(entry.key);
    for (const hash of picturesOf(entry)) hashes.add(hash);
  }
  return { keys, hashes, lastUse, openRuns };
}

/** Whether a run was opened that `needed` does not know of. */
export function hasNewRun(store: Store, { openRuns }: Needed): boolean {
  return store.runs().some((row) => isOpen(row) && !openRuns.has(row.run));
}

function isOpen({ closedAt, outcome }: RunRow): boolean {
  return closedAt === undefined || outcome === 'waiting' || outcome === 'over-budget';
}

/** Every hash a JSON value names anywhere, whatever it is there for. */
function addHashes(value: unknown, into: Set<string>): void {
  for (const [hash] of JSON.stringify(value).matchAll(/(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g))
    into.add(hash);
}
