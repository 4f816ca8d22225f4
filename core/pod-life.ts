import { z } from 'zod';
import { podPhases, type PodPhase, type PodProbe, type PodRules, type PodSeen } from './pod';

/**
 * A pod's life: what was seen of it, folded, and what is to be done. Pure; every time is milliseconds since 1970 and comes
 * from outside. An observation is made at one moment, so that after a sleeping computer wakes nothing is decided by what
 * was true before.
 */

const minute = 60_000;

export const podLifeSchema = z.object({
  phase: z.enum(podPhases),
  /** What the person wants of it. */
  wanted: z.enum(['running', 'stopped', 'gone']),
  /** Since when it is paid for. */
  since: z.number().optional(),
  /** ComfyUI has answered since then. */
  answered: z.boolean(),
  /** When there was work last, or it could first have been given some. */
  lastWork: z.number().optional(),
  /** Jobs there and here, when somebody could last say. */
  jobs: z.number(),
  /** When that number changed last. */
  jobsSince: z.number().optional(),
  /** When ComfyUI answered last. */
  lastAnswer: z.number().optional(),
});
export type PodLife = z.infer<typeof podLifeSchema>;

/** Before it was seen the first time. */
export function newLife(wanted: PodLife['wanted']): PodLife {
  return { phase: 'ordered', wanted, answered: false, jobs: 0 };
}

export interface PodObservation {
  at: number;
  /** `gone`: its host knows no such pod. `unseen`: its host could not be asked. */
  seen: PodSeen | 'gone' | 'unseen';
  /** What ComfyUI there says; nothing when it was not asked. */
  probe?: PodProbe;
  /** Jobs for this pod that a living Seedloom works on: being sent, asked for, or fetched. */
  jobsHere: number;
  /** The pod's own watchdog was heard of and may stop it. */
  watchdog?: boolean;
}

/** Why a pod is to be stopped. */
export type StopReason = 'idle' | 'too-old' | 'never-ready' | 'no-gpu' | 'wanted';

export interface PodVerdict {
  life: PodLife;
  stop?: StopReason;
  /** When it will be stopped if nothing happens. */
  stopsAt?: number;
  /** It is time to stop it and nobody can be asked to: its lease is left to run out, so that its watchdog does. */
  lapse?: true;
}

/** The next state, and whether the pod is to be stopped now. */
export function observe(life: PodLife, seen: PodObservation, rules: PodRules): PodVerdict {
  if (seen.seen === 'unseen') return whileUnseen(life, seen, rules);
  if (seen.seen === 'gone') return { life: over(life, 'gone') };
  const { status, gpu } = seen.seen;
  if (status === 'gone') return { life: over(life, 'gone') };
  if (status === 'stopped')
    return { life: isOnItsWay(life, seen.at) ? { ...life, phase: 'stopped' } : over(life, 'stopped') };
  const running = whileRunning(life, seen, seen.seen.startedAt);
  const isUnwanted = running.wanted !== 'running';
  if (isUnwanted) return { life: { ...running, phase: 'stopping' }, stop: 'wanted' };
  if (status === 'broken') return { life: { ...running, phase: 'broken' } };
  // Its host offers it so that files can be fetched; nobody rents a GPU pod for that by accident.
  if (gpu !== undefined && gpu.count === 0 && status === 'running')
    return { life: { ...running, phase: 'no-gpu' }, stop: 'no-gpu' };
  const phase = phaseOf(running, seen);
  const end = endOf({ ...running, phase }, seen, rules);
  if (end === undefined) return { life: { ...running, phase } };
  if (end.at > seen.at) return { life: { ...running, phase }, stopsAt: end.at };
  return { life: { ...running, phase: 'stopping' }, stop: end.reason, stopsAt: end.at };
}

/** Its host cannot be asked, for want of a key or of the host: what ComfyUI on it says still counts. */
function whileUnseen(life: PodLife, seen: PodObservation, rules: PodRules): PodVerdict {
  if (seen.probe?.answers !== true) return { life: { ...life, phase: 'unseen' } };
  const running = whileRunning(life, seen, undefined);
  const end = endOf({ ...running, phase: phaseOf(running, seen) }, seen, rules);
  const isOver = running.wanted !== 'running' || (end !== undefined && end.at <= seen.at);
  return {
    life: { ...running, phase: 'unseen' },
    ...(end === undefined ? {} : { stopsAt: end.at }),
    ...(isOver ? { lapse: true } : {}),
  };
}

/** Its host may take a while to show that it was started. */
const startTime = 5 * minute;

function isOnItsWay({ wanted, phase, since }: PodLife, at: number): boolean {
  const isNew = since !== undefined && at - since < startTime;
  return wanted === 'running' && ['starting', 'stopped'].includes(phase) && isNew;
}

