import { FailureError } from '#core/failure';
import { keyCheckWords, type KeyCheck } from '#core/key-check';
import { providers as catalogue } from '#providers/catalogue';
import { withEngine, type Surroundings } from '../context';
import { exit, type ExitCode } from '../exit';
import { printRefusal, table, type Paint } from '../print';

export interface CheckOptions {
  setting?: string[];
}

/** `seedloom providers check [ID]`: spends nothing. Only a provider that is named can fail the command. */
export async function checkProviders(
  id: string | undefined,
  options: CheckOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  return withEngine(surroundings, options.setting ?? [], async ({ engine, output }) => {
    const withKeys = [...catalogue.values()].filter(({ secrets }) => secrets.length > 0);
    let checks: KeyCheck[];
    try {
      const asked = id === undefined ? withKeys.map((provider) => provider.id) : [id];
      checks = await Promise.all(asked.map((provider) => engine.checkKey(provider)));
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      const { code, message } = error.failure;
      printRefusal(output, 'seedloom', [{ code, severity: 'error', message, place: {} }]);
      return exit.unusable;
    }
    if (output.json) output.data(checks);
    else {
      for (const line of table(checks.map((check) => row(check, output.paint)))) output.line(line);
      if (checks.some(({ state }) => state === 'not-set'))
        output.line(output.paint.dim('Keys that were entered in the app are checked there.'));
    }
    return id === undefined || checks.every(isFine) ? exit.done : exit.failed;
  });
}

function isFine(check: KeyCheck): boolean {
  return check.state === 'works' || (check.state === 'unknown' && check.failure === undefined);
}

const colors = { works: 'green', refused: 'red', 'not-set': 'dim', unknown: 'yellow' } as const;

function row(check: KeyCheck, paint: Paint): string[] {
  return [check.provider, paint[colors[check.state]](keyCheckWords(check))];
}
