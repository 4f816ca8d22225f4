import { muteNodes } from '#core/document/edit-modes';
import { userFailure } from '#core/failure';
import { podToWaitFor } from '#core/plan/check-pods';
import type { PodReport } from '#core/pod';
import { phaseWords } from '#core/pod-words';
import { documentStore } from '../stores/document-store';
import { isBusy, runStore } from '../stores/run-store';
import { call } from './bridge';
import { showFailure, showNote } from './notices';
import { planSoon } from './planning';
import { lookAtPods, startPod } from './pods';
import { queueRun } from './queue';
import { startRun } from './runs';

/** Runs that need a rented pod: nothing is sent before ComfyUI on it answers, and no pod starts without the person's word. */

/** At once, or in its turn where a run is under way; where a pod has to be started or waited for, as soon as it answers. */
export function startOrQueue(targets?: readonly string[], without?: readonly string[]): Promise<void> {
  const { plan } = runStore.getState();
  const namesPod = plan?.issues.some(({ pod }) => pod !== undefined) === true;
  return namesPod ? startOnPod(targets, without) : begin(targets, without);
}

type Nodes = readonly string[] | undefined;

function begin(targets: Nodes, without: Nodes): Promise<void> {
  return isBusy(runStore.getState()) ? queueRun(targets, without) : startRun(targets, without);
}

/** The person is being asked, or the pod looked at: another press changes nothing. */
let isAsking = false;

async function startOnPod(targets: Nodes, without: Nodes): Promise<void> {
  if (isAsking) return;
  isAsking = true;
  try {
    if (await isHeldByPod(targets, without)) return;
  } finally {
    isAsking = false;
  }
  await begin(targets, without);
}

async function isHeldByPod(targets: Nodes, without: Nodes): Promise<boolean> {
  // It may have been started elsewhere meanwhile; and what is asked for may not need it.
  const looked = await lookAtPods();
  documentStore.actions.settle();
  const { document, path, opened } = documentStore.getState();
  const asked = {
    document: muteNodes(document, without ?? []),
    path,
    ...(targets === undefined ? {} : { targets: [...targets] }),
  };
  const answer = await call('plan.make', asked);
  planSoon();
  const wait = answer.ok ? podToWaitFor(answer.value) : undefined;
  if (wait === undefined || documentStore.getState().opened !== opened) return false;
  if (wait.mustStart) {
    const known = 'value' in looked ? looked.value : runStore.getState().pods;
    const pod = known.find(({ id }) => id === wait.id);
    if (pod === undefined) return false;
    const started = await startPod(pod, true);
    if (started === undefined) return true;
    if ('failure' in started) {
      showFailure(started.failure);
      return true;
    }
  }
  runStore.actions.podAwaited({
    pod: wait.id,
    ...(targets === undefined ? {} : { targets }),
    ...(without === undefined ? {} : { without }),
  });
  lookSoon();
  return true;
}

/** Milliseconds between two looks at a pod that is waited for: ComfyUI's first answer is not kept waiting long. */
const lookEvery = 5000;
let timer: ReturnType<typeof setTimeout> | undefined;

function lookSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (runStore.getState().awaited === null) return;
    void lookAtPods().finally(lookSoon);
  }, lookEvery);
}

/** Every pod that is looked after, as it is now. */
export function receivePods(pods: readonly PodReport[]): void {
  const before = runStore.getState().pods;
  runStore.actions.podsSeen(pods);
  const states = (all: readonly PodReport[]) =>
    all.map(({ id, phase, usedBy }) => (usedBy === undefined ? '' : `${id} ${phase}`)).join();
  // What the plan says of the pod it would go to is no longer so.
  if (states(before) !== states(pods)) planSoon();
  followAwaited();
}

function followAwaited(): void {
  const { awaited, pods } = runStore.getState();
  if (awaited === null) return;
  const pod = pods.find(({ id }) => id === awaited.pod);
  if (pod !== undefined && ['ordered', 'starting', 'silent', 'unseen'].includes(pod.phase)) return;
  runStore.actions.podAwaited(null);
  if (pod?.phase === 'idle' || pod?.phase === 'busy') {
    void startOrQueue(awaited.targets, awaited.without);
    return;
  }
  const why =
    pod?.trouble?.message ?? `${pod?.name ?? 'The pod'} is ${pod === undefined ? 'gone' : phaseWords(pod)}.`;
  showFailure(userFailure('pod-not-ready', `The run has not begun, and nothing was sent. ${why}`));
}

/** The run does not begin; its pod goes on starting. */
export function endPodWait(): void {
  const { awaited, pods } = runStore.getState();
  runStore.actions.podAwaited(null);
  const pod = pods.find(({ id }) => id === awaited?.pod);
  if (pod !== undefined)
    showNote('The run does not begin', `${pod.name} goes on starting, and costs until it is stopped.`);
}
