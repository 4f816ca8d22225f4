import { isWatched, lookAt, sightOf, type Sight } from './pod-keeper';
import type { PodReport } from '#core/pod';
import type { PodRow } from '../store/pod-rows';
import type { PodContext } from './pod-context';

/** Milliseconds. */
const memory = 30 * 86_400_000;

/** Those that may cost. */
export function watched({ parts }: PodContext): PodRow[] {
  return parts.podRows.all().filter(isWatched);
}

/** A look at those that may cost, or at `rows`: renews leases, stops what is to be stopped. */
export async function lookAtAll(
  context: PodContext,
  signal: AbortSignal,
  rows = watched(context),
): Promise<PodReport[]> {
  const { parts } = context;
  const { options } = parts;
  const sights = new Map<string, Sight>();
  for (const { host: id } of rows) {
    const host = options.podHosts?.get(id);
    if (host !== undefined && !sights.has(id)) sights.set(id, await sightOf(host, parts, signal));
  }
  await Promise.all(
    rows.map(async (row) => {
      const host = options.podHosts?.get(row.host);
      const sight = sights.get(row.host);
      if (host === undefined || sight === undefined || signal.aborted) return;
      await lookAt(row, sight, host, parts, signal);
    }),
  );
  await forgetGone(context);
  return context.known();
}

/** One that is gone without our doing is remembered for a while: with another key it may be there again. */
export async function forgetGone({ parts: { podRows, clock } }: PodContext): Promise<void> {
  for (const { life, mark, at } of podRows.all())
    if (life.phase === 'gone' && (life.wanted === 'gone' || clock.now() - at > memory))
      await podRows.remove(mark);
}

/** A look at one pod, as far as its host answers. */
export async function lookOnce(row: PodRow, context: PodContext): Promise<PodRow | undefined> {
  const { parts, leaving } = context;
  const host = context.host();
  await lookAt(row, await sightOf(host, parts, leaving), host, parts, leaving);
  return parts.podRows.find(row.mark);
}
