import { failureOf, type Failure } from '#core/failure';
import type { Provider, ProviderTools, RemoteJob, RemoteResult, WatchTools } from '#core/provider';
import type { Clock } from '../contract';
import { CallError } from '../network/retry';
import { orAborted } from './or-aborted';
import type { EngineParts, Order, RunContext } from './parts';

export type JobEnd =
  | { end: 'done'; result: RemoteResult }
  | { end: 'failed'; failure: Failure; price?: number }
  | { end: 'lost'; failure: Failure }
  | { end: 'in-doubt'; failure: Failure }
  /** It may still finish at the vendor: the job stays open and is asked for again in a later run. */
  | { end: 'left'; failure: Failure };

const firstWait = 300;
/** Between two questions: at first, and once a job has taken `longJob`. */
const longestPoll = 5_000;
const longestPollOfLongJob = 30_000;
const longJob = 600_000;
const longestPause = 30_000;
/** After so many answers in a row that make no sense, a person should look. */
const mostTroubles = 8;
const previewEvery = 250;
/** Milliseconds a vendor may take to answer that it stops a job. */
const longestCancel = 20_000;
/** How often a cancelled job is asked whether it has stopped before it is left to itself. */
const mostAsksAfterCancel = 6;

/**
 * Asks for a job until the vendor gives a verdict. A question that goes wrong is never a verdict: it is asked again, ever
 * more slowly. `known` is awaited when the vendor says that it has the job. When the run is cancelled the vendor is asked to
 * stop, and what comes of it is taken.
 */
export async function collectJob(
  parts: EngineParts,
  context: Pick<RunContext, 'signal' | 'leaving' | 'tell'>,
  { step, place: { node }, provider }: Order,
  job: RemoteJob,
  tools: ProviderTools,
  known: () => Promise<void>,
): Promise<JobEnd> {
  const { clock } = parts;
  const { leaving } = context;
  if (provider.check === undefined)
    throw new Error(`${provider.id} accepts jobs but cannot be asked for them`);
  let wake = new AbortController();
  const rouse = () => wake.abort();
  let lastPreview = -Infinity;
  const stopWatching = watched(provider, job, tools, {
    report: (fraction) => context.tell({ type: 'job-progressed', step, node, fraction }),
    preview: (bytes) => {
      if (clock.now() - lastPreview < previewEvery) return;
      lastPreview = clock.now();
      void parts.passing
        .put(bytes)
        .then((hash) => context.tell({ type: 'preview-arrived', step, node, hash }))
        // A preview is good to have, no more.
        .catch(() => undefined);
    },
    wake: rouse,
  });
  context.signal.addEventListener('abort', rouse);
  leaving.addEventListener('abort', rouse);
  const begun = clock.now();
  let asksAfterCancel = 0;
  let wait = firstWait;
  let troubles = 0;
  try {
    for (;;) {
      if (leaving.aborted) return { end: 'left', failure: stillRunning };
      if (context.signal.aborted) {
        if (asksAfterCancel === 0) await stopAtVendor(provider, job, tools, clock);
        asksAfterCancel += 1;
        wait = firstWait;
      }
      const isLastAsk = provider.cancel === undefined || asksAfterCancel >= mostAsksAfterCancel;
      const leave = context.signal.aborted && isLastAsk;
      try {
        const state = await orAborted(provider.check(job, tools), leaving);
        if (state === undefined) return { end: 'left', failure: stillRunning };
        troubles = 0;
        if (state.state === 'done') return { end: 'done', result: state.result };
        if (state.state === 'failed')
          return {
            ...(state.price === undefined ? {} : { price: state.price }),
            end: 'failed',
            failure: state.failure,
          };
        if (state.state === 'lost') return { end: 'lost', failure: state.failure };
        if (state.state === 'in-doubt') return { end: 'in-doubt', failure: state.failure };
        await known();
        const { fraction, place, words } = state;
        context.tell({
          type: 'job-progressed',
          step,
          node,
          ...(fraction === undefined ? {} : { fraction }),
          ...(place === undefined ? {} : { place }),
          ...(words === undefined ? {} : { words }),
        });
        if (leave) return { end: 'left', failure: stillRunning };
        const longest = clock.now() - begun > longJob ? longestPollOfLongJob : longestPoll;
        wait = Math.min(longest, wait * 1.3);
      } catch (error) {
        const failure = failureOf(error);
        troubles += 1;
        if (leave) return { end: 'left', failure: stillRunning };
        // No network, or a vendor that is down, is waited out however long it takes.
        const passes = failure.act === 'wait' || (error instanceof CallError && error.passing);
        const most = failure.act === 'user' ? 2 : mostTroubles;
        if (!passes && troubles >= most)
          return {
            end: 'left',
            failure: { ...failure, charge: 'possible', message: `${failure.message} ${laterWords}` },
          };
        wait = Math.min(longestPause, wait * 2);
      }
      if (!wake.signal.aborted) await clock.sleep(wait, wake.signal);
      wake = new AbortController();
      if (context.signal.aborted && asksAfterCancel === 0) wake.abort();
    }
  } finally {
    stopWatching?.();
    context.signal.removeEventListener('abort', rouse);
    leaving.removeEventListener('abort', rouse);
  }
}

/** Progress only: a provider that cannot follow it is polled. */
function watched(provider: Provider, job: RemoteJob, tools: ProviderTools, watch: WatchTools) {
  try {
    return provider.watch?.(job, tools, watch);
  } catch {
    return undefined;
  }
}

/** Asks the vendor to stop; what comes of it is seen by asking for the job. */
async function stopAtVendor(
  provider: Provider,
  job: RemoteJob,
  tools: ProviderTools,
  clock: Clock,
): Promise<void> {
  const stopped = async () => {
    try {
      await provider.cancel?.(job, tools);
    } catch {
      // The job itself tells whether it was stopped.
    }
  };
  await Promise.race([stopped(), clock.sleep(longestCancel)]);
}

export const laterWords =
  'It may still finish there: it is asked for again later, and never sent a second time.';
const stillRunning: Failure = {
  code: 'cancelled',
  act: 'user',
  charge: 'possible',
  message: `Cancelled here, but the service could not be stopped. ${laterWords}`,
};
