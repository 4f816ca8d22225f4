import { failureOf, userFailure, type Failure } from '#core/failure';
import { isPaidFor, type PodHost, type PodSeen, type PodTools } from '#core/pod';
import { observe, type PodObservation, type PodVerdict } from '#core/pod-life';
import type { PodRow } from '../store/pod-rows';
import { listNew, orderAgain, withInstall, isInstallerGone } from './pod-install';
import { gpuWords } from './pod-report';
import { podTools } from './pod-tools';
import type { PodParts } from './pod-context';
import { jobsFor } from './pod-work';

const minute = 60_000;
/** So long an order that nobody answered may still turn up as a pod. */
const orderTime = 10 * minute;
/** So long after ComfyUI's first answer its watchdog may keep silent before the person is told. */
const watchdogTime = 5 * minute;

/** Whether a pod has to be looked at: it may be costing. */
export function isWatched({ life }: PodRow): boolean {
  return life.phase === 'ordered' || isPaidFor(life.phase) || life.wanted === 'running';
}

/** All pods of a host by what it says now, or why it cannot be asked. */
export type Sight = { pods: readonly PodSeen[] } | { failure: Failure };

export async function sightOf(host: PodHost, parts: PodParts, signal: AbortSignal): Promise<Sight> {
  try {
    return { pods: await host.list(podTools(host, parts, signal, 'once')) };
  } catch (error) {
    return { failure: parts.redactor.failure(failureOf(error)) };
  }
}

/** One look at one pod: sees it, renews its lease, decides, and stops it when it is time. Throws nothing of the host's. */
export async function lookAt(
  row: PodRow,
  sight: Sight,
  host: PodHost,
  parts: PodParts,
  signal: AbortSignal,
): Promise<void> {
  const { clock, podRows } = parts;
  const found = 'pods' in sight ? sight.pods.find((pod) => isOf(row, pod)) : undefined;
  if (row.id === undefined && found === undefined) {
    // Nobody made it: the order was never taken.
    if ('pods' in sight && clock.now() - row.at > orderTime) await podRows.remove(row.mark);
    return;
  }
  const id = row.id ?? found!.id;
  const tools = podTools(host, parts, signal, 'once');
  const address = host.address(id, row.port, tools);
  const seen = 'failure' in sight ? 'unseen' : (found ?? (await confirmed(row, id, host, tools)));
  if (isElsewhere(row, seen)) {
    await podRows.remove(row.mark);
    return;
  }
  const isUp = typeof seen !== 'string' && (seen.status === 'running' || seen.status === 'unsure');
  const mayAnswer = isUp || (seen === 'unseen' && isPaidFor(row.life.phase));
  const probe = mayAnswer ? await host.probe(address, row.lease, tools) : undefined;
  let verdict: PodVerdict | undefined;
  const changed = await podRows.change(row.mark, (before) => {
    const { row: now, probe: work } = withInstall(before, probe, clock.now());
    const observation: PodObservation = {
      at: clock.now(),
      seen,
      ...(work === undefined ? {} : { probe: work }),
      // Counted with the verdict, as one: a job is written down before this, and counts, or after the pod is given up.
      jobsHere: jobsFor(address, parts),
      watchdog: now.watchdog === 'there',
    };
    verdict = observe(now.life, observation, now.rules);
    return afterLook({ ...now, id }, observation, verdict, sight, parts);
  });
  if (changed === undefined) return;
  if (verdict?.stop !== undefined) await stopNow(changed, host, parts, signal);
  else if (
    verdict?.lapse === undefined &&
    changed.life.wanted === 'running' &&
    probe?.answers === true &&
    changed.lease !== undefined
  )
    // Not heard there: the next look renews it again, long before it ends.
    await host
      .renew(address, changed.lease, String(clock.now()), changed.rules.lease, tools)
      .catch(() => undefined);
  if (verdict?.stop !== undefined || probe === undefined) return;
  await orderAgain(changed, probe, host, address, tools);
  await listNew(changed, probe, host, address, tools, podRows);
}

/** A list may be older than a pod: one that is not in it is asked for by its id. */
async function confirmed(
  row: PodRow,
  id: string,
  host: PodHost,
  tools: PodTools,
): Promise<PodObservation['seen']> {
  try {
    return await host.get(id, tools);
  } catch (error) {
    const isYoung = tools.now() - (row.life.since ?? row.at) < orderTime;
    return failureOf(error).code === 'not-your-pod' && !isYoung ? 'gone' : 'unseen';
  }
}

/** A pod of the person's own making that they have started elsewhere: not ours to stop. */
function isElsewhere({ mark, id, life }: PodRow, seen: PodObservation['seen']): boolean {
  const isOver = life.phase === 'stopped' && life.wanted !== 'running';
  return mark === id && isOver && typeof seen !== 'string' && ['running', 'starting'].includes(seen.status);
}

function isOf(row: PodRow, pod: PodSeen): boolean {
  // A host that does not show the environment shows the name, and ours is as good as the mark.
  return row.id === undefined ? pod.mark === row.mark || pod.name === row.mark : pod.id === row.id;
}

