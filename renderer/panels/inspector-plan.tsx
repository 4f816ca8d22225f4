import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { describeReason } from '#core/plan/reason';
import { runsOnPod } from '#core/plan/check-pods';
import type { PlannedNode } from '#core/plan/planned';
import { count, durationRange, forecastPrice } from '../look/format';
import { translated, words } from '../look/words';
import type { InspectedNode } from './inspector-props';
import { nodeTitle } from './issue-place';
import { readableReason, unspokenNotes } from './plan-words';

const said = words.inspector.plan;
const { verdicts } = words.plan;

/** What a run would do with this node, why, and what stands in the way. */
export function InspectorPlan({
  id,
  definition,
  document,
  catalogue,
  planned,
  issues,
  podOf,
}: InspectedNode) {
  const plan = planned(id);
  // Problems of a param stand under its field.
  const general = issues.filter(
    ({ place }) => place.param === undefined || !Object.hasOwn(definition.params, place.param),
  );
  const notes = plan === undefined ? [] : unspokenNotes(plan.notes, general);
  if ((plan === undefined || plan.verdict === 'value') && general.length === 0) return null;
  return (
    <div className="inspector-plan">
      {plan === undefined || plan.verdict === 'value' ? null : (
        <Verdict plan={plan} onPod={runsOnPod([plan], podOf)} />
      )}
      {plan === undefined || plan.verdict === 'blocked' || plan.reasons.length === 0 ? null : (
        <p className="inspector-reasons">
          {said.why(
            plan.reasons
              .map((reason) =>
                describeReason(
                  readableReason(reason, definition, (node) => nodeTitle(document, catalogue, node)),
                  words,
                ),
              )
              .join('; '),
          )}
        </p>
      )}
      {general.map((issue) => (
        <p
          key={`${issue.code} ${issue.message}`}
          className="remark"
          data-tone={issue.severity === 'error' ? 'danger' : 'spend'}
        >
          {issue.severity === 'error' ? (
            <CircleAlert size={15} aria-label={said.problem} />
          ) : (
            <TriangleAlert size={15} aria-label={words.inspector.warning} />
          )}
          <span>{translated(issue.message)}</span>
        </p>
      ))}
      {notes.map((note) => (
        <p key={`${note.field} ${note.message}`} className="remark">
          <Info size={15} aria-label={said.note} />
          <span>
            {note.effect === 'ignored' ? said.leftOut(translated(note.message)) : translated(note.message)}
          </span>
        </p>
      ))}
    </div>
  );
}

function Verdict({ plan, onPod }: { plan: PlannedNode; onPod: boolean }) {
  const { steps, forecast, ownPrice } = plan;
  if (plan.verdict === 'muted' || plan.verdict === 'bypassed' || plan.verdict === 'left-out')
    return (
      <p className="inspector-verdict">
        <span className="chip">{verdicts[plan.verdict]}</span>
        <span className="soft">{said.notRun}</span>
      </p>
    );
  if (plan.verdict === 'reused')
    return (
      <p className="inspector-verdict">
        <span className="chip" data-tone="success">
          {plan.pinned === steps.reused ? words.plan.pinned : verdicts.reused}
        </span>
        <span className="soft">{said.alreadyMade(count(steps.reused, 'result'))}</span>
      </p>
    );
  if (plan.verdict === 'blocked')
    return (
      <p className="inspector-verdict">
        <span className="chip" data-tone="danger">
          {verdicts.blocked}
        </span>
        <span className="soft">{steps.blocked > 1 ? count(steps.blocked, 'step') : null}</span>
      </p>
    );
  if (plan.verdict === 'waits')
    return (
      <p className="inspector-verdict">
        <span className="chip" data-tone="action">
          {plan.choice === undefined ? words.choice.after : words.choice.asks}
        </span>
        {plan.later === undefined ? null : (
          <span className="value price">{forecastPrice(plan.later.price, onPod)}</span>
        )}
      </p>
    );
  const free = forecast.price.high === 0 && !onPod;
  return (
    <p className="inspector-verdict">
      <span className="chip" data-tone="action">
        {verdicts['will-run']}
      </span>
      <span className="soft">{count(steps.willRun, 'step')}</span>
      <span className="value price" data-free={free}>
        {forecastPrice(forecast.price, onPod)}
      </span>
      {ownPrice === undefined ? null : <span className="caption">{words.plan.yourPrice}</span>}
      {forecast.seconds.high === 0 ? null : (
        <span className="figures faint">{durationRange(forecast.seconds)}</span>
      )}
      {steps.reused === 0 ? null : <span className="faint">{said.reused(steps.reused)}</span>}
    </p>
  );
}
