import type { Bridge, BridgeEvent } from '#core/ipc';
import type { NodeCatalogue } from '#core/node';
import { documentStore, type DocumentState } from '../stores/document-store';
import { runStore } from '../stores/run-store';
import { sessionStore } from '../stores/session-store';
import { ask, connectBridge } from './bridge';
import { runCommand } from './command-list';
import { receiveOpened, saveWorkflow, showDraft, showEmpty, showOpened } from './files';
import { followGuide } from './guide';
import { showFailure } from './notices';
import { showAsItOpens } from './form';
import { planSoon, plansAlike } from './planning';
import { receivePods } from './pod-runs';
import { readPods } from './pods';
import { readQueue } from './queue';
import { receiveRunEvents } from './runs';

/** Connects the editor to the program and shows the first document. Gives a function that ends it all. */
export async function startEditor(bridge: Bridge, catalogue: NodeCatalogue): Promise<() => void> {
  connectBridge(bridge);
  sessionStore.actions.set({ catalogue });
  const ends = [bridge.listen(receive), documentStore.subscribe(followDocument), followGuide()];
  await showFirst();
  // The first call to the engine starts it, and its start would take the processor from the first picture.
  requestAnimationFrame(() =>
    setTimeout(() => {
      void readQueue();
      void readPods();
    }),
  );
  return () => {
    for (const end of ends) end();
  };
}

async function showFirst(): Promise<void> {
  const start = await ask('app.start', {});
  if (start === undefined) {
    showEmpty();
    return;
  }
  sessionStore.actions.start(start);
  const { open, draft, example } = start;
  if (draft !== undefined && showDraft(draft)) {
    if (open !== undefined && open.path !== draft.path) void receiveOpened(open);
    return;
  }
  if (open !== undefined && showOpened(open)) return;
  if (example !== undefined && showOpened(example)) return;
  showEmpty();
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
    case 'save-and-close':
      void saveAndClose();
      break;
    case 'recent':
      sessionStore.actions.set({ recent: event.recent });
      break;
    case 'storage':
      sessionStore.actions.set({ storageProgress: event.progress });
      break;
    case 'trouble':
      showFailure(event.failure);
      break;
  }
}

async function saveAndClose(): Promise<void> {
  if (await saveWorkflow()) await ask('window.close', {});
}

function followDocument(now: DocumentState, before: DocumentState): void {
  if (now.opened !== before.opened) showAsItOpens(now.document);
  if (now.opened !== before.opened || !plansAlike(now, before)) planSoon();
  if (now.name !== before.name || now.edited !== before.edited || now.path !== before.path)
    void ask('window.describe', { title: now.name, edited: now.edited, path: now.path });
  // What is saved is forgotten at once: a window closed within the pause would leave it to be "brought back".
  if (before.edited && !now.edited) forgetDraft();
  else if (now.document !== before.document || now.edited !== before.edited) keepDraftSoon();
  if (now.document !== before.document) dropGone(now);
}

/** A selection names nodes that are there. */
function dropGone({ document }: DocumentState): void {
  const { selected } = sessionStore.getState();
  const there = [...selected].filter((id) => Object.hasOwn(document.nodes, id));
  if (there.length < selected.size) sessionStore.actions.select(there);
}

/** Milliseconds an unsaved edit may be only in memory. */
const draftDelay = 1000;
let draftTimer: ReturnType<typeof setTimeout> | undefined;

function keepDraftSoon(): void {
  clearTimeout(draftTimer);
  draftTimer = setTimeout(keepDraft, draftDelay);
}

function forgetDraft(): void {
  clearTimeout(draftTimer);
  keepDraft();
}

function keepDraft(): void {
  const { document, path, edited } = documentStore.getState();
  void ask('workflow.keepDraft', { document: edited ? document : null, path });
}
