import type { PodHost, PodTools } from '#core/pod';
import { freeTools, type Calls } from '../network/free-tools';
import { sendOnce } from '../network/send-once';

/** The tools of a pod's host. `asking` without patience asks once: what does not answer is asked again later anyway. */
export function podTools(
  host: PodHost,
  network: Calls,
  signal: AbortSignal,
  asking: 'patiently' | 'once' = 'patiently',
): PodTools {
  const { options, clock } = network;
  // The account is one; a key that was entered for another of its services does.
  const secret = (id: string, name: string) =>
    [id, ...host.sharesKeyWith].map((service) => options.secret(service, name)).find((value) => value);
  const free = freeTools(
    host,
    { ...network, options: { ...options, secret } },
    { signal, ...(asking === 'once' ? { impatient: AbortSignal.abort() } : {}) },
  );
  return {
    ...free,
    spend: (request) =>
      sendOnce(host, free.settings['baseUrl'] ?? '', request, {
        now: () => clock.now(),
        before: () => Promise.resolve(),
      }),
  };
}
