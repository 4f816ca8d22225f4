import { FailureError, userFailure } from '#core/failure';
import { initialRules, podRulesSchema, type PodHost, type PodRules, type PodSeen } from '#core/pod';
import { newLife } from '#core/pod-life';
import type { PodRow } from '../store/pod-rows';
import type { PodContext } from './pod-context';
import { gpuWords } from './pod-report';

/** ComfyUI's, where nobody says otherwise. */
export const usualPort = 8188;

/** The row of a pod; one that was made elsewhere gets its row here, after its host has shown it. */
export async function taken(
  id: string,
  host: PodHost,
  context: PodContext,
  rules: Partial<PodRules> = {},
): Promise<PodRow> {
  const { podRows, clock } = context.parts;
  const row = podRows.find(id);
  if (row !== undefined) {
    const changed = await podRows.change(row.mark, (now) => ({ ...now, rules: rulesOf(now.rules, rules) }));
    return changed ?? row;
  }
  const pod = await host.get(id, context.tools(host));
  // It may have run for days before it came here: its age is no reason to stop it unless that is said.
  const made = rowOf(pod, host.id, {
    at: clock.now(),
    rules: rulesOf({ ...initialRules, maxAge: null }, rules),
  });
  await podRows.put(made);
  return made;
}

/** Throws a `FailureError` (`wrong-rule`). */
export function rulesOf(before: PodRules, changes: Partial<PodRules>): PodRules {
  const parsed = podRulesSchema.safeParse({ ...before, ...changes });
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new FailureError(
    userFailure('wrong-rule', `The rule "${where}" is a whole number of minutes from 1 (a lease from 2).`),
  );
}

function rowOf(pod: PodSeen, host: string, { at, rules }: { at: number; rules: PodRules }): PodRow {
  const isRunning = pod.status === 'running' || pod.status === 'starting';
  return {
    mark: pod.id,
    host,
    id: pod.id,
    name: pod.name,
    at,
    life: {
      ...newLife(isRunning ? 'running' : 'stopped'),
      phase: isRunning ? 'starting' : 'stopped',
      ...(isRunning ? { since: pod.startedAt ?? at, lastWork: at } : {}),
    },
    rules,
    perHour: pod.perHour,
    ...(pod.gpu === undefined ? {} : { gpu: gpuWords(pod.gpu) }),
    ...(pod.keptDisk === undefined ? {} : { keptDisk: pod.keptDisk }),
    port: usualPort,
    watchdog: 'none',
    keeper: '',
  };
}
