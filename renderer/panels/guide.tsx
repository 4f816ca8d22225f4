import { Check, X } from 'lucide-react';
import { runCommand } from '../commands/command-list';
import { leaveGuide, nextStep, showPrompt } from '../commands/guide';
import { openSettings } from '../commands/settings';
import { words } from '../look/words';
import { guideSteps, useSession, type GuideStep } from '../stores/session-store';
import './guide.css';

const text = words.guide;

/** Four steps for a new user, beside the canvas and never in the way: any of them can be taken, or none. */
export function Guide() {
  const isShown = useSession(({ ready, settings }) => ready && settings.guide === 'shown');
  const done = useSession((state) => state.guideDone);
  if (!isShown) return null;
  const now = nextStep(done);
  return (
    <aside className="guide" aria-label={text.title}>
      <header className="guide-head">
        <h2>{text.title}</h2>
        <span className="caption">{text.progress(done.size, guideSteps.length)}</span>
        <button
          type="button"
          className="icon-button"
          data-size="small"
          aria-label={text.leave}
          onClick={leaveGuide}
        >
          <X size={14} aria-hidden="true" />
        </button>
      </header>
      <ol className="guide-steps">
        {guideSteps.map((step, place) => (
          <Step key={step} step={step} number={place + 1} isDone={done.has(step)} isNow={step === now} />
        ))}
      </ol>
      {now === undefined ? (
        <footer className="guide-end">
          <p>{text.end}</p>
          <button type="button" className="button" onClick={leaveGuide}>
            {text.close}
          </button>
        </footer>
      ) : null}
    </aside>
  );
}

/** What each step does, as far as it can be done for the person. */
const actions: Record<GuideStep, () => void> = {
  run: () => runCommand('run.start'),
  change: showPrompt,
  route: () => runCommand('view.routes'),
  key: () => openSettings('keys'),
};

function Step({
  step,
  number,
  isDone,
  isNow,
}: {
  step: GuideStep;
  number: number;
  isDone: boolean;
  isNow: boolean;
}) {
  const { title, text: explained, action } = text.steps[step];
  return (
    <li className="guide-step" data-done={isDone} aria-current={isNow ? 'step' : undefined}>
      <span className="guide-number" aria-hidden="true">
        {isDone ? <Check size={12} /> : number}
      </span>
      <div className="guide-words">
        <h3>
          {title}
          {isDone ? <span className="only-read-aloud">, {text.done}</span> : null}
        </h3>
        {isNow ? (
          <>
            <p>{explained}</p>
            <button type="button" className="button" data-kind="primary" onClick={actions[step]}>
              {action}
            </button>
          </>
        ) : null}
      </div>
    </li>
  );
}
