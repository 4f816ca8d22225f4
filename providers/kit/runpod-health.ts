import { z } from 'zod';

/** What an endpoint says of itself by `/health`, in words. Fields beyond `idle` and `running` are not in every answer. */
const count = z.number().int().nonnegative().catch(0).default(0);
const none = { idle: 0, ready: 0, running: 0, initializing: 0, throttled: 0, unhealthy: 0 };
export const healthSchema = z.object({
  jobs: z.object({ inQueue: count, inProgress: count }).catch({ inQueue: 0, inProgress: 0 }).optional(),
  workers: z
    .object({
      idle: count,
      ready: count,
      running: count,
      initializing: count,
      throttled: count,
      unhealthy: count,
    })
    .catch(none),
});
export type Health = z.infer<typeof healthSchema>;

/** Why a job in the queue is not worked at yet. */
export function queueWords({ workers, jobs }: Health): string {
  const { idle, ready, running, initializing, throttled, unhealthy } = workers;
  if (initializing > 0 && running === 0) return 'a worker is starting';
  if (running > 0) {
    const waiting = jobs?.inQueue ?? 0;
    return waiting > 1 ? `all workers are busy, ${waiting} jobs wait` : 'all workers are busy';
  }
  if (idle + ready > 0) return 'a worker is taking it';
  if (throttled > 0) return 'no free GPU for a worker just now';
  if (unhealthy > 0) return 'workers fail to start: look at their logs';
  return 'waiting for a worker to start';
}

/** The endpoint in one sentence. */
export function workersWords({ workers }: Health): string {
  const { idle, ready, running, initializing, throttled, unhealthy } = workers;
  const parts = [
    // An idle worker is a ready one, where both are told.
    [Math.max(idle, ready), 'ready'],
    [running, 'at work'],
    [initializing, 'starting'],
    [throttled, 'without a GPU'],
    [unhealthy, 'not healthy'],
  ] as const;
  const told = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return told.length === 0
    ? 'The endpoint answers; no worker is up, the first job starts one.'
    : `The endpoint answers; workers: ${told.join(', ')}.`;
}
