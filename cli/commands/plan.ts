import { canRun } from '#core/plan/plan';
import { withEngine, type Surroundings } from '../context';
import { exit, type ExitCode } from '../exit';
import { costLines, costsAsked } from '../cost-lines';
import { planLines } from '../plan-words';
import { clean, printIssues, printRefusal } from '../print';
import { refusedBy, takePod, usedPodLines } from '../pod-for-run';
import { askedOf, type WorkflowOptions } from '../request';

export interface PlanOptions extends WorkflowOptions {
  setting?: readonly string[];
  /** A node whose routes are compared by what they cost. */
  compare?: string;
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
    const comparison =
      options.compare === undefined
        ? undefined
        : await engine.compareRoutes({ ...asked.request, node: options.compare });
    if (comparison !== undefined && comparison.asked === undefined) {
      const message = `There is no node "${options.compare}" that asks a model.`;
      printRefusal(output, file, [
        { code: 'nothing-to-compare', severity: 'error', message, place: { path: '--compare' } },
      ]);
      return exit.unusable;
    }
    if (output.json)
      output.data({
        ...made,
        issues,
        ...(comparison === undefined ? {} : { routes: costsAsked(comparison) }),
      });
    else {
      output.line(output.paint.bold(clean(asked.request.document.title)));
      for (const line of [...planLines(made, output.paint), ...usedPodLines(made, context)])
        output.line(line);
      if (comparison !== undefined) {
        output.line();
        for (const line of costLines(costsAsked(comparison), output.paint)) output.line(line);
      }
    }
    if (issues.length > 0) printIssues(output, canRun(made) ? `${file}:` : `${file} cannot run:`, issues);
    return canRun(made) ? exit.done : refusedBy(made.issues, context);
  });
}
