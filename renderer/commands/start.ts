import type { Bridge, BridgeEvent } from '#core/ipc';
import type { NodeCatalogue } from '#core/node';
import { providerIn } from '#core/words/provider-words';
import { language, words } from '../look/words';
import { documentStore, type DocumentState } from '../stores/document-store';
import { runStore } from '../stores/run-store';
import { sessionStore } from '../stores/session-store';
import { ask, connectBridge } from './bridge';
import { runCommand } from './command-list';
import { fileTaken, followFiles, lookAtFile } from './file-changes';
import { newWorkflow, receiveOpened, showOpened, showRestored } from './files';
import { followGuide } from './guide';
import { followSession, keepAll } from './keep-session';
import { showFailure } from './notices';
import { priceChoices } from './choosing';
import { followPlans, planSoon, plansAlike } from './planning';
import { receivePods } from './pod-runs';
import { readPods } from './pods';
import { readQueue } from './queue';
import { receiveRunEvents, rejoinRuns } from './runs';
import { readSavedNodes } from './saved-nodes';
import { followSubgraphs, useKinds } from './subgraphs';

/** Connects the editor to the program and shows the first document. Gives a function that ends it all. */
export async function startEditor(bridge: Bridge, catalogue: NodeCatalogue): Promise<() => void> {
  connectBridge(bridge);
  followPlans((plan) => void priceChoices(plan));
  useKinds(catalogue);
  const ends = [bridge.listen(receive), documentStore.subscribe(followDocument), followGuide()];
  await showFirst();
  ends.push(followSession(), followFiles());
  // The first call to the engine starts it, and its start would take the processor from the first picture.
  requestAnimationFrame(() =>
    setTimeout(() => {
      void readQueue();
      void readSavedNodes();
      void readPods();
      void rejoinRuns();
    }),
  );
  return () => {
    for (const end of ends) end();
  };
}

async function showFirst(): Promise<void> {
  const start = await ask('app.start', {});
  if (start === undefined) {
    newWorkflow();
    return;
  }
  const { open, session, example } = start;
  sessionStore.actions.start(
    {
      ...start,
      providers: start.providers.map((provider) => providerIn(provider, language)),
      imageHosts: start.imageHosts.map((host) => providerIn(host, language)),
    },
    globalThis.innerWidth,
  );
  const isRestored = session !== undefined && showRestored(session);
  if (open?.owner !== undefined) {
    if (!isRestored) newWorkflow();
    void receiveOpened(open);
    return;
  }
  const isOpened = open !== undefined && showOpened(open);
  if (isRestored || isOpened) return;
  if (example === undefined || !showOpened(example)) newWorkflow();
}

function receive(event: BridgeEvent): void {
  switch (event.type) {
    case 'run':
      receiveRunEvents(event.events);
      break;
    case 'queue':
      runStore.actions.queueChanged(event.state);
      break;
    case 'pods':
      receivePods(event.pods);
      break;
    case 'command':
      runCommand(event.command, 'menu');
      break;
    case 'open':
      void receiveOpened(event.workflow);
      break;
    case 'keep-and-close':
      void keepAndClose();
      break;
    case 'recent':
      sessionStore.actions.set({ recent: event.recent });
      break;
    case 'file-changed':
      void lookAtFile();
      break;
    case 'file-taken':
      fileTaken(event.path, event.by);
      break;
    case 'storage':
      sessionStore.actions.set({ storageProgress: event.progress });
      break;
    case 'trouble':
      showFailure(event.failure);
      break;
  }
}

async function keepAndClose(): Promise<void> {
  await ask((await keepAll()) ? 'window.close' : 'window.stay', {});
}

function followDocument(now: DocumentState, before: DocumentState): void {
  if (now.whole !== before.whole) followSubgraphs(now);
  if (now.called !== before.called || now.edited !== before.edited || now.path !== before.path)
    void ask('window.describe', { title: words.tabs.called(now.called), edited: now.edited, path: now.path });
  // Another tab has a selection and a plan of its own.
  if (now.tab !== before.tab) return;
  if (!plansAlike(now, before)) planSoon();
  if (now.document !== before.document) dropGone(now);
}

/** A selection names nodes that are there. */
function dropGone({ document }: DocumentState): void {
  const { selected } = sessionStore.getState();
  const there = [...selected].filter((id) => Object.hasOwn(document.nodes, id));
  if (there.length < selected.size) sessionStore.actions.select(there);
}
