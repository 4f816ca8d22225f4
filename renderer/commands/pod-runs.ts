import { muteNodes } from '#core/document/edit-modes';
import { userFailure } from '#core/failure';
import { podToWaitFor } from '#core/plan/check-pods';
import type { PodReport } from '#core/pod';
import { phaseWords } from '#core/pod-words';
import { translated, words } from '../look/words';
import { documentStore } from '../stores/document-store';
import { awaitedByTab, isBusy, runStore } from '../stores/run-store';
import type { AwaitedPod } from '../stores/tab-run';
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
  const { tab } = documentStore.getState();
  return namesPod ? startOnPod(targets, tab, without) : begin(targets, tab, without);
}

type Nodes = readonly string[] | undefined;

/** In the tab it was asked for, whichever is shown by now. */
function begin(targets: Nodes, tab: string, without: Nodes): Promise<void> {
  return isBusy(runStore.getState()) ? queueRun(targets, tab, without) : startRun(targets, tab, without);
}

/** The person is being asked, or the pod looked at: another press changes nothing. */
let isAsking = false;

async function startOnPod(targets: Nodes, tab: string, without: Nodes): Promise<void> {
  if (isAsking) return;
  isAsking = true;
  try {
    if (await isHeldByPod(targets, tab, without)) return;
  } finally {
    isAsking = false;
  }
  await begin(targets, tab, without);
}

async function isHeldByPod(targets: Nodes, tab: string, without: Nodes): Promise<boolean> {
  // It may have been started elsewhere meanwhile; and what is asked for may not need it.
  const looked = await lookAtPods();
  const open = documentStore.actions.inTab(tab);
  if (open === undefined) return true;
  const asked = {
    document: muteNodes(open.history.present, without ?? []),
    path: open.place.path,
    ...(targets === undefined ? {} : { targets: [...targets] }),
  };
  const answer = await call('plan.make', asked);
  planSoon();
  const wait = answer.ok ? podToWaitFor(answer.value) : undefined;
  if (wait === undefined) return false;
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
  runStore.actions.podAwaited(
    {
      pod: wait.id,
      ...(targets === undefined ? {} : { targets }),
      ...(without === undefined ? {} : { without }),
    },
    tab,
  );
  lookSoon();
  return true;
}

/** Milliseconds between two looks at a pod that is waited for: ComfyUI's first answer is not kept waiting long. */
const lookEvery = 5000;
let timer: ReturnType<typeof setTimeout> | undefined;

function lookSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (awaitedByTab(runStore.getState()).length === 0) return;
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
  for (const [tab, awaited] of awaitedByTab(runStore.getState())) follow(tab, awaited);
}

function follow(tab: string, awaited: AwaitedPod): void {
  const { pods } = runStore.getState();
  const pod = pods.find(({ id }) => id === awaited.pod);
  if (pod !== undefined && ['ordered', 'starting', 'silent', 'unseen'].includes(pod.phase)) return;
  runStore.actions.podAwaited(null, tab);
  if (pod?.phase === 'idle' || pod?.phase === 'busy') {
    const isShown = tab === documentStore.getState().tab;
    const { targets, without } = awaited;
    void (isShown ? startOrQueue(targets, without) : begin(targets, tab, without));
    return;
  }
  const why =
    pod === undefined
      ? words.notes.podGone
      : (translated(pod.trouble?.message) ?? words.notes.podIs(pod.name, phaseWords(pod, words)));
  showFailure(userFailure('pod-not-ready', words.notes.podNotReady(why)));
}

/** The run does not begin; its pod goes on starting. */
export function endPodWait(): void {
  const { awaited, pods } = runStore.getState();
  runStore.actions.podAwaited(null);
  const pod = pods.find(({ id }) => id === awaited?.pod);
  if (pod !== undefined) showNote(words.notes.notBegun, words.notes.notBegunText(pod.name));
}
