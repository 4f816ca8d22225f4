import { Coins, Hand, Package, Pin, Zap } from 'lucide-react';
import { describeReason } from '#core/plan/reason';
import type { Issue } from '#core/issue';
import type { NodeDefinition } from '#core/node';
import type { PlannedNode } from '#core/plan/planned';
import { mendOfNode } from '../commands/mends';
import { TakeStepper } from '../look/take-stepper';
import { duration, forecastPrice, money, secondsBetween } from '../look/format';
import { translated, words } from '../look/words';
import { nodeTitle } from '../panels/issue-place';
import { readableReason } from '../panels/plan-words';
import { documentStore } from '../stores/document-store';
import type { NodeProgress } from '../stores/node-view';
import { runOnPod, useRun } from '../stores/run-store';
import { sessionStore } from '../stores/session-store';
import type { CardState } from './card-state';
import './card-mend.css';
import { Elapsed } from './elapsed';
import { WhenNear } from './near-only';

const { takeBefore, takeNext } = documentStore.actions;

/** State, time and price in one line. A forecast is hollow, what was charged is solid. */
export function CardFooter({
  id,
  take,
  definition,
  planned,
  issues,
  progress,
  state,
}: {
  id: string;
  take: number;
  definition: NodeDefinition;
  planned: PlannedNode | undefined;
  issues: readonly Issue[] | undefined;
  progress: NodeProgress | undefined;
  state: CardState;
}) {
  const onPod = useRun(runOnPod(planned === undefined ? [] : [planned]));
  const problem = translated(issues?.find(({ severity }) => severity === 'error')?.message);
  const isPaidWork = definition.work.on === 'provider' || definition.work.on === 'parts';
  if (definition.hidden === true) return null;
  const isOff = state.sign === 'muted' || state.sign === 'bypassed' || state.sign === 'left-out';
  if (isStill(definition) && problem === undefined && state.sign !== 'blocked' && !isOff) return null;
  const why =
    problem ??
    planned?.reasons
      .map((reason) => describeReason(readableReason(reason, definition, titleOf), words))
      .join('; ') ??
    '';
  const mend = state.sign === 'blocked' ? mendOfNode(planned, issues, titleOf) : undefined;
  const seconds = secondsBetween(progress?.startedAt, progress?.endedAt);
  const made = state.sign === 'done' && progress !== undefined;
  const going = state.sign === 'running' || state.sign === 'collecting';
  return (
    <footer className="card-foot" title={why}>
      <span className="card-dot" data-sign={state.sign} aria-hidden="true" />
      <WhenNear>
        {state.sign === 'collecting' ? <Coins size={12} aria-hidden="true" /> : null}
        {state.sign === 'choose' ? <Hand size={12} aria-hidden="true" /> : null}
        {state.sign === 'reused' ? <Zap size={12} aria-hidden="true" /> : null}
        {planned?.pinned === undefined ? null : (
          <Pin size={12} aria-label={words.cards.pinned(planned.pinned)} />
        )}
        {planned?.bundled === undefined ? null : (
          <Package size={12} aria-label={words.cards.bundled(planned.bundled)} />
        )}
      </WhenNear>
      <span className="card-words one-line">
        {state.sign === 'blocked' && problem !== undefined ? problem : state.words}
        {(state.sign === 'will-run' || isOff || (state.sign === 'blocked' && problem === undefined)) &&
        why !== '' ? (
          <span className="faint"> · {why}</span>
        ) : null}
      </span>
      {mend === undefined ? null : (
        <button type="button" className="card-mend nodrag" onClick={mend.run}>
          {mend.words}
        </button>
      )}
      {going || mend !== undefined ? null : <CardTakes id={id} take={take} planned={planned} onPod={onPod} />}
      {going && progress?.startedAt !== undefined ? <Elapsed since={progress.startedAt} /> : null}
      {made && seconds !== undefined && seconds >= 0.1 ? (
        <span className="value faint">{duration(seconds)}</span>
      ) : null}
      {made && isPaidWork ? (
        <span className="card-price value price" data-kind="billed" data-free={progress.price === 0}>
          {money(progress.price)}
        </span>
      ) : null}
      {!made && isPaidWork && planned?.verdict === 'waits' && planned.later !== undefined ? (
        <span
          className="card-price value price"
          data-kind="forecast"
          data-free={planned.later.price.high === 0}
        >
          {forecastPrice(planned.later.price, onPod)}
        </span>
      ) : null}
      {!made && isPaidWork && planned?.verdict === 'will-run' ? (
        <span
          className="card-price value price"
          data-kind="forecast"
          data-free={planned.forecast.price.high === 0 && !onPod}
          title={words.cards.willCost}
        >
          {forecastPrice(planned.forecast.price, onPod)}
        </span>
      ) : null}
    </footer>
  );
}

/** The takes of what is shown, once there is one: on a card that never ran there is nothing to make anew. */
function CardTakes({
  id,
  take,
  planned,
  onPod,
}: {
  id: string;
  take: number;
  planned: PlannedNode | undefined;
  onPod: boolean;
}) {
  const hasResult = useRun(({ results }) => (results.get(id)?.length ?? 0) > 0);
  const known = Math.max(take + 1, planned?.takes?.known ?? 1);
  if (known === 1 && (!hasResult || planned?.takes === undefined)) return null;
  return (
    <TakeStepper
      take={take}
      known={known}
      price={planned?.takes === undefined ? undefined : forecastPrice(planned.takes.next, onPod)}
      compact
      onBefore={() => takeBefore([id])}
      onNext={() => takeNext([id])}
    />
  );
}

/** Nothing runs there by itself. */
function isStill({ work }: NodeDefinition): boolean {
  return work.on === 'plan' || work.on === 'wire';
}

function titleOf(node: string): string {
  return nodeTitle(documentStore.getState().document, sessionStore.getState().catalogue, node);
}
