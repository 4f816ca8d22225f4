import { ChevronLeft, ChevronRight, RefreshCw } from 'lucide-react';
import type { MouseEvent } from 'react';
import { words } from './words';
import './take-stepper.css';

const said = words.takes;
/** Two presses are two takes, not a new name for the card. */
const stay = (event: MouseEvent) => event.stopPropagation();

/**
 * Which take a node is at, with the way back and the way on; what a take that is still to be made costs stands on the button
 * for it.
 */
export function TakeStepper({
  take,
  known = take + 1,
  price,
  compact = false,
  onBefore,
  onNext,
}: {
  /** From 0. */
  take: number;
  /** How many takes there are, this one counted. */
  known?: number | undefined;
  /** Of the next take, in words; left out where it was made before or nothing is known of it. */
  price?: string | undefined;
  /** On a card. */
  compact?: boolean;
  onBefore: () => void;
  onNext: () => void;
}) {
  const isMade = known > take + 1;
  const costs = isMade ? undefined : price;
  const next = isMade ? said.made : costs === undefined ? said.next : said.costs(costs);
  if (known === 1)
    return (
      <button
        type="button"
        className={compact ? 'take-new nodrag' : 'button'}
        data-kind="quiet"
        aria-label={compact ? next : undefined}
        title={next}
        onClick={onNext}
        onDoubleClick={stay}
      >
        <RefreshCw size={compact ? 11 : 13} aria-hidden="true" />
        {compact ? null : said.first}
        {costs === undefined ? null : <span className="value price take-price">{costs}</span>}
      </button>
    );
  const size = compact ? 12 : 14;
  const name = said.of(take + 1, known);
  return (
    <fieldset className="take-stepper nodrag" data-compact={compact} aria-label={`${said.group}: ${name}`}>
      <button
        type="button"
        aria-label={said.before}
        title={said.before}
        disabled={take === 0}
        onClick={onBefore}
        onDoubleClick={stay}
      >
        <ChevronLeft size={size} aria-hidden="true" />
      </button>
      <span className="figures">{name}</span>
      <button type="button" aria-label={next} title={next} onClick={onNext} onDoubleClick={stay}>
        {costs === undefined ? null : <span className="value price take-price">{costs}</span>}
        <ChevronRight size={size} aria-hidden="true" />
      </button>
    </fieldset>
  );
}
