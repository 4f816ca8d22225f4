import { failureOf, type Failure, type MissingPart } from '#core/failure';
import type { BridgeCall, BridgeInput, BridgeOutputs } from '#core/ipc';
import {
  initialRules,
  isPaidFor,
  type PodAsk,
  type PodMarket,
  type PodReport,
  type PodRules,
} from '#core/pod';
import { filesAmong, type InstallPlan, type PlannedFile } from '#core/pod-install';
import { keptDiskPrice, paidPods, rulesWords } from '#core/pod-words';
import { amount } from '../look/format';
import { words } from '../look/words';
import { ask as askPerson, askTicked } from '../panels/confirm';
import { runStore } from '../stores/run-store';
import { sessionStore } from '../stores/session-store';
import { ask, call } from './bridge';
import { showNote } from './notices';
import { changeSettings } from './settings';

/** What came of something that was asked of pods; nothing when the person thought better of it. */
export type PodOutcome<T> = { value: T } | { failure: Failure } | undefined;

export function openPods(): void {
  sessionStore.actions.set({ overlay: { kind: 'pods' } });
}

/** Asks which pods are looked after; from then on it is told. */
export async function readPods(): Promise<void> {
  const pods = await ask('pods.list', {});
  if (pods !== undefined) runStore.actions.podsSeen(pods);
}

async function outcomeOf<C extends BridgeCall>(
  name: C,
  input: BridgeInput<C>,
): Promise<{ value: BridgeOutputs[C] } | { failure: Failure }> {
  try {
    const answer = await call(name, input);
    return answer.ok ? { value: answer.value } : { failure: answer.failure };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

/** All pods of the account, asked for now. */
export function lookAtPods(): Promise<NonNullable<PodOutcome<PodReport[]>>> {
  return outcomeOf('pods.look', {});
}

export function readMarket(cloud: PodAsk['cloud']): Promise<NonNullable<PodOutcome<PodMarket>>> {
  return outcomeOf('pods.market', { cloud });
}

/** Rents a pod; its price stands on the button that calls this. */
export function createPod(order: PodAsk): Promise<NonNullable<PodOutcome<PodReport>>> {
  return outcomeOf('pods.create', order);
}

/** Starts a stopped pod for the price that was agreed to; models run there from then on, unless that was ticked off. */
export async function startPod(pod: PodReport, toRun = false): Promise<PodOutcome<PodReport>> {
  const said = words.pods.asks;
  const price = await outcomeOf('pods.price', { id: pod.id });
  if ('failure' in price) return price;
  const { rules = { ...initialRules, maxAge: null }, watchdog } = pod;
  const cost = price.value === null ? said.priceNotSaid : said.price(amount(price.value));
  const { answer, ticked } = await askTicked({
    title: said.start(pod.name),
    text: [...(toRun ? [said.runBegins] : []), cost, ...rulesWords(rules, watchdog !== 'none', words)].join(
      ' ',
    ),
    action:
      price.value === null
        ? said[toRun ? 'startAndRunAction' : 'startAction']
        : said[toRun ? 'startAndRunFor' : 'startFor'](amount(price.value)),
    kind: 'spend',
    ...(pod.usedBy === undefined ? { tick: onPodWords() } : {}),
  });
  if (answer !== 'yes') return undefined;
  const started = await outcomeOf('pods.start', { id: pod.id });
  if (ticked && pod.usedBy === undefined && 'value' in started) await runOnPod(started.value);
  return started;
}

/** Providers whose address may be a pod's. */
const onPods = () => sessionStore.getState().providers.filter((provider) => provider.onPods === true);

export function onPodWords(): string {
  return words.pods.asks.useFor(
    onPods()
      .map(({ label }) => label)
      .join(', '),
  );
}

/** Models run on this pod from now on; one that nobody looked after here is, so that it is in sight. */
export async function runOnPod(pod: PodReport): Promise<PodOutcome<null>> {
  const { address, kept, phase, id } = pod;
  if (address === undefined) return undefined;
  if (!kept) {
    // One that runs may be at work that nobody sees here: it is never stopped unless the person says so.
    const rules = { ...initialRules, maxAge: null, ...(isPaidFor(phase) ? { idle: null } : {}) };
    const taken = await setPodRules(id, rules);
    if ('failure' in taken) return taken;
  }
  const addresses = Object.fromEntries(onPods().map((provider) => [`${provider.id}.baseUrl`, address]));
  const { providers } = sessionStore.getState().settings;
  await changeSettings({ providers: { ...providers, ...addresses } });
  await readPods();
  const isUsed = runStore.getState().pods.some((one) => one.id === id && one.usedBy !== undefined);
  if (!isUsed) showNote(words.pods.asks.otherAddress, words.pods.asks.otherAddressText);
  return { value: null };
}

/** Stops pods, after a question. */
export async function stopPod(...pods: readonly PodReport[]): Promise<PodOutcome<null>> {
  const said = words.pods.asks;
  const names = pods.map(({ name }) => name).join(', ');
  const isBusy = pods.some(({ phase }) => phase === 'busy');
  const answer = await askPerson({
    title: said.stop(pods.length),
    text: isBusy ? said.stopBusy(names) : said.stopText(names),
    action: words.pods.stop,
    kind: 'danger',
  });
  if (answer !== 'yes') return undefined;
  const ended = await Promise.all(pods.map(({ id }) => outcomeOf('pods.stop', { id })));
  return ended.find((one) => 'failure' in one) ?? { value: null };
}

/** Stops every pod that costs, after a question; what goes wrong is shown as a notice. */
export async function stopPods(): Promise<void> {
  const { pods } = paidPods(runStore.getState().pods);
  if (pods.length === 0) return;
  const outcome = await stopPod(...pods);
  if (outcome !== undefined && 'failure' in outcome) openPods();
}

/** Gives a pod up for good, after a question. */
export async function terminatePod(pod: PodReport): Promise<PodOutcome<null>> {
  const { name, keptDisk } = pod;
  const said = words.pods.asks;
  const disk =
    keptDisk === undefined
      ? said.terminateText
      : said.terminateDisk(keptDisk, amount(keptDiskPrice(keptDisk)));
  const isBusy = pod.phase === 'busy' ? ` ${said.terminateBusy}` : '';
  const answer = await askPerson({
    title: said.terminate(name),
    text: `${disk}${isBusy}`,
    action: said.terminateAction,
    kind: 'danger',
  });
  return answer === 'yes' ? outcomeOf('pods.terminate', { id: pod.id }) : undefined;
}

/** Changes when a pod is stopped; one that was made elsewhere is looked after from now on. */
export function setPodRules(id: string, rules: PodRules): Promise<NonNullable<PodOutcome<PodReport>>> {
  return outcomeOf('pods.rules', { id, rules });
}

/** Shows what of the missing parts a pod can load, before anything is loaded. */
export function openInstall(pod: string, parts: readonly MissingPart[]): void {
  sessionStore.actions.set({ overlay: { kind: 'install', pod, parts } });
}

export function planInstall(
  pod: string,
  parts: readonly MissingPart[],
): Promise<NonNullable<PodOutcome<InstallPlan>>> {
  return outcomeOf('pods.planInstall', { id: pod, files: filesAmong(parts) });
}

/** Has the pod load them; sizes and licences stand beside the button that calls this. */
export function installOnPod(
  pod: string,
  files: readonly PlannedFile[],
): Promise<NonNullable<PodOutcome<PodReport>>> {
  return outcomeOf('pods.install', { id: pod, files: files.map(({ problem: _problem, ...file }) => file) });
}
