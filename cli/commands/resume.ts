import { withEngine, type Context, type Surroundings } from '../context';
import { exit, exitOf, type ExitCode } from '../exit';
import { followRun, printSummary } from '../follow-run';
import { clean, printRefusal } from '../print';

export interface ResumeOptions {
  setting?: readonly string[];
}

/** `seedloom resume [RUN]` */
export async function resume(
  run: string | undefined,
  options: ResumeOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  return withEngine(surroundings, options.setting ?? [], async (context) => {
    const { engine, output } = context;
    if (run !== undefined) return (await goOn(run, context)).code;
    const cut = engine.cutRuns();
    if (cut.length === 0) output.line('No run was cut; there is nothing to go on with.');
    let worst: ExitCode = exit.done;
    for (const { run: id, title } of cut) {
      output.line(`Going on with ${id} (${clean(title)})`);
      const { code, interrupted } = await goOn(id, context);
      worst = Math.max(worst, code) as ExitCode;
      if (interrupted) break;
    }
    return worst;
  });
}

/** Goes on with one run to its end. */
export async function goOn(run: string, context: Context): Promise<{ code: ExitCode; interrupted: boolean }> {
  const { engine, output } = context;
  const from = engine.show(run)?.length ?? 0;
  const started = await engine.resume(run);
  if (!started.ok) {
    printRefusal(output, `run ${run}`, started.issues);
    return { code: exit.unusable, interrupted: false };
  }
  const followed = await followRun(started.run, context, { from });
  printSummary(output, run, followed, []);
  return { code: exitOf(followed.outcome, followed.interrupted), interrupted: followed.interrupted };
}
