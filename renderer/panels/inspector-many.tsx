import { makesResults } from '#core/node';
import { ArrowLeftRight, Copy, Play, RefreshCw, Trash2 } from 'lucide-react';
import { addForecasts } from '#core/plan/forecast';
import { taskKindOf } from '#core/plan/route';
import type { TaskKind } from '#core/task';
import { ChoiceList } from '../fields/choice-list';
import { count, moneyRange } from '../look/format';
import { NodeIcon } from '../look/icons';
import { words } from '../look/words';
import { InspectorModes } from './inspector-modes';
import type { InspectorContext } from './inspector-props';
import { routeOptions } from './inspector-route';
import { Section } from './inspector-section';
import { findRoute, routeChoices, taskWords } from './route-choices';

const said = words.inspector.many;

/** Several nodes: what they are, what they would cost, and what can be done to all of them. */
export function InspectorMany(props: InspectorContext & { ids: readonly string[] }) {
  const { ids, document, catalogue, planned, actions } = props;
  const found = ids.flatMap((id) => {
    const node = document.nodes[id];
    const definition = catalogue.get(node?.type ?? '');
    return node === undefined || definition === undefined ? [] : [{ id, node, definition }];
  });
  const kinds = new Map<string, { title: string; icon: string; number: number }>();
  for (const { definition } of found) {
    const { type, title, icon } = definition;
    kinds.set(type, { title, icon, number: (kinds.get(type)?.number ?? 0) + 1 });
  }
  const forecast = addForecasts(ids.flatMap((id) => planned(id)?.forecast ?? []));
  const taking = found.filter(({ definition }) => makesResults(definition)).map(({ id }) => id);
  const byTask = new Map<TaskKind, string[]>();
  for (const { id, definition } of found) {
    const kind = taskKindOf(definition);
    if (kind !== undefined) byTask.set(kind, [...(byTask.get(kind) ?? []), id]);
  }
  return (
    <>
      <header className="inspector-head">
        <div className="inspector-head-words">
          <h2 className="inspector-many-title">{said.selected(count(ids.length, 'node'))}</h2>
          <p className="inspector-summary">
            {said.together}{' '}
            <span className="value price" data-free={forecast.price.high === 0}>
              {moneyRange(forecast.price)}
            </span>
          </p>
        </div>
      </header>
      <div className="inspector-actions">
        <button type="button" className="button" onClick={() => actions.run(ids)}>
          <Play size={13} aria-hidden="true" /> {words.inspector.runToHere}
        </button>
        <button
          type="button"
          className="button"
          data-kind="quiet"
          disabled={taking.length === 0}
          onClick={() => actions.takeNext(taking)}
        >
          <RefreshCw size={13} aria-hidden="true" /> {said.newTakes}
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={said.duplicate}
          title={said.duplicate}
          onClick={() => actions.duplicate(ids)}
        >
          <Copy size={14} />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={said.remove}
          title={said.remove}
          onClick={() => actions.remove(ids)}
        >
          <Trash2 size={14} />
        </button>
        <InspectorModes {...props} />
      </div>
      <Section title={said.kinds}>
        <ul className="inspector-kinds">
          {[...kinds.entries()].map(([type, { title, icon, number }]) => (
            <li key={type} className="inspector-kind">
              <NodeIcon name={icon} /> {title}
              <span className="value faint">{number}</span>
            </li>
          ))}
        </ul>
      </Section>
      {byTask.size === 0 ? null : (
        <Section title={said.runOn}>
          {[...byTask.entries()].map(([kind, nodes]) => (
            <RouteOfMany key={kind} {...props} kind={kind} nodes={nodes} />
          ))}
          <div className="inspector-routes">
            <button type="button" className="button" onClick={() => actions.moveBranch(ids)}>
              <ArrowLeftRight size={13} aria-hidden="true" /> {words.inspector.moveBranch}
            </button>
          </div>
        </Section>
      )}
    </>
  );
}

function RouteOfMany({
  document,
  providers,
  settings,
  secrets,
  actions,
  kind,
  nodes,
}: InspectorContext & { kind: TaskKind; nodes: readonly string[] }) {
  const choices = routeChoices(kind, providers, settings.prices);
  const routes = new Set(nodes.map((id) => document.nodes[id]?.route));
  const [only] = routes;
  const same = routes.size === 1;
  return (
    <div className="field">
      <span className="field-label" aria-hidden="true">
        {taskWords[kind]}
      </span>
      <ChoiceList
        label={said.whereRun(taskWords[kind])}
        options={[
          { value: 'default', label: words.inspector.route.workflowDefault },
          ...routeOptions(choices, secrets),
        ]}
        value={!same ? '' : only === undefined ? 'default' : (findRoute(choices, only)?.route ?? '')}
        placeholder={same ? words.inspector.route.notHere(String(only)) : said.different}
        onChange={(route) => actions.setRoute(nodes, route === 'default' ? undefined : route)}
      />
    </div>
  );
}
