import { CircleAlert, CircleHelp } from 'lucide-react';
import type { Failure } from '#core/failure';
import { answerDoubts, startRun } from '../commands/runs';
import { openSettings } from '../commands/settings';
import { DoubtAnswers } from '../look/doubt-answers';
import { mendedInSettings } from '../look/settings-mends';
import { heldWords, shortfallWords } from '../panels/run-words';
import type { NodeProgress } from '../stores/node-view';
import { runStore } from '../stores/run-store';

const actWords: Record<Failure['act'], string> = {
  user: 'This one is yours to mend.',
  wait: 'Time alone will mend it.',
  vendor: 'The service has to mend it.',
  us: 'This is a fault of Seedloom.',
};

const chargeWords: Record<Failure['charge'], string> = {
  none: 'Nothing was charged.',
  possible: 'It may have been charged.',
  certain: 'It was charged.',
};

/** What went wrong, who can act, whether money went, and one thing to do. */
export function CardTrouble({ id, progress }: { id: string; progress: NodeProgress }) {
  const { failure, state, because, doubts } = progress;
  const inDoubt = state === 'in-doubt';
  const mend = mendedInSettings[failure?.code ?? ''];
  const Sign = inDoubt ? CircleHelp : CircleAlert;
  const answer = (reply: 'resend' | 'give-up') => {
    const { run } = runStore.getState();
    if (run !== null && doubts !== undefined) void answerDoubts(run.run, doubts.steps, reply);
  };
  return (
    <section className="card-trouble" data-doubt={inDoubt} role="alert">
      <p className="card-trouble-message">
        <Sign size={14} aria-hidden="true" />
        <span>{failure?.message ?? heldWords(because)}</span>
      </p>
      {failure === undefined ? null : (
        <p className="card-trouble-who" title={failure.detail}>
          {inDoubt ? chargeWords.possible : `${actWords[failure.act]} ${chargeWords[failure.charge]}`}
        </p>
      )}
      <div className="card-trouble-actions nodrag">
        {doubts !== undefined ? (
          <DoubtAnswers count={doubts.steps.length} worstPrice={doubts.worstPrice} onAnswer={answer} />
        ) : mend !== undefined ? (
          <button type="button" className="button" onClick={() => openSettings(mend.tab)}>
            {mend.words}
          </button>
        ) : (
          <button
            type="button"
            className="button"
            disabled={progress.live}
            onClick={() => void startRun([id])}
          >
            Run again
          </button>
        )}
      </div>
    </section>
  );
}

/** A set that came short: what is there is kept, and why the others are not. */
export function CardShortfall({ shortfall }: { shortfall: readonly Failure[] }) {
  return (
    <section
      className="card-trouble"
      data-doubt={shortfall.some(({ charge }) => charge !== 'none')}
      aria-label="Missing pictures"
    >
      {shortfallWords(shortfall).map((words) => (
        <p key={words} className="card-trouble-message">
          <CircleHelp size={14} aria-hidden="true" />
          <span>{words}</span>
        </p>
      ))}
    </section>
  );
}
