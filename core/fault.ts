/**
 * What can be made to go wrong in a rehearsal. `rate-limit`: the service lets wait, then goes on. `moderation`,
 * `no-balance`: it refuses, and nothing is charged. `cut`: nobody knows whether the request was taken. `slow`: it takes its
 * time. `missing`: one of several pictures does not come.
 */
export const faults = ['rate-limit', 'moderation', 'no-balance', 'cut', 'slow', 'missing'] as const;
export type Fault = (typeof faults)[number];
