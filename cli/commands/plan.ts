import { canRun } from '#core/plan/plan';
import { withEngine, type Surroundings } from '../context';
import { exit, type ExitCode } from '../exit';
import { planLines } from '../plan-words';
import { clean, printIssues, printRefusal } from '../print';
import { refusedBy, takePod, usedPodLines } from '../pod-for-run';
import { askedOf, type WorkflowOptions } from '../request';

export interface PlanOptions extends WorkflowOptions {
  setting?: readonly string[];
}

/** `seedloom plan FILE` */
export async function plan(
  file: string,
  options: PlanOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  return withEngine(surroundings, options.setting ?? [], async (context) => {
    const { engine, output } = context;
    const refused = await takePod(options.pod, context);
    if (refused !== undefined) return refused;
    const asked = await askedOf(file, options, context);
    if (!asked.ok) {
      printRefusal(output, file, asked.issues);
      return exit.unusable;
    }
    const made = await engine.planToRun(asked.request);
    const issues = [...asked.warnings, ...made.issues];
    if (output.json) output.data({ ...made, issues });
    else {
      output.line(output.paint.bold(clean(asked.request.document.title)));
      for (const line of [...planLines(made, output.paint), ...usedPodLines(made, context)])
        output.line(line);
    }
    if (issues.length > 0) printIssues(output, canRun(made) ? `${file}:` : `${file} cannot run:`, issues);
    return canRun(made) ? exit.done : refusedBy(made.issues, context);
  });
}
