import { ArrowLeft, Check, History } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RunSummary } from '#core/ipc';
import type { RunState, StepProgress } from '#core/run';
import { amount, count, duration, secondsBetween, when } from '../look/format';
import { DoubtAnswers } from '../look/doubt-answers';
import { Picture } from '../look/picture';
import { translated, words } from '../look/words';
import { picturesOf } from '../stores/node-view';
import './lists.css';
import { heldWords, outcomeWords, stepWords } from './run-words';
import './runs.css';

/** What was run before: how it ended, what it cost, when. */
export function Runs({
  runs,
  now,
  head,
  marked = null,
  onOpen,
}: {
  runs: readonly RunSummary[];
  now: Date;
  head?: ReactNode;
  /** The runs that are marked, while some are being chosen. */
  marked?: ReadonlySet<string> | null;
  onOpen: (run: string) => void;
}) {
  if (runs.length === 0)
    return (
      <div className="empty">
        <History size={24} />
        <p className="empty-title">{words.runs.none.title}</p>
        <p>{words.runs.none.text}</p>
      </div>
    );
  return (
    <div className="list">
      {head}
      <ul>
        {runs.map((run) => {
          const { label, tone } = outcomeWords(run);
          return (
            <li key={run.run}>
              <button
                type="button"
                className="list-row runs-row"
                aria-pressed={marked?.has(run.run)}
                onClick={() => onOpen(run.run)}
              >
                {marked === null ? (
                  <span className="runs-dot" data-tone={tone} aria-hidden="true" />
                ) : (
                  <span className="runs-mark" aria-hidden="true">
                    {marked.has(run.run) ? <Check size={12} /> : null}
                  </span>
                )}
                <span className="list-words">
                  <span className="one-line">{run.title}</span>
                  <span className="caption one-line">
                    {run.rehearsal === true ? `${words.rehearsal.chip} · ` : ''}
                    {label} · {when(run.openedAt, now)} · {count(run.steps, 'step')}
                  </span>
                </span>
                <span className="value price" data-free={run.spent === 0}>
                  {amount(run.spent)}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** One run: its steps with their pictures, prices and what went wrong. */
export function RunDetail({
  run,
  now,
  titleOf,
  actions,
  onBack,
  onPicture,
  onAnswer,
}: {
  run: RunState;
  now: Date;
  actions?: ReactNode;
  titleOf: (node: string) => string;
  onBack: () => void;
  onPicture: (step: StepProgress, place: number) => void;
  onAnswer: (step: string, answer: 'resend' | 'give-up') => void;
}) {
  const { label, tone } = outcomeWords(run);
  const seconds = secondsBetween(run.openedAt, run.closedAt);
  return (
    <div className="list">
      <button type="button" className="button" data-kind="quiet" onClick={onBack}>
        <ArrowLeft size={14} /> {words.runs.all}
      </button>
      <header className="runs-head">
        <h3 className="one-line">{run.title}</h3>
        <p className="caption">
          <span className="chip" data-tone={tone}>
            {label}
          </span>{' '}
          {when(run.openedAt, now)}
          {seconds === undefined ? '' : ` · ${duration(seconds)}`} · {amount(run.spent)}
        </p>
      </header>
      {actions}
      {run.stopped === undefined ? null : (
        <p className="runs-failure" data-state="failed">
          {translated(run.stopped.message)}
        </p>
      )}
      <ul>
        {[...run.steps.values()].map((step) => (
          <RunStep
            key={step.step}
            step={step}
            title={titleOf(step.node)}
            onPicture={(place) => onPicture(step, place)}
            onAnswer={(answer) => onAnswer(step.step, answer)}
          />
        ))}
      </ul>
    </div>
  );
}

function RunStep({
  step,
  title,
  onPicture,
  onAnswer,
}: {
  step: StepProgress;
  title: string;
  onPicture: (place: number) => void;
  onAnswer: (answer: 'resend' | 'give-up') => void;
}) {
  const { label, tone } = stepWords(step.state);
  const seconds = secondsBetween(step.startedAt, step.endedAt);
  const pictures = picturesOf(step.outputs);
  return (
    <li className="runs-step">
      <div className="runs-step-head">
        <span className="runs-dot" data-tone={tone} aria-hidden="true" />
        <span className="list-words">
          <span className="one-line">
            {title} <span className="faint value">{step.step.slice(step.step.lastIndexOf('#'))}</span>
          </span>
          <span className="caption">
            {label}
            {seconds === undefined ? '' : ` · ${duration(seconds)}`}
          </span>
        </span>
        {step.price === 0 ? null : (
          <span className="value price" data-free="false">
            {amount(step.price)}
          </span>
        )}
      </div>
      {pictures.length === 0 ? null : (
        <div className="runs-pictures">
          {pictures.map((image, place) => (
            <button
              // A list may hold a picture twice.
              key={`${place} ${image.hash}`}
              type="button"
              className="runs-picture checkerboard"
              aria-label={words.runs.look(place + 1, title)}
              onClick={() => onPicture(place)}
            >
              <Picture hash={image.hash} alt="" fit="cover" />
            </button>
          ))}
        </div>
      )}
      {step.failure === undefined ? null : (
        <p className="runs-failure" data-state={step.state}>
          {translated(step.failure.message)}
        </p>
      )}
      {step.because === undefined || step.failure !== undefined ? null : (
        <p className="runs-because">{heldWords(step.because)}</p>
      )}
      {step.state === 'in-doubt' ? (
        <div className="runs-answers">
          <DoubtAnswers count={1} worstPrice={step.worstPrice ?? 0} onAnswer={onAnswer} />
        </div>
      ) : null}
    </li>
  );
}
