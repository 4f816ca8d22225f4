import { isPaidFor, stepsAfter, type GpuOffer, type PodReport } from '#core/pod';
import type { Failure } from '#core/failure';
import { installWords } from '#core/install-words';
import { keptDiskPrice, paidPods, phaseWords, stepWords } from '#core/pod-words';
import { clean, counted, duration, money, table, type Output } from './print';

const cents = (usd: number) => money(Math.round(usd * 100) / 100);

const watchdogs: Readonly<Record<PodReport['watchdog'], string>> = {
  none: 'none',
  expected: 'not heard of',
  there: 'yes',
  'cannot-stop': 'may not stop it',
};

/** Pods in a table, what they come to, and what is wrong with any. */
export function podLines(reports: readonly PodReport[], now: number): string[] {
  if (reports.length === 0) return ['No pods.'];
  const rows = reports.map((pod) => [
    clean(pod.id),
    clean(pod.name),
    phaseWords(pod),
    isPaidFor(pod.phase) ? `${money(pod.perHour)}/h` : '',
    isPaidFor(pod.phase) ? cents(pod.sinceStart) : '',
    pod.stopsAt === undefined ? '' : `in ${duration(Math.max(0, pod.stopsAt - now) / 1000)}`,
    pod.kept && isPaidFor(pod.phase) ? watchdogs[pod.watchdog] : pod.kept ? '' : 'not looked after',
    clean(pod.gpu ?? ''),
  ]);
  const { pods, perHour, sinceStart } = paidPods(reports);
  const paid =
    pods.length === 0
      ? 'None costs by the hour now.'
      : `${counted(pods.length, 'pod costs', 'pods cost')} ${money(perHour)} an hour now, about ${cents(sinceStart)} since the start.`;
  const disks = reports.filter(({ phase, keptDisk }) => phase === 'stopped' && keptDisk !== undefined);
  return [
    ...table([['id', 'name', 'state', 'price', 'since start', 'stops', 'watchdog', 'GPU'], ...rows]),
    paid,
    ...disks.map(
      ({ name, keptDisk = 0 }) =>
        `${clean(name)} is stopped; its disk of ${keptDisk} GB goes on costing about ${money(keptDiskPrice(keptDisk))} a month until it is terminated.`,
    ),
    ...reports.flatMap(({ name, address, phase, kept }) =>
      kept && address !== undefined && (phase === 'idle' || phase === 'busy')
        ? [`${clean(name)}: ${address}`]
        : [],
    ),
    ...reports.flatMap(({ name, install }) =>
      (install?.files ?? []).map(
        (file) => `${clean(name)}: ${clean(file.name)}: ${clean(installWords(file))}`,
      ),
    ),
    ...reports.flatMap(({ name, trouble }) =>
      trouble === undefined ? [] : [`${clean(name)}: ${clean(trouble.message)}`],
    ),
  ];
}

export function gpuLines(offers: readonly GpuOffer[], cloud: 'secure' | 'community'): string[] {
  const there = offers
    .filter((offer) => offer[cloud] !== undefined)
    .sort((left, right) => left[cloud]! - right[cloud]!);
  if (there.length === 0) return [`RunPod lists no GPUs in its ${cloud} cloud.`];
  const stocks = { none: 'none now', low: 'few', medium: 'some', high: 'many' };
  const rows = there.map(({ id, name, memory, stock, ...prices }) => [
    clean(id),
    clean(name),
    `${memory} GB`,
    `${money(prices[cloud]!)}/h`,
    stock === undefined ? '' : stocks[stock],
  ]);
  return table([['id', 'name', 'memory', 'price', 'free'], ...rows]);
}

/** Why it was not done, and what can be done about it. */
export function printPodFailure(output: Output, subject: string, failure: Failure): void {
  output.error(`${output.errorPaint.red(`${clean(subject)}:`)} ${clean(failure.message)}`);
  for (const step of stepsAfter(failure)) output.error(`  ${stepWords(step)}`);
  if (failure.detail !== undefined) output.error(output.errorPaint.dim(`  ${clean(failure.detail)}`));
  if (output.json) output.data({ type: 'failed', failure, steps: stepsAfter(failure) });
}
