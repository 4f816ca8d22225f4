import { isPaidFor, type PodPhase, type PodReport, type PodRules, type PodStep } from './pod';

/** What is said of pods, the same in the window and in the terminal. */

const phases: Readonly<Record<PodPhase, string>> = {
  ordered: 'ordered, not seen yet',
  starting: 'starting',
  busy: 'working',
  idle: 'ready',
  silent: 'ComfyUI does not answer',
  stopping: 'stopping',
  stopped: 'stopped',
  broken: 'failed',
  'no-gpu': 'up without a GPU',
  unseen: 'cannot be asked',
  gone: 'gone',
};

export function phaseWords({
  phase,
  remaining = 0,
  kept,
}: Pick<PodReport, 'phase' | 'remaining' | 'kept'>): string {
  // Nobody has asked its ComfyUI.
  if (!kept && phase === 'idle') return 'running';
  if (phase !== 'busy') return phases[phase];
  return `working, ${remaining} ${remaining === 1 ? 'job' : 'jobs'}`;
}

export function stepWords(step: PodStep): string {
  switch (step) {
    case 'wait-and-start':
      return 'Wait a while and start it again.';
    case 'redeploy':
      return 'Terminate it and create a new one, with a network volume so that files stay.';
    case 'other-gpu':
      return 'See what is there: seedloom pods gpus';
    case 'top-up':
      return 'Top up: https://console.runpod.io/user/billing';
    case 'set-key':
      return 'Keys: https://console.runpod.io/user/settings; set SEEDLOOM_RUNPOD_KEY.';
    case 'list':
      return 'See your pods: seedloom pods';
    case 'unlock':
      return 'Unlock it: https://console.runpod.io/pods';
    case 'stop-here':
      return 'Stop it when you are done: seedloom pods stop ID';
  }
}

/** `45 minutes`, `12 hours` */
export function minutesWords(minutes: number): string {
  if (minutes < 120 || minutes % 60 !== 0) return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
  return `${minutes / 60} hours`;
}

/** When a pod is stopped, whole sentences. */
export function rulesWords({ idle, maxAge, lease }: PodRules, hasWatchdog: boolean): string[] {
  const ends = [
    ...(idle === null ? [] : [`after ${minutesWords(idle)} without work`]),
    ...(maxAge === null ? [] : [`after ${minutesWords(maxAge)} at most`]),
  ];
  const own =
    ends.length === 0
      ? 'Seedloom stops it only when you say so.'
      : `While Seedloom runs it is stopped ${ends.join(', and ')}; a job under way is finished first.`;
  const alone = hasWatchdog
    ? `When Seedloom is away for ${minutesWords(lease)} and no job is left, the pod stops itself.`
    : 'When Seedloom is away nothing stops it.';
  return [own, alone];
}

/** Money a month for a disk that stays with a stopped pod, US dollars (docs.runpod.io/pods/pricing: $0.20 a GB). */
export function keptDiskPrice(gigabytes: number): number {
  return gigabytes * 0.2;
}

/** Pods that cost just now, and what they cost an hour together. */
export function paidPods(reports: readonly PodReport[]): {
  pods: PodReport[];
  perHour: number;
  sinceStart: number;
} {
  const pods = reports.filter(({ phase }) => isPaidFor(phase));
  const sum = (of: (pod: PodReport) => number) => pods.reduce((total, pod) => total + of(pod), 0);
  return { pods, perHour: sum(({ perHour }) => perHour), sinceStart: sum(({ sinceStart }) => sinceStart) };
}

/** Of a pod that nobody has looked after since the last Seedloom ended. */
export function leftWords({ id, name, phase, perHour, sinceStart }: PodReport): string {
  const which = name === id ? `Pod ${name}` : `Pod ${name} (${id})`;
  if (!isPaidFor(phase)) return `${which} was ordered, and nobody knows what became of it.`;
  return `${which} was left running: $${perHour.toFixed(2)} an hour, about $${sinceStart.toFixed(2)} since its start.`;
}
