import { FailureError, userFailure } from '#core/failure';
import type { Issue } from '#core/issue';
import { podToWaitFor, providersAsked } from '#core/plan/check-pods';
import type { Plan } from '#core/plan/planned';
import { phaseWords } from '#core/pod-words';
import { priceWords, waitForPod } from './commands/pods';
import type { Context } from './context';
import { exit, type ExitCode } from './exit';
import { printPodFailure } from './pod-words';
import { clean, money } from './print';

/** `--pod ID`: models run there for this time. Gives the exit code where there is no such pod, which was said. */
export async function takePod(id: string | undefined, context: Context): Promise<ExitCode | undefined> {
  if (id === undefined) return undefined;
  const { engine, providers, override } = context;
  return saying(`--pod ${id}`, context, async () => {
    const { address, name } = await engine.pods.find(id);
    if (address === undefined)
      throw new FailureError(userFailure('not-now', `${name} was ordered and has not been seen yet.`));
    for (const provider of providers.values())
      if (provider.onPods === true) override(`${provider.id}.baseUrl`, address);
    return undefined;
  });
}

async function saying<T>(
  subject: string,
  { output }: Context,
  work: () => Promise<T>,
): Promise<T | ExitCode> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    printPodFailure(output, subject, error.failure);
    return error.failure.act === 'user' ? exit.unusable : exit.failed;
  }
}

/** What a workflow that cannot run ends with; one whose pod has to be started or waited for says how. */
export function refusedBy(issues: readonly Issue[], { output }: Context): ExitCode {
  const wait = podToWaitFor({ issues });
  if (wait === undefined) return exit.unusable;
  const start = wait.mustStart ? `"seedloom pods start ${clean(wait.id)}" starts it. ` : '';
  output.error(
    `${start}"run --start-pod" ${wait.mustStart ? 'starts it, ' : ''}waits for it and begins then.`,
  );
  return exit.waiting;
}

/**
 * `--start-pod`: the pod in the way is started, where it is stopped, and waited for. `undefined` when ComfyUI on it answers;
 * else what the command ends with.
 */
export async function readyPod(issues: readonly Issue[], context: Context): Promise<ExitCode | undefined> {
  const { engine, output } = context;
  const wait = podToWaitFor({ issues });
  if (wait === undefined) return exit.unusable;
  const { id, mustStart } = wait;
  return saying(`pod ${id}`, context, async () => {
    if (mustStart) {
      const price = await engine.pods.price(id);
      output.error(
        price === undefined
          ? 'RunPod does not say what it costs an hour.'
          : priceWords(`Pod ${clean(id)}`, price),
      );
      await engine.pods.start(id);
    } else await engine.pods.setRules(id, {});
    const end = await waitForPod(id, context);
    return end === 'ready' ? undefined : end === 'interrupted' ? exit.cancelled : exit.failed;
  });
}

/** Which pods the work would go to: `comfyui runs on pod portraits (pod1x): ready, $0.60 an hour`. */
export function usedPodLines(plan: Plan, { engine }: Context): string[] {
  return providersAsked(plan).flatMap((provider) => {
    const pod = engine.pods.usedBy(provider);
    if (pod === undefined) return [];
    const price = pod.perHour > 0 ? `, ${money(pod.perHour)} an hour` : '';
    return [`${provider} runs on pod ${clean(pod.name)} (${clean(pod.id)}): ${phaseWords(pod)}${price}.`];
  });
}
