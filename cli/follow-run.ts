import type { Outcome } from '#core/journal';
import type { Run } from '#engine/contract';
import type { Context } from './context';
import { exit } from './exit';
import { counted, money, type Output } from './print';
import { progressFor } from './progress';
import { RunTally } from './run-tally';

export interface Followed {
  outcome: Outcome;
  interrupted: boolean;
  tally: RunTally;
}

/**
 * Shows a run to its end. The first Ctrl+C cancels it, which collects what is paid for; the second leaves at once, and the
 * run is cut. `from`: entries before this number are of an earlier sitting and are not shown again.
 */
export async function followRun(
  run: Run,
  { engine, output }: Pick<Context, 'engine' | 'output'>,
  { from = 0, budget }: { from?: number; budget?: number | undefined } = {},
): Promise<Followed> {
  const tally = new RunTally(run.id);
  const progress = progressFor({ output, tally, budget });
  let interrupted = false;
  const interrupt = () => {
    if (interrupted) {
      progress.end();
      output.error(`Left at once; run ${run.id} was cut. "seedloom resume" goes on with it.`);
      void engine.leaveAtOnce().then(() => process.exit(exit.cancelled));
      return;
    }
    interrupted = true;
    output.error('Cancelling, and collecting what is paid for. Ctrl+C again leaves at once.');
    run.cancel();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  run.listen((event) => {
    if ('seq' in event && event.seq < from) return;
    tally.take(event);
    progress.event(event);
  });
  try {
    const { outcome } = await run.done;
    return { outcome, interrupted, tally };
  } finally {
    progress.end();
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

const headings: Record<Outcome, string> = {
  done: 'Done',
  failed: 'Not everything was made',
  waiting: 'Waiting for you',
  'over-budget': 'Over budget',
  cancelled: 'Cancelled',
};

/** What a run came to, in words; `places` says where its pictures are, `choices` what is to be chosen. */
export function printSummary(
  output: Output,
  run: string,
  { outcome, interrupted, tally }: Followed,
  places: readonly string[],
  choices: readonly string[] = [],
): void {
  const { paint } = output;
  const counts = tally.counts();
  const choosing = tally
    .steps()
    .filter(({ state, because }) => state === 'held' && because === 'choice').length;
  const held = counts.held - choosing;
  const parts = [
    `${counts.finished} made`,
    `${counts.reused} reused`,
    counts.failed > 0 && `${counts.failed} failed`,
    counts.skipped > 0 && `${counts.skipped} not run`,
    counts.inDoubt > 0 && `${counts.inDoubt} in doubt`,
    held > 0 && `${held} held back`,
    choosing > 0 && `${choosing} ${choosing === 1 ? 'waits' : 'wait'} for a choice`,
  ].filter((part) => part !== false);
  const heading =
    interrupted && outcome !== 'done'
      ? headings.cancelled
      : tally.isRehearsal && outcome === 'waiting'
        ? 'A real run would wait for you'
        : headings[outcome];
  const color = outcome === 'done' ? paint.green : outcome === 'failed' ? paint.red : paint.yellow;
  output.line(`${color(heading)}: ${parts.join(', ')}. Spent ${money(tally.spent)}.`);
  const unsure = tally
    .steps()
    .filter(({ state, failure }) => state === 'failed' && failure?.charge === 'possible').length;
  if (unsure > 0) output.line(`${counted(unsure, 'step')} that failed may have been charged.`);
  const isHeldFor = (reason: string) =>
    tally.steps().some(({ state, because }) => state === 'held' && because === reason);
  if (isHeldFor('budget'))
    output.line(
      'Raise --budget (or the budgets in the settings) and run again: what is made is not paid for twice.',
    );
  if (isHeldFor('vendor'))
    output.line(
      'What may still finish at a service is collected by "seedloom resume", never paid for again.',
    );
  for (const line of choices) output.line(line);
  if (outcome !== 'done') output.line(paint.dim(`Run ${run}; "seedloom show ${run}" tells all of it.`));
  for (const place of places) output.line(place);
}
