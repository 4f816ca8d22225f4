import { describeCause, isAlike } from '#core/compare/comparison-words';
import type { Comparison, StepDifference } from '#core/compare/comparison';
import { withEngine, type Surroundings } from '../context';
import { exit, type ExitCode } from '../exit';
import { clean, counted, money, table, type Paint } from '../print';
import { refuseRun } from '../run-refusal';

/** `seedloom compare RUN RUN` */
export async function compare(a: string, b: string, surroundings: Surroundings): Promise<ExitCode> {
  return withEngine(surroundings, [], async ({ engine, output }) => {
    let comparison: Comparison;
    try {
      comparison = engine.compare(a, b);
    } catch (error) {
      return refuseRun(output, engine.show(a) === undefined ? a : b, error);
    }
    if (output.json) output.data(comparison);
    else for (const line of comparisonLines(comparison, output.paint)) output.line(line);
    return exit.done;
  });
}

/** Steps of one cause that are named; of more only the number is told. */
const mostNamed = 8;

/** The two runs, what they have in common, then the first causes of what they have not, the first one first. */
export function comparisonLines(comparison: Comparison, paint: Paint): string[] {
  const { a, b, same, steps, causes } = comparison;
  const lines = table(
    (
      [
        ['A', a],
        ['B', b],
      ] as const
    ).map(([name, { run, openedAt, outcome = 'under way', spent, title }]) => [
      name,
      run,
      openedAt.slice(0, 16).replace('T', ' '),
      outcome,
      money(spent),
      clean(title),
    ]),
  );
  if (isAlike(comparison)) return [...lines, `Nothing differs: ${counted(same.length, 'step')} in common.`];
  lines.push(
    `${counted(same.length, 'step')} in common, ${steps.length} ${steps.length === 1 ? 'differs' : 'differ'}.`,
  );
  causes.forEach((cause, place) => {
    lines.push('', `${place + 1}. ${paint.bold(clean(describeCause(cause)))}`);
    const theirs = steps.filter((step) => step.cause === place);
    if (theirs.length === 0) lines.push(paint.dim('   no step differs by it'));
    lines.push(...theirs.slice(0, mostNamed).map((step) => `   ${stepWords(step)}`));
    if (theirs.length > mostNamed) lines.push(`   and ${counted(theirs.length - mostNamed, 'more step')}`);
  });
  return lines;
}

function stepWords({ step, states, through }: StepDifference): string {
  const side = states.a === undefined ? ' (only in B)' : states.b === undefined ? ' (only in A)' : '';
  const before = through === undefined ? '' : `, because of ${through.step ?? through.node}`;
  return `${step}${side}${before}`;
}
