import { CircleAlert, Hand, ListPlus, LoaderCircle, Play, Square } from 'lucide-react';
import { useEffect, useState } from 'react';
import { isOnlyChoosing } from '#core/plan/behind-choice';
import { podToWaitFor } from '#core/plan/check-pods';
import { countSteps } from '#core/run';
import { phaseWords } from '#core/pod-words';
import { runCommand } from '../commands/command-list';
import { showIssues } from '../commands/runs';
import { keyWords } from '../commands/keyboard';
import { amount } from '../look/format';
import { Tip } from '../look/tip';
import { words } from '../look/words';
import { useDocument } from '../stores/document-store';
import { isBusy, isRunning, runOnPod, useRun } from '../stores/run-store';
import { useSession } from '../stores/session-store';
import { runWords, whyNotRun } from './run-words';

const texts = words.frame.run;

/** What would run and what it costs; while it runs, how far it is, a way to stop it, and a place in the queue. */
export function RunButton({ onBlocked = showIssues }: { onBlocked?: () => void }) {
  const running = useRun(isRunning);
  const busy = useRun(isBusy);
  const waits = useRun(({ awaited }) => awaited !== null);
  return (
    <>
      {running ? <CancelButton /> : null}
      {waits ? <WaitButton /> : <StartButton queues={busy} onBlocked={onBlocked} />}
    </>
  );
}

/** `queues`: a run is under way, and this one would wait for its turn. */
function StartButton({ queues, onBlocked }: { queues: boolean; onBlocked: () => void }) {
  const plan = useRun((state) => state.plan);
  const nodes = useDocument(({ whole }) => Object.keys(whole.nodes).length);
  const platform = useSession((state) => state.platform);
  const reason = whyNotRun(plan, nodes);
  const starting = useRun((state) => state.starting);
  const onPod = useRun(runOnPod(plan?.nodes ?? []));
  const pressed = useRun((state) => state.pressed);
  const isUnplanned = useRun((state) => state.planning && state.plan === null);
  const isLong = useLong(useRun((state) => state.planning));
  const isStale = nodes > 0 && (pressed || isUnplanned || isLong);
  const { label, price, rest } = runWords(plan, queues ? texts.queue : texts.run, onPod, isStale);
  const blocked = reason !== null && nodes > 0 && (plan === null || podToWaitFor(plan) === undefined);
  const free = plan === null || (plan.forecast.price.high === 0 && !onPod);
  return (
    <Tip
      text={
        pressed
          ? texts.planningTip
          : (reason ??
            (isOnlyChoosing(plan) ? words.choice.commands.show : queues ? texts.queueTip : texts.runTip))
      }
      {...(reason === null ? { keys: keyWords('Mod+Enter', platform) } : {})}
    >
      <button
        type="button"
        className="run-button"
        data-free={free}
        data-blocked={blocked}
        data-queues={queues}
        data-planning={isStale}
        aria-busy={pressed}
        aria-disabled={nodes === 0 || starting}
        onClick={() => {
          if (blocked) onBlocked();
          else runCommand('run.start');
        }}
      >
        {isStale ? (
          <LoaderCircle size={14} aria-hidden="true" className="run-planning" />
        ) : blocked ? (
          <CircleAlert size={15} aria-hidden="true" />
        ) : isOnlyChoosing(plan) ? (
          <Hand size={15} aria-hidden="true" />
        ) : queues ? (
          <ListPlus size={15} aria-hidden="true" />
        ) : (
          <Play size={14} aria-hidden="true" fill="currentColor" />
        )}
        <span className="run-label">{label}</span>
        {price === undefined ? null : <span className="run-part value">{price}</span>}
        {rest === undefined ? null : <span className="run-part">{rest}</span>}
      </button>
    </Tip>
  );
}

/** Milliseconds after which a plan takes long: before, the button would only flicker at every letter that is typed. */
const longPlan = 600;

function useLong(isOn: boolean): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isOn) return undefined;
    const timer = setTimeout(() => setLong(true), longPlan);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isOn]);
  return isLong;
}

/** A run that begins as soon as its pod answers; a click and it does not. */
function WaitButton() {
  const pod = useRun(({ awaited, pods }) => pods.find(({ id }) => id === awaited?.pod));
  return (
    <Tip text={texts.waitTip}>
      <button
        type="button"
        className="run-button"
        data-running="true"
        onClick={() => runCommand('run.cancel')}
      >
        <Square size={12} aria-hidden="true" fill="currentColor" />
        <span className="run-label">{texts.cancel}</span>
        <span className="run-part">
          {texts.waiting(pod === undefined ? undefined : `${pod.name}: ${phaseWords(pod, words)}`)}
        </span>
      </button>
    </Tip>
  );
}

function CancelButton() {
  const cancelling = useRun((state) => state.cancelling);
  const run = useRun((state) => state.run);
  const isOpen = run !== null && run.closedAt === undefined;
  const counts = isOpen ? countSteps(run) : undefined;
  const ended = counts === undefined ? 0 : counts.asked - counts.open;
  const asked = counts?.asked ?? 0;
  return (
    <button
      type="button"
      className="run-button"
      data-running="true"
      disabled={cancelling || !isOpen}
      onClick={() => runCommand('run.cancel')}
    >
      <span
        className="run-progress"
        style={{ transform: `scaleX(${asked === 0 ? 0 : ended / asked})` }}
        aria-hidden="true"
      />
      <Square size={12} aria-hidden="true" fill="currentColor" />
      <span className="run-label">{cancelling ? texts.stopping : texts.cancel}</span>
      {asked === 0 ? null : <span className="run-part value">{texts.ended(ended, asked)}</span>}
      {isOpen && run.spent > 0 ? <span className="run-part value">{amount(run.spent)}</span> : null}
    </button>
  );
}
