import { amount } from './format';

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
        {count === 1 ? 'Send again' : `Send ${count} again`} ·{' '}
        <span className="value">{amount(worstPrice)}</span>
      </button>
      <button type="button" className="button" onClick={() => onAnswer('give-up')}>
        Give up
      </button>
    </>
  );
}
