import { ArrowLeftRight, Columns3, Cpu, KeyRound, ShieldAlert, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { describeRecovery } from '#core/recovery';
import type { PodReport } from '#core/pod';
import type { TaskKind } from '#core/task';
import { ChoiceList, type ChoiceOption } from '../fields/choice-list';
import { durationRange } from '../look/format';
import { words } from '../look/words';
import type { InspectedNode, InspectorContext } from './inspector-props';
import { Section } from './inspector-section';
import { usedPodWords } from './pods-words';
import { findRoute, pricePerPicture, routeChoices, routeLimits, type RouteChoice } from './route-choices';
import { hasKeys } from './settings-words';

const said = words.inspector.route;

const workflowDefault = 'default';

/** The routes as rows of a list: what each costs, and which needs a key first. */
export function routeOptions(
  choices: readonly RouteChoice[],
  secrets: InspectorContext['secrets'],
  /** What of a node would be lost on a route, in a few words. */
  losses: ReadonlyMap<string, string> = new Map(),
): ChoiceOption[] {
  return choices.map(({ route, provider, model, price }) => ({
    value: route,
    label: model.label,
    chosen: `${model.label}, ${provider.label}`,
    heading: provider.label,
    ...(losses.has(route) ? { remark: losses.get(route)! } : {}),
    hint: hasKeys(provider, secrets) ? (
      <span className="figures price" data-free={price.high === 0}>
        {pricePerPicture(price)}
      </span>
    ) : (
      <span className="route-needs-key">
        <KeyRound size={11} aria-hidden="true" /> {said.needsKey}
      </span>
    ),
  }));
}

/** Where this node runs, and what that means. */
export function InspectorRoute({
  id,
  node,
  document,
  providers,
  settings,
  secrets,
  actions,
  podOf,
  kind,
}: InspectedNode & { kind: TaskKind }) {
  const [losses, setLosses] = useState<ReadonlyMap<string, string>>(new Map());
  const readLosses = async () => setLosses(await actions.routeLosses(id));
  const choices = routeChoices(kind, providers, settings.prices);
  const inherited = findRoute(choices, document.routes[kind]);
  const chosen = node.route === undefined ? inherited : findRoute(choices, node.route);
  const inheritedWords =
    inherited === undefined ? said.none : `${inherited.model.label}, ${inherited.provider.label}`;
  const options: ChoiceOption[] = [
    { value: workflowDefault, label: said.workflowDefaultIs(inheritedWords) },
    ...routeOptions(choices, secrets, losses),
  ];
  return (
    <Section title={said.title}>
      <ChoiceList
        label={said.where}
        options={options}
        value={node.route === undefined ? workflowDefault : (chosen?.route ?? '')}
        placeholder={node.route === undefined ? words.inspector.choose : said.notHere(node.route)}
        invalid={chosen === undefined}
        onApproach={() => void readLosses()}
        onChange={(route) => actions.setRoute([id], route === workflowDefault ? undefined : route)}
      />
      <div className="inspector-routes">
        <button type="button" className="button" onClick={() => actions.compareRoutes(id)}>
          <Columns3 size={13} aria-hidden="true" /> {said.compare}
        </button>
        <button type="button" className="button" onClick={() => actions.moveBranch([id])}>
          <ArrowLeftRight size={13} aria-hidden="true" /> {words.inspector.moveBranch}
        </button>
      </div>
      {chosen === undefined ? null : (
        <RouteFacts
          choice={chosen}
          kind={kind}
          keyed={hasKeys(chosen.provider, secrets)}
          onKeys={actions.openKeys}
          pod={podOf(chosen.provider.id)}
          address={settings.providers[`${chosen.provider.id}.baseUrl`]}
          onPods={actions.openPods}
        />
      )}
    </Section>
  );
}

function RouteFacts({
  choice,
  kind,
  keyed,
  onKeys,
  pod,
  address,
  onPods,
}: {
  choice: RouteChoice;
  kind: TaskKind;
  keyed: boolean;
  onKeys: () => void;
  pod: PodReport | undefined;
  /** The person's own. */
  address: string | undefined;
  onPods: () => void;
}) {
  const { provider, model, price, ownPrice } = choice;
  const onPod = (pod?.perHour ?? 0) > 0;
  const recovery = describeRecovery(provider.recovery, words);
  const { ignores, refuses, bounds } = routeLimits(kind, model);
  const Shield = recovery.safe ? ShieldCheck : ShieldAlert;
  return (
    <div className="route">
      {keyed ? null : (
        <p className="remark" data-tone="spend">
          <KeyRound size={15} aria-hidden="true" />
          <span>
            {said.providerNeedsKey(provider.label)}{' '}
            <button type="button" className="settings-link" onClick={onKeys}>
              {said.setKey}
            </button>
          </span>
        </p>
      )}
      {provider.onPods === undefined ? null : (
        <p className="route-pod">
          <Cpu size={14} aria-hidden="true" />
          <span className="one-line">
            {pod === undefined
              ? (address ?? provider.settings.find(({ name }) => name === 'baseUrl')?.initial)
              : usedPodWords(pod)}
          </span>
          <button type="button" className="settings-link" onClick={onPods}>
            {pod === undefined ? said.choosePod : said.pods}
          </button>
        </p>
      )}
      <p className="route-price">
        <span className="figures price" data-free={price.high === 0 && !onPod}>
          {pricePerPicture(price, onPod)}
        </span>
        <span className="caption">{ownPrice ? words.plan.yourPrice : said.asOf(model.price.asOf)}</span>
        <span className="figures faint">{durationRange(model.seconds)}</span>
      </p>
      {price.high === 0 && provider.recovery !== 'none' ? null : (
        <p className="route-recovery" data-safe={recovery.safe}>
          <Shield size={14} aria-hidden="true" />
          <span>
            <strong>{recovery.title}.</strong> {recovery.text}
          </span>
        </p>
      )}
      {ignores.length === 0 ? null : <p className="route-line">{said.leavesOut(joined(ignores))}</p>}
      {refuses.length === 0 ? null : <p className="route-line">{said.cannotTake(joined(refuses))}</p>}
      {bounds.length === 0 ? null : <p className="route-line">{said.limits(bounds.join('; '))}</p>}
    </div>
  );
}

function joined(names: readonly string[]): string {
  return names.length < 2
    ? names.join('')
    : words.routes.difference.and(names.slice(0, -1).join(', '), names.at(-1)!);
}
