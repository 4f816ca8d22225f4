import { CircleAlert, CircleCheck, Hand, ListOrdered, LoaderCircle, Pause } from 'lucide-react';
import { readyChoices } from '../commands/choosing';
import { runCommand } from '../commands/command-list';
import { amount, count } from '../look/format';
import { showQueue } from '../commands/queue';
import { queueSign } from '../panels/queue-words';
import { translated, words } from '../look/words';
import { outcomeWords } from '../panels/run-words';
import { isBoundary } from '#core/document/subgraph';
import { useDocument } from '../stores/document-store';
import { useRun } from '../stores/run-store';
import { PodStatus } from './pod-status';

const texts = words.frame.status;

/** Problems, totals and money, always in sight. */
export function StatusBar() {
  const issues = useRun((state) => state.plan?.issues.length ?? 0);
  const planFailure = useRun((state) => state.planFailure?.message);
  const planning = useRun((state) => state.planning);
  const nodes = useDocument(
    ({ document }) => Object.keys(document.nodes).filter((id) => !isBoundary(id)).length,
  );
  const wires = useDocument(({ document }) => document.edges.length);
  const run = useRun((state) => state.run);
  const queue = useRun((state) => state.queue);
  const sign = queueSign(queue);
  const chooses = useRun(({ plan }) => readyChoices(plan).length > 0);
  const spent = useRun((state) => state.spent);
  return (
    <footer className="status-bar" aria-label={texts.label}>
      <button
        type="button"
        className="status-issues"
        data-some={issues > 0}
        onClick={() => runCommand('view.issues')}
      >
        {issues > 0 ? (
          <CircleAlert size={13} aria-hidden="true" />
        ) : (
          <CircleCheck size={13} aria-hidden="true" />
        )}
        {issues > 0 ? count(issues, 'problem') : texts.noProblems}
      </button>
      <span>
        {count(nodes, 'node')}, {count(wires, 'wire')}
      </span>
      {planFailure === undefined ? null : (
        <span className="status-trouble one-line">{translated(planFailure)}</span>
      )}
      {planning ? (
        <span className="status-planning" title={texts.planningTip}>
          <LoaderCircle size={12} aria-label={texts.planning} />
        </span>
      ) : null}
      <span className="status-space" />
      {chooses ? (
        <button type="button" className="status-choice" onClick={() => runCommand('choice.show')}>
          <Hand size={13} aria-hidden="true" />
          {words.choice.status}
        </button>
      ) : null}
      <PodStatus />
      {sign === null ? null : (
        <button
          type="button"
          className="status-queue"
          data-paused={queue.paused}
          title={texts.showQueue}
          onClick={showQueue}
        >
          {queue.paused ? (
            <Pause size={12} aria-hidden="true" />
          ) : (
            <ListOrdered size={13} aria-hidden="true" />
          )}
          {sign}
        </button>
      )}
      {run === null ? null : (
        <output>
          {run.closedAt === undefined ? texts.running : texts.lastRun(outcomeWords(run).label)}
          {' · '}
          <span className="value">{amount(run.spent)}</span>
        </output>
      )}
      <span title={texts.spentTip}>
        {texts.spent} <span className="value">{amount(spent)}</span>
      </span>
    </footer>
  );
}