function afterLook(
  row: PodRow,
  { seen, at, probe }: PodObservation,
  { life, stop, stopsAt }: PodVerdict,
  sight: Sight,
  { owner }: PodParts,
): PodRow {
  const { stopsAt: _before, trouble: _trouble, quietSince, silentAt: _silentAt, ...kept } = row;
  const pod = typeof seen === 'string' ? undefined : seen;
  const watchdog =
    probe?.watchdog === undefined ? row.watchdog : probe.watchdog.canStop ? 'there' : 'cannot-stop';
  const isQuiet = (watchdog === 'expected' || watchdog === 'cannot-stop') && life.answered;
  const quiet = isQuiet ? (quietSince ?? at) : undefined;
  const hasVanished = life.phase === 'gone' && isPaidFor(row.life.phase) && life.wanted !== 'gone';
  const trouble = hasVanished
    ? vanished(row)
    : life.phase === 'stopped'
      ? whyStopped(row, life.wanted)
      : troubleOf(row, sight, pod, stop, at, quiet !== undefined && at - quiet >= watchdogTime);
  return {
    ...kept,
    life: stop === undefined || life.wanted !== 'running' ? life : { ...life, wanted: 'stopped' },
    watchdog,
    keeper: owner.id,
    ...(pod?.gpu === undefined || pod.gpu.count === 0 ? {} : { gpu: gpuWords(pod.gpu) }),
    ...(pod?.keptDisk === undefined ? {} : { keptDisk: pod.keptDisk }),
    ...(pod === undefined || pod.perHour === 0 ? {} : { perHour: pod.perHour }),
    ...(stopsAt === undefined ? {} : { stopsAt }),
    ...(quiet === undefined ? {} : { quietSince: quiet }),
    ...startSeen(row, life, at),
    ...(trouble === undefined ? {} : { trouble }),
  };
}

/** So many of its newest starts say how long the next one will take. */
const startsKept = 5;

/** Of a start that was watched: ComfyUI answered somewhere between the last look without an answer and this one. */
function startSeen(row: PodRow, life: PodRow['life'], at: number): Pick<PodRow, 'silentAt' | 'starts'> {
  const { since } = life;
  if (since === undefined || !isPaidFor(life.phase)) return {};
  if (!life.answered) return { silentAt: at };
  const { silentAt } = row;
  if (row.life.answered || silentAt === undefined || silentAt < since) return {};
  const start = { low: (silentAt - since) / 1000, high: (at - since) / 1000 };
  return { starts: [...(row.starts ?? []), start].slice(-startsKept) };
}

function vanished({ name }: PodRow): Failure {
  return userFailure(
    'not-your-pod',
    `${name} is not in this key's account any more: it was terminated elsewhere, or the key is another account's. Look at console.runpod.io/pods.`,
  );
}

/** What is said of a pod that stands still until it is started again. */
const lasting: readonly string[] = ['stopped-elsewhere', 'never-ready', 'no-gpu'];

function whyStopped({ name, life, trouble }: PodRow, wanted: PodRow['life']['wanted']): Failure | undefined {
  const isOurs = life.wanted !== 'running' || wanted === 'running';
  if (isOurs) return trouble !== undefined && lasting.includes(trouble.code) ? trouble : undefined;
  return userFailure(
    'stopped-elsewhere',
    `${name} was stopped, and not from here: by its own watchdog, in the console, or because the balance at its host is used up.`,
  );
}

function troubleOf(
  row: PodRow,
  sight: Sight,
  pod: PodSeen | undefined,
  stop: string | undefined,
  at: number,
  isUnwatched: boolean,
): Failure | undefined {
  if ('failure' in sight) return sight.failure;
  if (stop === 'no-gpu')
    return userFailure(
      'no-gpu',
      `${row.name} came up without a GPU and is stopped again: none is free on its machine. Try later, or terminate it and create a new one.`,
    );
  if (stop === 'never-ready')
    return userFailure(
      'never-ready',
      `ComfyUI on ${row.name} has not answered for ${row.rules.start} minutes, and the pod is stopped. Look at its log in the console; the image or the port may be wrong.`,
    );
  if (pod?.status === 'broken')
    return userFailure(
      'pod-broken',
      `${row.name} failed to run. Look at its log in the console, or terminate it.`,
    );
  if (isInstallerGone(row, at))
    return userFailure(
      'no-installer',
      `Nothing is heard of the installer on ${row.name}: what it has to load stands still. Stop the pod and start it again; it goes on from there.`,
    );
  if (isUnwatched)
    return userFailure(
      'no-watchdog',
      row.watchdog === 'cannot-stop'
        ? `The watchdog on ${row.name} runs, and RunPod does not let it ask about its pod: it may not be able to stop it. Stop the pod before you close Seedloom.`
        : `Nothing is heard of the watchdog on ${row.name}: this image may begin otherwise. It is stopped only while Seedloom runs; stop it before you close Seedloom.`,
    );
  return undefined;
}

/** Asks its host to stop it; what goes wrong is told, and tried again with the next look. */
export async function stopNow(
  row: PodRow,
  host: PodHost,
  { podRows, redactor, ...parts }: PodParts,
  signal: AbortSignal,
): Promise<void> {
  if (row.id === undefined) return;
  const action = row.life.wanted === 'gone' ? 'terminate' : 'stop';
  try {
    await host.act(row.id, action, podTools(host, { ...parts, redactor }, signal, 'once'));
  } catch (error) {
    const trouble = redactor.failure(failureOf(error));
    // What is not there any more costs nothing.
    if (trouble.code === 'not-your-pod') return;
    await podRows.change(row.mark, (now) => ({ ...now, trouble }));
  }
}
