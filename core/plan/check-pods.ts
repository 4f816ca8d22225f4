import type { Issue } from '../issue';
import type { PodPhase, PodReport } from '../pod';
import type { ProviderInfo } from '../provider';
import type { Plan } from './planned';

/** What is known of the pod whose address a provider has. */
export type UsedPod = Pick<PodReport, 'id' | 'name' | 'phase' | 'perHour'>;

/** The person can start it, or wait until ComfyUI on it answers; nothing else stands in the way of a run. */
const mended: readonly string[] = ['pod-stopped', 'pod-starting'];

/** The pod that has to be started or waited for before this plan can run; `undefined` when more than that is wrong, or nothing. */
export function podToWaitFor({
  issues,
}: {
  issues: readonly Issue[];
}): { id: string; mustStart: boolean } | undefined {
  const errors = issues.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (
    first?.pod === undefined ||
    !errors.every(({ code, pod }) => mended.includes(code) && pod === first.pod)
  )
    return undefined;
  return { id: first.pod, mustStart: first.code === 'pod-stopped' };
}

/** Providers that something of this plan will be sent to. */
export function providersAsked({ nodes }: Pick<Plan, 'nodes'>): string[] {
  return [
    ...new Set(
      nodes.flatMap(({ route, steps }) =>
        route === undefined || steps.willRun === 0 ? [] : [route.provider],
      ),
    ),
  ];
}

/** What stands in the way where work would go to a rented pod that cannot take it: once for a provider, at no node. */
export function podIssues(
  plan: Pick<Plan, 'nodes'>,
  providers: ReadonlyMap<string, Pick<ProviderInfo, 'label'>>,
  podOf: (provider: string) => UsedPod | undefined,
): Issue[] {
  return providersAsked(plan).flatMap((id) => {
    const [pod, provider] = [podOf(id), providers.get(id)];
    if (pod === undefined || provider === undefined) return [];
    return podIssue(pod, provider.label) ?? [];
  });
}

function podIssue({ id, name, phase, perHour }: UsedPod, label: string): Issue | undefined {
  const issue = (code: string, words: string, severity: Issue['severity'] = 'error'): Issue => ({
    code,
    severity,
    message: `${label} runs on the pod ${name}, ${words}`,
    place: {},
    pod: id,
  });
  const price = perHour > 0 ? ` for $${perHour.toFixed(2)} an hour` : '';
  const states: Partial<Record<PodPhase, () => Issue>> = {
    stopped: () =>
      issue(
        'pod-stopped',
        `which is stopped. Start it${price}: the run begins as soon as ComfyUI on it answers.`,
      ),
    ordered: () =>
      issue('pod-starting', 'which was ordered and has not been seen yet. The run can wait for it.'),
    starting: () =>
      issue(
        'pod-starting',
        'which is starting. The run can wait for it, and begins as soon as ComfyUI answers.',
      ),
    stopping: () => issue('pod-stopping', 'which is being stopped. It can be started again in a moment.'),
    broken: () => issue('pod-broken', 'which failed to run. Choose another pod.'),
    'no-gpu': () => issue('pod-broken', 'which is up without a GPU. Choose another pod.'),
    gone: () =>
      issue('pod-gone', 'which is not there any more. Choose another pod, or enter another address.'),
    silent: () => issue('pod-silent', 'and ComfyUI on it does not answer just now.', 'warning'),
  };
  return states[phase]?.();
}

/** Whether something that will run does so on a pod that is paid for by the hour. */
export function runsOnPod(
  nodes: Plan['nodes'],
  podOf: (provider: string) => Pick<PodReport, 'perHour'> | undefined,
): boolean {
  return providersAsked({ nodes }).some((provider) => (podOf(provider)?.perHour ?? 0) > 0);
}
