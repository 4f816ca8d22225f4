import type { Issue } from '#core/issue';
import { withEngine, type Surroundings } from '../context';
import { exit, type ExitCode } from '../exit';
import { counted, printIssues } from '../print';
import { askedOf } from '../request';

/** `seedloom validate FILE` */
export async function validate(file: string, surroundings: Surroundings): Promise<ExitCode> {
  return withEngine(surroundings, [], async (context) => {
    const { engine, output } = context;
    const asked = await askedOf(file, {}, context);
    const issues: Issue[] = asked.ok ? (await engine.plan(asked.request)).issues : asked.issues;
    const errors = issues.filter(({ severity }) => severity === 'error').length;
    if (output.json) output.data({ ok: errors === 0, issues });
    if (issues.length > 0) printIssues(output, `${file}: ${counted(errors, 'problem')}`, issues);
    else if (!output.json) output.line(`${file}: no problems`);
    return errors === 0 ? exit.done : exit.unusable;
  });
}
