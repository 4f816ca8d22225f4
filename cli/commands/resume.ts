import { nextSeq } from '#core/next-seq';
import { withEngine, type Context, type Surroundings } from '../context';
import { exit, exitOf, type ExitCode } from '../exit';
import { followRun, printSummary } from '../follow-run';
import { eventWords, isTrouble } from '../event-words';
import { keepingPods } from '../keep-pods';
import { clean, counted, printRefusal } from '../print';
import { isEnd } from '../run-tally';

export interface ResumeOptions {
  setting?: readonly string[];
}

/** `seedloom resume [RUN]` */
export async function resume(
  run: string | undefined,
  options: ResumeOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  return withEngine(
    surroundings,
    options.setting ?? [],
    keepingPods(async (context) => {
      const { engine, output } = context;
      if (run !== undefined) return (await goOn(run, context)).code;
      const cut = engine.cutRuns();
      const late = engine.lateJobs();
      if (cut.length + late.length === 0)
        output.line('No run was cut and no job is left; there is nothing to go on with.');
      let worst: ExitCode = exit.done;
      for (const { run: id, title } of cut) {
        output.line(`Going on with ${id} (${clean(title)})`);
        const { code: ended, interrupted } = await goOn(id, context);
        // A run that was cancelled before it was cut has only been collected, as it should.
        const code = ended === exit.cancelled && !interrupted ? exit.done : ended;
        worst = Math.max(worst, code) as ExitCode;
        if (interrupted) return worst;
      }
      // A run that was cancelled leaves its jobs when it is closed.
      if (engine.lateJobs().length === 0) return worst;
      return Math.max(worst, await collectLate(context)) as ExitCode;
    }),
  );
}

/** Goes on with one run to its end. */
export async function goOn(run: string, context: Context): Promise<{ code: ExitCode; interrupted: boolean }> {
  const { engine, output } = context;
  const from = nextSeq(engine.show(run) ?? []);
  const started = await engine.resume(run);
  if (!started.ok) {
    printRefusal(output, `run ${run}`, started.issues);
    return { code: exit.unusable, interrupted: false };
  }
  const { paused, underWay } = engine.queue.state();
  if (paused && underWay?.run === run)
    output.error('It is a run of the queue, and the queue is paused: "seedloom queue resume" goes on.');
  const followed = await followRun(started.run, context, { from });
  printSummary(output, run, followed, []);
  return { code: exitOf(followed.outcome, followed.interrupted), interrupted: followed.interrupted };
}

/** Collects jobs of closed runs; Ctrl+C leaves them for another time. */
async function collectLate({ engine, output }: Context): Promise<ExitCode> {
  output.line(`Asking for ${counted(engine.lateJobs().length, 'job')} of runs that are closed`);
  const interrupt = () => void engine.close();
  process.once('SIGINT', interrupt);
  let code: ExitCode = exit.done;
  try {
    await engine.collectLate((event) => {
      if (event.type === 'step-failed') code = exit.failed;
      if (output.json) output.data(event);
      else if (isTrouble(event)) output.error(eventWords(event, output.errorPaint) ?? '');
      else if (isEnd(event) || event.type === 'job-settled')
        output.line(eventWords(event, output.paint) ?? '');
    });
  } finally {
    process.off('SIGINT', interrupt);
  }
  return code;
}
