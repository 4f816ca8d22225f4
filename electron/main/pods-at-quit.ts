import { failureOf } from '#core/failure';
import { initialRules, type PodReport } from '#core/pod';
import { minutesWords, paidPods } from '#core/pod-words';

export interface QuitQuestion {
  message: string;
  detail: string;
  stop: string;
  leave: string;
  /** What Enter does. */
  usual: 'stop' | 'leave';
}

interface AtQuit {
  ask(question: QuitQuestion): Promise<'stop' | 'leave'>;
  stop(id: string): Promise<unknown>;
  /** Resolves when a stop has had time enough: a network that is cut must not hold the window's end for ever. */
  patience(): Promise<void>;
}

/** Asks what becomes of pods that cost when Seedloom closes, and again about those that could not be stopped. */
export async function endPods(reports: readonly PodReport[], { ask, stop, patience }: AtQuit): Promise<void> {
  let { pods } = paidPods(reports);
  let question = quitQuestion(pods);
  while (pods.length > 0) {
    if ((await ask(question)) === 'leave') return;
    const ended = await Promise.all(
      pods.map(async (pod) => {
        const late = patience().then(() => 'RunPod did not answer in time.');
        const failure = await Promise.race([reasonOf(stop(pod.id)), late]);
        return { pod, failure };
      }),
    );
    const running = ended.filter(({ failure }) => failure !== undefined);
    pods = running.map(({ pod }) => pod);
    question = failedQuestion(pods, running[0]?.failure ?? '');
  }
}

async function reasonOf(stopping: Promise<unknown>): Promise<string | undefined> {
  try {
    await stopping;
    return undefined;
  } catch (error) {
    return failureOf(error).message;
  }
}

function failedQuestion(pods: readonly PodReport[], reason: string): QuitQuestion {
  const { perHour } = paidPods(pods);
  return {
    message: `${namesOf(pods)} could not be stopped. $${perHour.toFixed(2)} an hour goes on.`,
    detail: `${reason} Seedloom stops ${pods.length === 1 ? 'it' : 'them'} when it is started again; until then look at console.runpod.io/pods.`,
    stop: 'Try Again',
    leave: 'Quit Anyway',
    usual: 'stop',
  };
}

const namesOf = (pods: readonly PodReport[]) => pods.map(({ name }) => name).join(', ');

function quitQuestion(pods: readonly PodReport[]): QuitQuestion {
  const { perHour } = paidPods(pods);
  const alone = pods.filter(({ watchdog }) => watchdog !== 'there');
  const longest = Math.max(...pods.map(({ rules = initialRules }) => rules.lease));
  const isBusy = pods.some(({ phase }) => phase === 'busy');
  const jobs = isBusy ? ' Stopping cuts the job under way.' : '';
  const left =
    alone.length === 0
      ? `Left running, a pod stops itself ${minutesWords(longest)} from now, or after its last job.`
      : `Left running, ${alone.map(({ name }) => name).join(', ')} costs until it is stopped: no watchdog is heard of there.`;
  return {
    message: `Stop ${namesOf(pods)}? $${perHour.toFixed(2)} an hour goes on.`,
    detail: `${left}${jobs}`,
    stop: 'Stop and Quit',
    leave: 'Leave Running',
    // A job is not cut by a careless Enter, where the pod ends itself afterwards.
    usual: isBusy && alone.length === 0 ? 'leave' : 'stop',
  };
}
