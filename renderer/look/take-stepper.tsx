import { ChevronLeft, ChevronRight, RefreshCw } from 'lucide-react';
import type { MouseEvent } from 'react';
import { words } from './words';
import './take-stepper.css';

const said = words.takes;
/** Two presses are two takes, not a new name for the card. */
const stay = (event: MouseEvent) => event.stopPropagation();

/** Which take a node is at, with the way back and the way on. On a card (`compact`) it is only there once there are several. */
export function TakeStepper({
  take,
  compact = false,
  onBefore,
  onNext,
}: {
  /** From 0. */
  take: number;
  compact?: boolean;
  onBefore: () => void;
  onNext: () => void;
}) {
  if (take === 0)
    return compact ? null : (
      <button type="button" className="button" data-kind="quiet" title={said.next} onClick={onNext}>
        <RefreshCw size={13} aria-hidden="true" /> {said.first}
      </button>
    );
  const size = compact ? 12 : 14;
  return (
    <fieldset
      className="take-stepper nodrag"
      data-compact={compact}
      aria-label={`${said.group}: ${said.take(take + 1)}`}
    >
      <button
        type="button"
        aria-label={said.before}
        title={said.before}
        onClick={onBefore}
        onDoubleClick={stay}
      >
        <ChevronLeft size={size} aria-hidden="true" />
      </button>
      <span className="figures" title={said.take(take + 1)}>
        {compact ? said.short(take + 1) : said.take(take + 1)}
      </span>
      <button type="button" aria-label={said.next} title={said.next} onClick={onNext} onDoubleClick={stay}>
        <ChevronRight size={size} aria-hidden="true" />
      </button>
    </fieldset>
  );
}
