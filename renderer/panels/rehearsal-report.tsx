import { Ban, CircleAlert, CircleCheck, CircleHelp } from 'lucide-react';
import { rehearsalReport, type RehearsedNode } from '#core/plan/rehearsal-report';
import { routeText } from '#core/plan/route';
import { durationRange, money, moneyRange } from '../look/format';
import { translated, words } from '../look/words';
import { useDocument } from '../stores/document-store';
import type { Rehearsal } from '../stores/rehearsal';
import { useSession } from '../stores/session-store';
import { nodeTitle } from './issue-place';

/** What a rehearsal found out, and what the real run would ask for. */
export function RehearsalReport({ rehearsal }: { rehearsal: Rehearsal }) {
  const document = useDocument((state) => state.whole);
  const catalogue = useSession((state) => state.catalogue);
  const titleOf = (node: string) => nodeTitle(document, catalogue, node);
  const { plan, run, faults } = rehearsal;
  const { nodes, calls, worst, price } = rehearsalReport(plan, run, faults);
  const { outcome } = run;
  const ended = outcome === 'done' || outcome === 'cancelled' ? outcome : 'failed';
  return (
    <div className="rehearsal-report">
      <p className="rehearsal-end" data-tone={ended}>
        <span className="chip" data-tone="action">
          {words.rehearsal.chip}
        </span>
        {words.rehearsal.ended[ended]}
      </p>
      <dl className="rehearsal-sums">
        <Sum name={words.rehearsal.worst} value={money(worst)} free={worst === 0} />
        <Sum name={words.rehearsal.price} value={moneyRange(price)} free={price.high === 0} />
      </dl>
      <section>
        <h3 className="rehearsal-heading">{words.rehearsal.found}</h3>
        <ul>
          {nodes.map((node) => (
            <Found key={node.node} node={node} title={titleOf(node.node)} />
          ))}
        </ul>
      </section>
      <section>
        <h3 className="rehearsal-heading">{words.rehearsal.calls}</h3>
        {calls.length === 0 ? (
          <p className="soft">{words.rehearsal.noCalls}</p>
        ) : (
          <ol>
            {calls.map(({ node, route, requests, forecast }) => (
              <li key={node} className="rehearsal-call">
                <span className="one-line">{titleOf(node)}</span>
                <span className="caption one-line">
                  {words.rehearsal.call(requests)} · <span className="value">{routeText(route)}</span> ·{' '}
                  {durationRange(forecast.seconds)}
                </span>
                <span className="value price" data-free={forecast.price.high === 0}>
                  {moneyRange(forecast.price)}
                </span>
              </li>
            ))}
          </ol>
        )}
      </section>
    </div>
  );
}

function Sum({ name, value, free }: { name: string; value: string; free: boolean }) {
  return (
    <div className="rehearsal-sum">
      <dt>{name}</dt>
      <dd className="value price" data-free={free}>
        {value}
      </dd>
    </div>
  );
}

function Found({ node, title }: { node: RehearsedNode; title: string }) {
  const { fault, made, failed, inDoubt, skipped, failures } = node;
  const Sign = inDoubt > 0 ? CircleHelp : failed > 0 ? CircleAlert : made > 0 ? CircleCheck : Ban;
  const { steps } = words.rehearsal;
  const counts = [
    made > 0 ? steps.made(made) : '',
    failed > 0 ? steps.failed(failed) : '',
    inDoubt > 0 ? steps.inDoubt(inDoubt) : '',
    skipped > 0 ? steps.skipped(skipped) : '',
  ].filter(Boolean);
  return (
    <li
      className="rehearsal-found"
      data-tone={inDoubt > 0 ? 'spend' : failed > 0 ? 'danger' : made > 0 ? 'success' : 'plain'}
    >
      <Sign size={15} aria-hidden="true" />
      <span className="one-line">{title}</span>
      <span className="caption">{counts.join(' · ')}</span>
      {fault === undefined ? null : <span className="rehearsal-fault">{words.rehearsal.faults[fault]}</span>}
      {/* What a service in doubt would be asked is of no use here. */}
      {failures
        .filter(({ charge }) => charge !== 'possible')
        .map(({ message }) => (
          <span key={message} className="rehearsal-failure">
            {translated(message)}
          </span>
        ))}
      {inDoubt > 0 ? <span className="rehearsal-failure">{words.rehearsal.doubtNote}</span> : null}
      {outcomeNote(node) === undefined ? null : (
        <span className="rehearsal-failure">{outcomeNote(node)}</span>
      )}
    </li>
  );
}

function outcomeNote({ fault, made, failed, inDoubt, failures }: RehearsedNode): string | undefined {
  if (fault === undefined) return undefined;
  if (made > 0 && fault === 'rate-limit') return words.rehearsal.waited;
  if (made > 0 && fault === 'slow') return words.rehearsal.slow;
  return failed + inDoubt + failures.length === 0 ? words.rehearsal.notMet : undefined;
}
