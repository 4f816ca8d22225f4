import { z } from 'zod';
import { userFailure, type Failure } from '#core/failure';
import type { HttpAnswer } from '#core/provider';
import { httpFailure, ownRefusal, words, type VendorName } from './vendor-answer';

/** What RunPod says no with, and how its jobs are lost. The bodies of its refusals are not on paper. */

export const vendor: VendorName = {
  name: 'RunPod',
  keys: 'console.runpod.io/user/settings',
  billing: 'console.runpod.io/user/billing',
};

/** Milliseconds a result is kept. */
const keptFor = 30 * 60_000;

const saidSchema = z
  .object({ error: words, message: words, detail: words, title: words })
  .transform(({ error, message, detail, title }) => error ?? message ?? detail ?? title ?? undefined);

/** `longest`: seconds a job may take. */
export function timedOut(longest: number): Failure {
  return userFailure(
    'timed-out',
    `The job took longer than the ${longest} seconds it may take, or no worker took it for a day, so RunPod ended it. Allow more under "Longest time of a job" in the settings, or give the endpoint more workers.`,
  );
}

/** `age`: milliseconds since it was sent. */
export function lost(failure: Failure, age: number): Failure {
  const why =
    age < keptFor
      ? 'it was taken out of the queue, or the endpoint was deleted'
      : 'a result is kept for 30 minutes, and a job waits for a day at most; this one is lost';
  const message = `RunPod knows nothing of this job any more: ${why}. Look at the endpoint's usage there before you run it again: it may have been charged.`;
  return { ...failure, code: 'lost', act: 'vendor', charge: 'possible', message };
}

export function readError(answer: HttpAnswer): Failure {
  const { status } = answer;
  const said = saidSchema.safeParse(answer.json).data;
  if (status < 500 && /insufficient|balance|credits|funds/i.test(said ?? ''))
    return httpFailure({ ...answer, status: 402 }, vendor, said);
  if (status === 413 || (status === 400 && /too large|payload|body size/i.test(said ?? '')))
    return {
      ...httpFailure({ ...answer, status: 413 }, vendor, said),
      code: 'payload-too-large',
    };
  const failure = httpFailure(answer, vendor, said);
  if (status === 404 && said !== undefined) {
    if (!/endpoint/i.test(said)) return { ...failure, code: 'no-such-job' };
    const message = 'RunPod has no endpoint with this id for this key. Correct the id in the settings.';
    return { ...failure, code: 'no-endpoint', message };
  }
  return ownRefusal(failure, said !== undefined);
}
