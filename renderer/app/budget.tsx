import { amount } from '../look/format';
import { openSettings } from '../commands/settings';
import { useRun } from '../stores/run-store';
import { useSession } from '../stores/session-store';

const turn = 2 * Math.PI * 8;

/** The cap of a run as a ring that fills: with what was spent while it runs, with the forecast before. */
export function Budget() {
  const budget = useSession((state) => state.settings.budget);
  const used = useRun(({ run, plan }) =>
    run !== null && run.closedAt === undefined ? run.spent : (plan?.forecast.price.high ?? 0),
  );
  if (budget === null) return null;
  const share = budget === 0 ? (used > 0 ? 1 : 0) : Math.min(1, used / budget);
  const over = used > budget;
  return (
    <button
      type="button"
      className="budget"
      data-over={over}
      aria-label={`Budget of a run: ${amount(budget)}`}
      title={over ? 'The forecast is over the budget: the run will stop there' : 'Most a run may cost'}
      onClick={() => openSettings('general')}
    >
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        <circle cx="10" cy="10" r="8" className="budget-track" />
        <circle
          cx="10"
          cy="10"
          r="8"
          className="budget-used"
          strokeDasharray={`${share * turn} ${turn}`}
          transform="rotate(-90 10 10)"
        />
      </svg>
      <span className="value">{amount(budget)}</span>
    </button>
  );
}
