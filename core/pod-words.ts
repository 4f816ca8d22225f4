import { isPaidFor, type PodReport, type PodRules, type PodStep } from './pod';
import { en } from './words/en/en';
import type { Words } from './words/words';

/** What is said of pods, the same in the window and in the terminal. */

export function phaseWords(
  { phase, remaining = 0, kept }: Pick<PodReport, 'phase' | 'remaining' | 'kept'>,
  words: Words = en,
): string {
  if (!kept && phase === 'idle') return words.pods.running;
  return phase === 'busy' ? words.pods.working(remaining) : words.pods.phases[phase];
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
export function minutesWords(minutes: number, words: Words = en): string {
  return words.pods.minutes(minutes);
}

/** When a pod is stopped, whole sentences. */
export function rulesWords(
  { idle, maxAge, lease }: PodRules,
  hasWatchdog: boolean,
  words: Words = en,
): string[] {
  const { rules } = words.pods;
  const time = (minutes: number | null) => (minutes === null ? undefined : minutesWords(minutes, words));
  return [
    idle === null && maxAge === null ? rules.onlyByYou : rules.stopped(time(idle), time(maxAge)),
    hasWatchdog ? rules.alone(minutesWords(lease, words)) : rules.nothingStops,
  ];
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
