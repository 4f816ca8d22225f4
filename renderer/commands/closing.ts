import { createDocument } from '#core/document/create';
import { words } from '../look/words';
import { ask as askPerson } from '../panels/confirm';
import { documentStore, nameless } from '../stores/document-store';
import { saveWorkflow } from './files';
import { finishTyping, forgetTab, showTab, turnTo } from './tabs';

let isAsking = false;

/** Closes a tab, after a question where something would be lost. Its run goes on; it can be opened again as it was. */
export async function closeTab(tab: string): Promise<void> {
  if (isAsking) return;
  isAsking = true;
  try {
    if (!(await mayClose(tab))) return;
  } finally {
    isAsking = false;
  }
  turnTo(() => {
    // The window always shows a workflow.
    if (documentStore.getState().tabs.length === 1)
      documentStore.actions.open(createDocument(crypto.randomUUID()), nameless, false);
    const lost = documentStore.actions.closeTab(tab);
    if (lost !== undefined) forgetTab(lost);
  });
}

async function mayClose(tab: string): Promise<boolean> {
  if (tab === documentStore.getState().tab) finishTyping();
  const summary = documentStore.getState().tabs.find(({ id }) => id === tab);
  if (summary === undefined) return false;
  const nodes = documentStore.actions.inTab(tab)?.history.present.nodes ?? {};
  const isEmpty = Object.keys(nodes).length === 0 && summary.path === null;
  if (!summary.edited || isEmpty) return true;
  // What the question is about is seen behind it.
  showTab(tab);
  const answer = await askPerson({
    title: words.tabs.saveTitle(summary.label),
    text: words.tabs.saveText,
    action: words.tabs.save,
    other: words.tabs.doNotSave,
    cancel: words.tabs.cancel,
  });
  return answer === 'yes' ? saveWorkflow({ tab }) : answer === 'other';
}
