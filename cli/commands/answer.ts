import { withEngine, type Surroundings } from '../context';
import { exit, type ExitCode } from '../exit';
import { printRefusal } from '../print';
import { goOn, type ResumeOptions } from './resume';

/** `seedloom answer RUN STEP resend|give-up`. After `resend` the run goes on at once. */
export async function answer(
  run: string,
  step: string,
  given: 'resend' | 'give-up',
  options: ResumeOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  return withEngine(surroundings, options.setting ?? [], async (context) => {
    const { engine, output } = context;
    const failure = await engine.answer(run, step, given);
    if (failure !== undefined) {
      const { code, message } = failure;
      printRefusal(output, `run ${run}`, [{ code, severity: 'error', message, place: { path: step } }]);
      return exit.unusable;
    }
    if (given === 'resend') return (await goOn(run, context)).code;
    output.line(`Given up: ${step} is not sent again by this run. Running the workflow would send it anew.`);
    return exit.done;
  });
}
