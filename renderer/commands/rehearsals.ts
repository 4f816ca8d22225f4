import type { Fault } from '#core/fault';
import { rehearsalOf } from '#core/plan/rehearsal';
import { emptyRun, type RunState } from '#core/run';
import { words } from '../look/words';
import { documentStore } from '../stores/document-store';
import { runStore } from '../stores/run-store';
import { sessionStore } from '../stores/session-store';
import { ask, call } from './bridge';
import { showFailure } from './notices';
import { showIssues, takeRehearsal } from './runs';

export function openRehearsal(): void {
  documentStore.actions.settle();
  sessionStore.actions.set({ overlay: { kind: 'rehearsal' } });
}

/**
 * Runs the whole workflow on the sandbox, with these faults by node. Whether it began; where it did not, the reason is
 * shown. The document stays as it is.
 */
export async function startRehearsal(faults: Readonly<Record<string, Fault>>): Promise<boolean> {
  const { whole: document, path, tab } = documentStore.getState();
  const { catalogue } = sessionStore.getState();
  const { plan } = runStore.getState();
  if (plan === null) return false;
  const title = words.rehearsal.named(document.title);
  const rehearsed = rehearsalOf(document, catalogue, { faults, take: Date.now(), title });
  const answer = await call('run.start', { document: rehearsed, path, budget: null });
  if (!answer.ok) {
    showFailure(answer.failure);
    return false;
  }
  if ('issues' in answer.value) {
    if (documentStore.getState().tab === tab) sessionStore.actions.set({ overlay: null });
    showIssues();
    return false;
  }
  const { run } = answer.value;
  runStore.actions.rehearsalBegun({ faults, plan, run: emptyRun(run) }, tab);
  takeRehearsal(run);
  return true;
}

export async function cancelRehearsal({ run }: Pick<RunState, 'run'>): Promise<void> {
  await ask('run.cancel', { run });
}
