import type { RunSummary } from '#core/ipc';
import { withEngine, type Surroundings } from '../context';
import { exit, type ExitCode } from '../exit';
import { clean, money, table } from '../print';

export interface RunsOptions {
  limit?: number;
}

/** `seedloom runs` */
export async function runs({ limit }: RunsOptions, surroundings: Surroundings): Promise<ExitCode> {
  return withEngine(surroundings, [], async ({ engine, output }) => {
    const found = engine.runs();
    const all = found.slice(0, limit);
    if (output.json) {
      output.data(all);
      return exit.done;
    }
    if (all.length === 0) output.line('Nothing has been run yet.');
    const cut = new Set(engine.cutRuns().map(({ run }) => run));
    for (const line of runLines(all, cut)) output.line(line);
    if (all.length < found.length) output.line(`${found.length - all.length} older not shown.`);
    return exit.done;
  });
}

/** One line for each run, newest first; `cut` are the ids of those whose owner is gone. */
export function runLines(all: readonly RunSummary[], cut: ReadonlySet<string>): string[] {
  const rows = all.map(({ run, openedAt, outcome, waitsFor, steps, spent, title }) => [
    run,
    openedAt.slice(0, 16).replace('T', ' '),
    waitsFor === undefined ? (outcome ?? (cut.has(run) ? 'cut' : 'under way')) : 'waits for a choice',
    String(steps),
    money(spent),
    clean(title),
  ]);
  if (rows.length === 0) return [];
  return table([['run', 'opened (UTC)', 'outcome', 'steps', 'spent', 'title'], ...rows]);
}
