import type { Failure } from '#core/failure';
import type { HttpAnswer, HttpRequest, OnEvent, Service } from '#core/provider';
import { addressOf } from './address';
import { checkedUrl, meant, refusal } from './free-tools';
import { send } from './http';
import { CallError } from './retry';

/**
 * Sends what may cost money, once, and says of every failure whether it may have cost: an answer that refuses took nothing;
 * no answer, a conflict or a fault of the service's own prove nothing. `before` is awaited first.
 */
export async function sendOnce(
  service: Service,
  baseUrl: string,
  request: HttpRequest,
  { now, before, onEvent }: { now: () => number; before: () => Promise<void>; onEvent?: OnEvent | undefined },
): Promise<HttpAnswer> {
  const url = addressOf(checkedUrl(request.url), service, baseUrl);
  await before();
  // Not cut when the run is cancelled: only the answer tells what to stop, and whether it was paid for.
  const { signal } = new AbortController();
  const sent = await send(request, url, { signal, follow: false, onEvent });
  const answer = meant(service, sent);
  if (answer.status >= 200 && answer.status < 300) return answer;
  const refused = refusal(service, answer, now());
  // A conflict (409) says that something was taken before, a time-out (408) nothing at all.
  const isUnclear = answer.status >= 500 || answer.status === 409 || answer.status === 408;
  const failure: Failure = { ...refused.failure, charge: isUnclear ? 'possible' : 'none' };
  throw new CallError(failure, refused.retryAfter, refused.passing);
}
