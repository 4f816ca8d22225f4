import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import type { WorkflowDocument } from '#core/document/schema';
import type { Issue } from '#core/issue';
import { podToWaitFor } from '#core/plan/check-pods';
import type { NodeCatalogue } from '#core/node';
import { count } from '../look/format';
import { translated, words } from '../look/words';
import { placeWords, sortIssues } from './issue-place';
import './lists.css';

const texts = words.issues;

/** Every problem of the workflow with its place; a click goes there. */
export function Issues({
  issues,
  document,
  catalogue,
  onShow,
  onPods,
  onRun,
}: {
  issues: readonly Issue[];
  document: WorkflowDocument;
  catalogue: NodeCatalogue;
  onShow: (node: string) => void;
  onPods: () => void;
  /** Starts the pod that is in the way after a question, or waits for it. */
  onRun: () => void;
}) {
  if (issues.length === 0)
    return (
      <div className="empty">
        <CircleCheck size={24} />
        <p className="empty-title">{texts.none}</p>
        <p>{texts.noneText}</p>
      </div>
    );
  const wait = podToWaitFor({ issues });
  const errors = issues.filter((issue) => issue.severity === 'error').length;
  return (
    <div className="list">
      <p className="list-sum caption">
        {[
          errors > 0 ? texts.toSolve(count(errors, 'problem')) : undefined,
          issues.length > errors ? count(issues.length - errors, 'warning') : undefined,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <ul>
        {sortIssues(issues).map((issue) => (
          <li
            key={`${issue.code} ${JSON.stringify(issue.place)} ${issue.message}`}
            className={issue.pod === undefined ? undefined : 'issues-pod'}
          >
            <button
              type="button"
              className="list-row issues-row"
              data-severity={issue.severity}
              disabled={issue.place.node === undefined}
              onClick={() => issue.place.node !== undefined && onShow(issue.place.node)}
            >
              {issue.severity === 'error' ? (
                <CircleAlert size={15} aria-label={texts.problem} />
              ) : (
                <TriangleAlert size={15} aria-label={texts.warning} />
              )}
              <span className="list-words">
                <span className="caption one-line">{placeWords(issue.place, document, catalogue)}</span>
                <span className="issues-message">{translated(issue.message)}</span>
              </span>
            </button>
            {issue.pod === undefined ? null : (
              <>
                {wait === undefined ? null : (
                  <button type="button" className="button" onClick={onRun}>
                    {wait.mustStart ? texts.startAndRun : texts.runWhenUp}
                  </button>
                )}
                <button type="button" className="button" onClick={onPods}>
                  {texts.pods}
                </button>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
