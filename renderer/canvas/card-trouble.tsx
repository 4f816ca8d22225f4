import { CircleAlert, CircleHelp } from 'lucide-react';
import type { Failure } from '#core/failure';
import { answerDoubts, startRun } from '../commands/runs';
import { openSettings } from '../commands/settings';
import { DoubtAnswers } from '../look/doubt-answers';
import { mendedInSettings } from '../look/settings-mends';
import { translated, words } from '../look/words';
import { heldWords, shortfallWords } from '../panels/run-words';
import type { NodeProgress } from '../stores/node-view';
import { runStore } from '../stores/run-store';

const { act: actWords, charge: chargeWords } = words.notes;

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
        <span>{translated(failure?.message) ?? heldWords(because)}</span>
      </p>
      {failure === undefined ? null : (
        <p className="card-trouble-who" title={translated(failure.detail)}>
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
            {words.cards.runAgain}
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
      aria-label={words.cards.missing}
    >
      {shortfallWords(shortfall).map((text) => (
        <p key={text} className="card-trouble-message">
          <CircleHelp size={14} aria-hidden="true" />
          <span>{text}</span>
        </p>
      ))}
    </section>
  );
}