/** It has ended, whoever ended it: the next start is somebody's new wish. */
function over({ wanted }: PodLife, phase: 'stopped' | 'gone'): PodLife {
  return { ...newLife(wanted === 'gone' ? 'gone' : 'stopped'), phase };
}

/** A computer that slept, a network that was cut. */
const away = 10 * minute;

function whileRunning(
  past: PodLife,
  { at, probe, jobsHere }: PodObservation,
  startedAt: number | undefined,
): PodLife {
  const life = notAfter(past, at);
  // Its host may still show when it was started the time before; and by its clock it may not have been started yet.
  const told = startedAt === undefined || startedAt > at ? 0 : startedAt;
  const since = Math.max(told, life.since ?? 0) || at;
  // Started anew behind our back: what was known belongs to the time before.
  const isNew = life.since !== undefined && since > life.since + minute && since > (life.lastAnswer ?? 0);
  const wasOver = life.phase === 'stopped' || life.phase === 'gone';
  // Somebody has started it elsewhere.
  const wanted = wasOver && life.wanted === 'stopped' ? 'running' : life.wanted;
  const before = isNew ? newLife(wanted) : { ...life, wanted };
  const answers = probe?.answers === true;
  const jobs = answers ? Math.max(probe.remaining ?? 0, jobsHere) : Math.max(before.jobs, jobsHere);
  const isFirst = answers && !before.answered;
  // Whoever was away cannot tell whether these are the jobs of before.
  const wasAway = answers && at - (before.lastAnswer ?? at) > away;
  const changed = jobs !== before.jobs || before.jobsSince === undefined || wasAway;
  // Work was there until now, also where it ended since the last look.
  const worked = jobs > 0 || before.jobs > 0 || isFirst;
  return {
    ...before,
    since,
    answered: before.answered || answers,
    jobs,
    jobsSince: changed ? at : before.jobsSince,
    ...(worked ? { lastWork: at } : {}),
    ...(answers ? { lastAnswer: at } : {}),
  };
}

/** A clock that was ahead and is set back must not put off the end. */
function notAfter(life: PodLife, at: number): PodLife {
  const by = (name: 'since' | 'lastWork' | 'jobsSince' | 'lastAnswer') =>
    life[name] === undefined ? {} : { [name]: Math.min(life[name], at) };
  return { ...life, ...by('since'), ...by('lastWork'), ...by('jobsSince'), ...by('lastAnswer') };
}

function phaseOf(life: PodLife, { probe }: PodObservation): PodPhase {
  if (!life.answered) return 'starting';
  if (probe?.answers !== true) return 'silent';
  return life.jobs > 0 ? 'busy' : 'idle';
}

/** When it is to be stopped by its rules, were nothing to happen until then. */
function endOf(
  life: PodLife,
  { at, jobsHere, watchdog = false }: PodObservation,
  rules: PodRules,
): { at: number; reason: StopReason } | undefined {
  const { since = at } = life;
  if (hasWork(life, { at, isHeld: watchdog || jobsHere > 0 }, rules)) return undefined;
  const ends: { at: number; reason: StopReason }[] = [];
  if (rules.maxAge !== null) ends.push({ at: since + rules.maxAge * minute, reason: 'too-old' });
  if (!life.answered)
    ends.push({ at: Math.max(since, life.lastWork ?? 0) + rules.start * minute, reason: 'never-ready' });
  else if (rules.idle !== null) {
    // What has hung is no work: idleness began when it was last seen to move.
    const last = life.jobs > 0 ? life.jobsSince : life.lastWork;
    ends.push({ at: (last ?? since) + rules.idle * minute, reason: 'idle' });
  }
  return ends.sort((left, right) => left.at - right.at)[0];
}

/**
 * Jobs, of which one has ended or come within the longest time a job may take; and somebody has heard of them lately. Where
 * only the way to the pod may be cut (`isHeld`: its watchdog sees the jobs from there, or a run here waits for one) silence
 * proves nothing.
 */
function hasWork(life: PodLife, { at, isHeld }: { at: number; isHeld: boolean }, rules: PodRules): boolean {
  if (life.jobs === 0) return false;
  const isLost = life.phase === 'silent' && at - (life.lastAnswer ?? 0) >= rules.lease * minute;
  if (isLost && !isHeld) return false;
  return at - (life.jobsSince ?? at) < rules.job * minute;
}

/** US dollars since it was last started, by its price of now. */
export function spentSince(life: PodLife, perHour: number, at: number): number {
  return life.since === undefined ? 0 : (Math.max(0, at - life.since) / 3_600_000) * perHour;
}
