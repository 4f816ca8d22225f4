import { withEngine, type Surroundings } from '../context';
import { eventWords } from '../event-words';
import { exit, type ExitCode } from '../exit';
import { printRefusal } from '../print';

/** `seedloom show RUN` */
export async function show(run: string, surroundings: Surroundings): Promise<ExitCode> {
  return withEngine(surroundings, [], async ({ engine, output }) => {
    const events = engine.show(run);
    if (events === undefined) {
      const message = 'There is no such run; "seedloom runs" lists all there are.';
      printRefusal(output, `run ${run}`, [{ code: 'unknown-run', severity: 'error', message, place: {} }]);
      return exit.unusable;
    }
    for (const event of events) {
      if (output.json) output.data(event);
      else {
        const words = eventWords(event, output.paint);
        if (words !== undefined) output.line(`${output.paint.dim(event.at.slice(0, 19))}  ${words}`);
      }
    }
    return exit.done;
  });
}
