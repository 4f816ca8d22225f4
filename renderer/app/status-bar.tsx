import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react';
import { runCommand } from '../commands/command-list';
import { amount, count } from '../look/format';
import { outcomeWords } from '../panels/run-words';
import { useDocument } from '../stores/document-store';
import { useRun } from '../stores/run-store';

/** Problems, totals and money, always in sight. */
export function StatusBar() {
  const issues = useRun((state) => state.plan?.issues.length ?? 0);
  const planFailure = useRun((state) => state.planFailure?.message);
  const planning = useRun((state) => state.planning);
  const nodes = useDocument(({ document }) => Object.keys(document.nodes).length);
  const wires = useDocument(({ document }) => document.edges.length);
  const run = useRun((state) => state.run);
  const spent = useRun((state) => state.spent);
  return (
    <footer className="status-bar" aria-label="Status">
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
        {issues > 0 ? count(issues, 'problem') : 'No problems'}
      </button>
      <span>
        {count(nodes, 'node')}, {count(wires, 'wire')}
      </span>
      {planFailure === undefined ? null : <span className="status-trouble one-line">{planFailure}</span>}
      {planning ? (
        <span className="status-planning" title="Working out what would run">
          <LoaderCircle size={12} aria-label="Planning" />
        </span>
      ) : null}
      <span className="status-space" />
      {run === null ? null : (
        <output>
          {run.closedAt === undefined ? 'Running' : `Last run: ${outcomeWords(run).label.toLowerCase()}`}
          {' · '}
          <span className="value">{amount(run.spent)}</span>
        </output>
      )}
      <span title="Spent by all runs since this window opened">
        Spent since start <span className="value">{amount(spent)}</span>
      </span>
    </footer>
  );
}
