import { CircleAlert, CircleHelp } from 'lucide-react';
import { formFields } from '#core/document/edit-exposed';
import { countSteps } from '#core/run';
import { Budget } from '../app/budget';
import { RunButton } from '../app/run-button';
import { focusField } from '../commands/mends';
import { showView } from '../commands/form';
import { runNodes } from '../commands/run-when-planned';
import { answerDoubts, showIssues } from '../commands/runs';
import { openSettings } from '../commands/settings';
import { DoubtAnswers } from '../look/doubt-answers';
import { mendedInSettings } from '../look/settings-mends';
import { translated, words } from '../look/words';
import { placeWords } from '../panels/issue-place';
import { heldWords } from '../panels/run-words';
import { documentStore, useDocument } from '../stores/document-store';
import { runStore, useRun } from '../stores/run-store';
import { sessionStore, useSession } from '../stores/session-store';
import { firstField, otherProblems } from './form-problems';

/** The one Run button with its price, how far it is, and what stands in the way. */
export function FormRun() {
  const run = useRun((state) => state.run);
  const isOpen = run !== null && run.closedAt === undefined;
  const { asked, open } = isOpen ? countSteps(run) : { asked: 0, open: 0 };
  return (
    <footer className="form-run">
      <Problems />
      <Troubles />
      {isOpen ? (
        <>
          <output className="caption">{words.form.progress(asked - open, asked)}</output>
          <progress className="form-progress" value={asked - open} max={Math.max(1, asked)} />
        </>
      ) : null}
      <div className="form-run-row">
        <RunButton onBlocked={goToProblem} />
        <Budget />
      </div>
    </footer>
  );
}

/** To the field that has to be mended; where it is not on the form, to the list of problems beside the graph. */
function goToProblem(): void {
  const { document } = documentStore.getState();
  const { catalogue } = sessionStore.getState();
  const field = firstField(runStore.getState().plan?.issues ?? [], formFields(document, catalogue));
  if (field !== undefined && focusField('.form', field)) return;
  showView('graph');
  showIssues();
}

function Problems() {
  const document = useDocument((state) => state.document);
  const catalogue = useSession((state) => state.catalogue);
  const plan = useRun((state) => state.plan);
  const problems = otherProblems(plan?.issues ?? [], formFields(document, catalogue));
  if (problems.length === 0) return null;
  return (
    <div className="form-problems">
      {problems.slice(0, 4).map((issue) => (
        <p
          key={`${issue.code} ${issue.place.node ?? ''} ${issue.message}`}
          className="remark"
          data-tone="danger"
        >
          <CircleAlert size={15} aria-hidden="true" />
          <span>
            <b>{placeWords(issue.place, document, catalogue)}.</b> {translated(issue.message)}
          </span>
        </p>
      ))}
      <p className="form-problems-foot caption">
        {words.form.notHere}{' '}
        <button type="button" className="button" onClick={() => showView('graph')}>
          {words.form.openGraph}
        </button>
      </p>
    </div>
  );
}

/** What went wrong in the last run, and the one thing to do. */
function Troubles() {
  const progress = useRun((state) => state.progress);
  const run = useRun((state) => state.run);
  const troubled = [...progress].filter(
    ([, { state }]) => state === 'failed' || state === 'in-doubt' || state === 'held',
  );
  // One cause is often told by many nodes.
  const told = new Map(
    troubled.map(([node, each]) => [
      translated(each.failure?.message) ?? heldWords(each.because),
      { node, ...each },
    ]),
  );
  if (told.size === 0) return null;
  return (
    <div className="form-problems" role="alert">
      {[...told].slice(0, 3).map(([message, { node, state, doubts, failure, live }]) => {
        const mend = mendedInSettings[failure?.code ?? ''];
        return (
          <div key={message} className="remark" data-tone={state === 'in-doubt' ? 'spend' : 'danger'}>
            {state === 'in-doubt' ? (
              <CircleHelp size={15} aria-hidden="true" />
            ) : (
              <CircleAlert size={15} aria-hidden="true" />
            )}
            <span className="form-trouble">
              <span>{message}</span>
              {doubts !== undefined && run !== null ? (
                <DoubtAnswers
                  count={doubts.steps.length}
                  worstPrice={doubts.worstPrice}
                  onAnswer={(reply) => void answerDoubts(run.run, doubts.steps, reply)}
                />
              ) : mend !== undefined ? (
                <button type="button" className="button" onClick={() => openSettings(mend.tab)}>
                  {mend.words}
                </button>
              ) : live ? null : (
                <button type="button" className="button" onClick={() => void runNodes([node])}>
                  {words.form.again}
                </button>
              )}
            </span>
          </div>
        );
      })}
    </div>
  );
}
