import type { WorkflowDocument } from '#core/document/schema';
import { words } from '../look/words';
import type { RunStoreState } from '../stores/run-store';
import { cardState } from './card-state';
import { modeOf } from './modes-of';

/** What the cards of a group come to: their states counted, and what they would cost, US dollars. */
export interface GroupState {
  running: number;
  failed: number;
  blocked: number;
  willRun: number;
  low: number;
  high: number;
}

export function groupState(
  { planned, issues, progress }: Pick<RunStoreState, 'planned' | 'issues' | 'progress'>,
  document: WorkflowDocument,
  nodes: readonly string[],
): GroupState {
  const sum: GroupState = { running: 0, failed: 0, blocked: 0, willRun: 0, low: 0, high: 0 };
  for (const id of nodes) {
    const plan = planned.get(id);
    const { sign } = cardState(plan, issues.get(id), progress.get(id), modeOf(document, id));
    if (sign === 'running' || sign === 'collecting') sum.running += 1;
    else if (sign === 'failed' || sign === 'doubt' || sign === 'held') sum.failed += 1;
    else if (sign === 'blocked') sum.blocked += 1;
    if (sign === 'will-run' || sign === 'waiting' || sign === 'failed') {
      sum.willRun += sign === 'failed' ? 0 : 1;
      sum.low += plan?.forecast.price.low ?? 0;
      sum.high += plan?.forecast.price.high ?? 0;
    }
  }
  return sum;
}

/** "1 failed · 2 will run". */
export function groupStateWords({ running, failed, blocked, willRun }: GroupState): string {
  const { state } = words.arrange;
  const parts = [
    ...(running > 0 ? [state.running(running)] : []),
    ...(failed > 0 ? [state.failed(failed)] : []),
    ...(blocked > 0 ? [state.blocked(blocked)] : []),
    ...(willRun > 0 ? [state.willRun(willRun)] : []),
  ];
  return parts.length === 0 ? state.settled : parts.join(' · ');
}
