import type { Failure } from '#core/failure';
import { faults, type Fault } from '#core/fault';
import type { ModelSpec } from '#core/provider';
import { picturesAsked, type Task } from '#core/task';

/** The models of the sandbox that a rehearsal runs on, each with what goes wrong there. */

type Rehearsed = Fault | 'none';

const modelId = (fault: Rehearsed) => (fault === 'none' ? 'rehearsal' : `rehearsal-${fault}`);
const faultOf = new Map((['none', ...faults] as const).map((fault) => [modelId(fault), fault]));

/** They take whatever a real route takes: what that one does not take is said by the plan. */
export function rehearsalModels(like: ModelSpec): ModelSpec[] {
  return [...faultOf].map(([id, fault]) => ({
    ...like,
    id,
    label: fault === 'none' ? 'Rehearsal' : `Rehearsal: ${fault}`,
    rehearses: fault,
  }));
}

/** What goes wrong with a task; `undefined` outside a rehearsal. */
export function rehearsedFault({ model }: Task): Rehearsed | undefined {
  return faultOf.get(model.model);
}

/** Milliseconds a picture takes. */
const delays: Partial<Record<Rehearsed, number>> = {
  'rate-limit': 4000,
  slow: 6000,
  cut: 1500,
  moderation: 800,
  'no-balance': 800,
};

export function rehearsedDelay(fault: Rehearsed): number {
  return delays[fault] ?? 0;
}

const rehearsed = (code: string, act: Failure['act'], message: string): Failure => ({
  code,
  act,
  charge: 'none',
  message: `Rehearsed: ${message}`,
});

export const missingPicture = rehearsed(
  'moderation',
  'user',
  'the service kept one of the pictures back; the others are there.',
);

export const cutFailure: Failure = {
  ...rehearsed('cut', 'us', 'the connection was cut while the request was on its way.'),
  charge: 'possible',
};

const failures: Partial<Record<Rehearsed, Failure>> = {
  moderation: rehearsed('moderation', 'user', 'the service refused the prompt, and charged nothing.'),
  'no-balance': rehearsed(
    'no-balance',
    'user',
    'there is no money left at the service; nothing was charged.',
  ),
};

/** How the task ends, where it ends badly. */
export function faultFailure(task: Task): Failure | undefined {
  const fault = rehearsedFault(task);
  if (fault === undefined) return undefined;
  // Pictures that are asked for one by one are told apart by the last three digits.
  const copy = 'variation' in task ? (task.variation ?? 0) % 1000 : 0;
  if (fault === 'missing') return picturesAsked(task) === 1 && copy === 1 ? missingPicture : undefined;
  return failures[fault];
}
