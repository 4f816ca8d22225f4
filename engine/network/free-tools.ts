import { setMaxListeners } from 'node:events';
import { refusePassword } from '#core/address';
import { FailureError, type Failure } from '#core/failure';
import type { FreeTools, HttpAnswer, Service } from '#core/provider';
import type { Clock, EngineOptions } from '../contract';
import { secretVariable } from '../data-folder';
import { addressOf, parsedUrl } from './address';
import { send } from './http';
import type { Redactor } from './redact';
import { backOff, CallError, isPassing, longestWait, retryAfterOf } from './retry';

const mostTries = 4;

/** What a free call needs. */
export interface Calls {
  clock: Clock;
  redactor: Redactor;
  options: Pick<EngineOptions, 'secret' | 'setting'>;
}

/** When free calls end early. */
export interface Patience {
  signal: AbortSignal;
  /** Ends the waiting between two tries, where `signal` does not; `signal` when left out. */
  impatient?: AbortSignal;
}

/** Every setting of a provider or image host: the person's value, else its initial one. */
export function settingsOf(
  provider: Pick<Service, 'id' | 'settings'>,
  setting: EngineOptions['setting'],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    provider.settings.map(({ name, initial }) => [name, setting(provider.id, name) ?? initial]),
  );
}

/** Tries a free call again by the one policy. */
export async function repeated(
  service: Service,
  { clock }: Calls,
  { signal, impatient = signal }: Patience,
  call: () => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  for (let tried = 1; ; tried += 1) {
    try {
      const answer = await call();
      if (answer.status >= 200 && answer.status < 300) return answer;
      throw refusal(service, answer, clock.now());
    } catch (error) {
      const free = freeOfCharge(error);
      const wait = free instanceof CallError ? backOff(tried, free.retryAfter) : 0;
      const canRetry = free instanceof CallError && free.passing && tried < mostTries && wait <= longestWait;
      if (!canRetry || impatient.aborted) throw free;
      await clock.sleep(wait, impatient);
      if (impatient.aborted) throw free;
    }
  }
}

/** An answer with the status it stands for. */
export function meant(service: Service, answer: HttpAnswer): HttpAnswer {
  const status = service.statusOf?.(answer) ?? answer.status;
  // Only then copied: a copy reads the body as text and as JSON, a picture's too.
  return status === answer.status ? answer : { ...answer, status };
}

/** The tools that can buy nothing, of a provider or an image host. `ask` retries by the one policy. */
export function freeTools(service: Service, network: Calls, patience: Patience): FreeTools {
  const { clock, options } = network;
  const { signal } = patience;
  // Every call of a run listens to the one signal; many at once are no leak.
  setMaxListeners(0, signal);
  const settings = settingsOf(service, options.setting);
  return {
    settings,
    secret: (name) => secretOf(service, name, network),
    ask: async (request) => {
      const url = addressOf(checkedUrl(request.url), service, settings['baseUrl'] ?? '');
      return repeated(service, network, patience, async () =>
        meant(service, await send(request, url, { signal, follow: true })),
      );
    },
    signal,
    now: () => clock.now(),
  };
}

export function checkedUrl(url: string): string {
  refusePassword(url);
  const parsed = parsedUrl(url);
  if (parsed !== undefined && (parsed.protocol === 'http:' || parsed.protocol === 'https:')) return url;
  throw new FailureError({
    code: 'wrong-address',
    act: 'user',
    charge: 'none',
    message: `"${url}" is not a web address (http:// or https://). Check the address in the settings.`,
  });
}

function secretOf(provider: Service, name: string, { options, redactor }: Calls): string {
  const spec = provider.secrets.find((secret) => secret.name === name);
  const value = options.secret(provider.id, name) ?? '';
  if (value === '' && (spec?.required ?? true))
    throw new FailureError({
      code: 'no-key',
      act: 'user',
      charge: 'none',
      message: `${provider.label} needs a key (${spec?.label ?? name}). Enter it in the settings, or set ${secretVariable(provider.id, name)}.`,
    });
  redactor.learn(value);
  return value;
}

/** A status that is not 2xx, in the provider's words; a provider that cannot read it is covered for. */
export function refusal(provider: Service, answer: HttpAnswer, now: number): CallError {
  let failure: Failure;
  try {
    failure = provider.readError(answer);
  } catch (error) {
    failure = {
      code: `http-${answer.status}`,
      act: 'vendor',
      charge: 'none',
      message: `${provider.label} answered with an error (${answer.status}) that Seedloom cannot read.`,
      detail: `${answer.text.slice(0, 1_000)}\n${String(error)}`,
    };
  }
  return new CallError(failure, retryAfterOf(answer, now), isPassing(answer.status));
}

/** A free call costs nothing, whatever became of it. */
function freeOfCharge(error: unknown): unknown {
  if (!(error instanceof FailureError)) return error;
  const failure: Failure = { ...error.failure, charge: 'none' };
  return error instanceof CallError
    ? new CallError(failure, error.retryAfter, error.passing)
    : new FailureError(failure);
}
