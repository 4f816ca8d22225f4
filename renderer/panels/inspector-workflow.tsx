import { isBoundary } from '#core/document/subgraph';
import { CircleAlert } from 'lucide-react';
import { useId } from 'react';
import { runsOnPod } from '#core/plan/check-pods';
import type { Plan } from '#core/plan/planned';
import { taskKinds } from '#core/task';
import { isTitled } from '#core/workflow-name';
import { ChoiceList } from '../fields/choice-list';
import { count, durationRange, forecastPrice } from '../look/format';
import { words } from '../look/words';
import { useDocument } from '../stores/document-store';
import type { InspectorContext } from './inspector-props';
import { routeOptions } from './inspector-route';
import { Section } from './inspector-section';
import { InspectorTitle } from './inspector-title';
import { findRoute, routeChoices, taskWords } from './route-choices';
import { PriceInput } from './settings-general';

const said = words.inspector.workflow;

/** The workflow itself, while nothing is selected. */
export function InspectorWorkflow(props: InspectorContext & { plan: Plan | undefined }) {
  const { document, settings, secrets, providers, plan, actions } = props;
  const called = useDocument((state) => state.called);
  const budgetId = useId();
  const nodes = Object.keys(document.nodes).filter((id) => !isBoundary(id)).length;
  const onPod = runsOnPod(plan?.nodes ?? [], props.podOf);
  const errors = plan?.issues.filter(({ severity }) => severity === 'error').length ?? 0;
  return (
    <>
      <header className="inspector-head">
        <div className="inspector-head-words">
          <InspectorTitle
            key={document.id}
            label={said.name}
            value={isTitled(document.title) ? document.title : ''}
            placeholder={isTitled(called.name) ? called.name : said.untitled}
            onChange={actions.setWorkflowTitle}
          />
          <p className="inspector-summary">
            {nodes === 0 ? said.empty : `${count(nodes, 'node')}, ${count(document.edges.length, 'wire')}`}
            {called.file === undefined ? null : `, ${words.tabs.inFile(called.file)}`}
          </p>
        </div>
      </header>
      {plan === undefined || nodes === 0 ? null : (
        <Section title={said.nextRun}>
          <dl className="inspector-totals">
            <Total label={said.willRun} value={count(plan.counts.willRun, 'step')} />
            <Total label={said.reused} value={count(plan.counts.reused, 'step')} />
            <div className="inspector-total">
              <dt>{said.price}</dt>
              <dd className="value price" data-free={plan.forecast.price.high === 0 && !onPod}>
                {forecastPrice(plan.forecast.price, onPod)}
              </dd>
            </div>
            {plan.forecast.seconds.high === 0 ? null : (
              <Total label={said.time} value={durationRange(plan.forecast.seconds)} />
            )}
          </dl>
          {errors === 0 ? null : (
            <button
              type="button"
              className="remark inspector-errors"
              data-tone="danger"
              onClick={actions.openIssues}
            >
              <CircleAlert size={15} aria-hidden="true" />
              <span>{said.toSolve(count(errors, 'problem'))}</span>
            </button>
          )}
        </Section>
      )}
      <Section title={said.routes}>
        {taskKinds.map((kind) => {
          const choices = routeChoices(kind, providers, settings.prices);
          const route = document.routes[kind];
          const chosen = findRoute(choices, route);
          return (
            <div key={kind} className="field">
              <span className="field-label" aria-hidden="true">
                {taskWords[kind]}
              </span>
              <ChoiceList
                label={said.whereRuns(taskWords[kind])}
                options={routeOptions(choices, secrets)}
                value={chosen?.route ?? ''}
                placeholder={
                  route === undefined ? words.inspector.choose : words.inspector.route.notHere(route)
                }
                invalid={chosen === undefined}
                onChange={(next) => actions.setDefaultRoute(kind, next)}
              />
            </div>
          );
        })}
      </Section>
      <Section title={said.money}>
        <div className="field">
          <label className="field-label" htmlFor={budgetId}>
            {said.budget}
          </label>
          <PriceInput
            key={settings.budget}
            id={budgetId}
            value={settings.budget ?? undefined}
            placeholder={said.noLimit}
            onChange={(budget) => actions.setBudget(budget ?? null)}
          />
          <p className="field-hint">{said.budgetHint}</p>
        </div>
      </Section>
    </>
  );
}

function Total({ label, value }: { label: string; value: string }) {
  return (
    <div className="inspector-total">
      <dt>{label}</dt>
      <dd className="figures">{value}</dd>
    </div>
  );
}
