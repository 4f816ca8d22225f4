import { isPaidFor, type PodReport, type PodSeen } from '#core/pod';
import { spentSince } from '#core/pod-life';
import type { PodRow } from '../store/pod-rows';

/** A pod that is looked after here, as it is told. */
export function reportOf(row: PodRow, at: number, address: string | undefined): PodReport {
  const { life, stopsAt, trouble, gpu, keptDisk, install } = row;
  const isRunning = isPaidFor(life.phase);
  return {
    id: row.id ?? row.mark,
    name: row.name,
    host: row.host,
    phase: life.phase,
    perHour: row.perHour,
    sinceStart: isRunning ? spentSince(life, row.perHour, at) : 0,
    ...(life.since === undefined || !isRunning ? {} : { startedAt: life.since }),
    ...(gpu === undefined ? {} : { gpu }),
    ...(address === undefined ? {} : { address }),
    ...(keptDisk === undefined ? {} : { keptDisk }),
    watchdog: row.watchdog,
    kept: true,
    rules: row.rules,
    ...(stopsAt === undefined ? {} : { stopsAt }),
    ...(isRunning ? { remaining: life.jobs } : {}),
    ...startsOf(row),
    ...(trouble === undefined ? {} : { trouble }),
    ...(row.lease?.volume === undefined ? {} : { installs: true }),
    ...(install === undefined ? {} : { install }),
  };
}

function startsOf({ starts = [] }: PodRow): Pick<PodReport, 'startsSeen'> {
  if (starts.length === 0) return {};
  const low = Math.min(...starts.map((start) => start.low));
  const high = Math.max(...starts.map((start) => start.high));
  return { startsSeen: { low, high, starts: starts.length } };
}

const phases = {
  starting: 'starting',
  running: 'idle',
  stopped: 'stopped',
  broken: 'broken',
  gone: 'gone',
  unsure: 'unseen',
} as const;

/** A pod of the account that nobody looks after here: only what its host says. */
export function reportOfSeen(pod: PodSeen, host: string, at: number, address: string): PodReport {
  const phase = phases[pod.status];
  const isRunning = isPaidFor(phase);
  const hours = pod.startedAt === undefined ? 0 : Math.max(0, at - pod.startedAt) / 3_600_000;
  return {
    id: pod.id,
    name: pod.name,
    host,
    phase,
    perHour: pod.perHour,
    sinceStart: isRunning ? hours * pod.perHour : 0,
    ...(pod.startedAt === undefined || !isRunning ? {} : { startedAt: pod.startedAt }),
    ...(pod.gpu === undefined ? {} : { gpu: gpuWords(pod.gpu) }),
    address,
    ...(pod.keptDisk === undefined ? {} : { keptDisk: pod.keptDisk }),
    watchdog: 'none',
    kept: false,
  };
}

/** `2 × NVIDIA A40` */
export function gpuWords({ id, count }: { id: string; count: number }): string {
  return count === 1 ? id : `${count} × ${id}`;
}
