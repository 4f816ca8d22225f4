import { failureOf } from '#core/failure';
import { exit, type ExitCode } from './exit';
import { printRefusal, type Output } from './print';

/** Says why what was asked of a run could not be done; a bug of ours goes on as it is. */
export function refuseRun(output: Output, run: string, thrown: unknown): ExitCode {
  const { code, act, message } = failureOf(thrown);
  if (act === 'us') throw thrown;
  const words = code === 'unknown-run' ? `${message} "seedloom runs" lists all there are.` : message;
  printRefusal(output, `run ${run}`, [{ code, severity: 'error', message: words, place: {} }]);
  return exit.unusable;
}
