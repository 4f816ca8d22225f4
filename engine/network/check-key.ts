import { FailureError, type Failure } from '#core/failure';
import type { KeyCheck } from '#core/key-check';
import type { Provider } from '#core/provider';
import { secretVariable } from '../data-folder';
import { freeTools, type Calls } from './free-tools';

/** Milliseconds for a whole check. */
const longest = 30_000;

/** Failures that speak of the key or its account; any other says nothing about them. */
const verdicts: ReadonlySet<string> = new Set(['bad-key', 'forbidden', 'no-balance']);

/** Asks a provider whether its key works, by tools that can buy nothing. */
export async function checkKey(provider: Provider, network: Calls): Promise<KeyCheck> {
  const { id, secrets } = provider;
  const missing = secrets.find(
    ({ name, required }) => required && (network.options.secret(id, name) ?? '') === '',
  );
  if (missing !== undefined) {
    const help = missing.help === undefined ? {} : { help: missing.help };
    return { provider: id, state: 'not-set', variable: secretVariable(id, missing.name), ...help };
  }
  if (secrets.length === 0) return { provider: id, state: 'works', note: 'It needs no key.' };
  if (provider.checkKey === undefined) return { provider: id, state: 'unknown' };
  try {
    const report = await provider.checkKey(
      freeTools(provider, network, { signal: AbortSignal.timeout(longest) }),
    );
    return { provider: id, state: 'works', ...report };
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    const failure: Failure = { ...network.redactor.failure(error.failure), charge: 'none' };
    return { provider: id, state: verdicts.has(failure.code) ? 'refused' : 'unknown', failure };
  }
}
