import { amount } from './format';
import { words } from './words';

/** The two things a person can do about requests of which nobody knows whether they were taken. */
export function DoubtAnswers({
  count,
  worstPrice,
  onAnswer,
}: {
  count: number;
  /** Of sending all of them again, US dollars. */
  worstPrice: number;
  onAnswer: (answer: 'resend' | 'give-up') => void;
}) {
  return (
    <>
      <button type="button" className="button" data-kind="spend" onClick={() => onAnswer('resend')}>
        {words.look.doubt.resend(count)} · <span className="value">{amount(worstPrice)}</span>
      </button>
      <button type="button" className="button" onClick={() => onAnswer('give-up')}>
        {words.look.doubt.giveUp}
      </button>
    </>
  );
}
