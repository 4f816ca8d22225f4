import { TriangleAlert } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useEffect, useState } from 'react';
import type { MoneyState } from '#core/money-state';
import { readMoney } from '../commands/money';
import { openSettings } from '../commands/settings';
import { amount } from '../look/format';
import { words } from '../look/words';
import { useDocument } from '../stores/document-store';
import { useRun } from '../stores/run-store';
import { useSession } from '../stores/session-store';
import { capUses, ringShares, type CapUse } from './budget-shares';
import './budget.css';

const turn = 2 * Math.PI * 8;
const nothing = { billed: 0, reserved: 0 };
const noMoney: MoneyState = { run: nothing, workflow: nothing, day: nothing };

/** The cap that has the least left, as a ring: spent, reserved, and what the next run may cost. */
export function Budget() {
  const settings = useSession((state) => state.settings);
  // While a run goes on, what it may still cost is reserved step by step.
  const isOpen = useRun(({ run }) => run !== null && run.closedAt === undefined);
  const next = useRun(({ plan }) => plan?.forecast.price.high ?? 0);
  const uses = capUses(settings, useMoney(), isOpen ? 0 : next);
  const [tightest] = uses;
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        {tightest === undefined ? (
          <button
            type="button"
            className="budget"
            aria-label={words.plan.budget.none}
            title={words.plan.budget.none}
          >
            <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
              <circle cx="10" cy="10" r="8" className="budget-track" data-none="true" />
            </svg>
          </button>
        ) : (
          <Ring use={tightest} />
        )}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="budget-sheet"
          sideOffset={8}
          collisionPadding={8}
          aria-label={words.plan.budget.title}
        >
          {tightest === undefined ? (
            <>
              <p className="budget-title">{words.plan.budget.none}</p>
              <p className="caption">{words.plan.budget.noneText}</p>
            </>
          ) : (
            uses.map((use) => <Cap key={use.of} use={use} />)
          )}
          <Popover.Close asChild>
            <button type="button" className="button" onClick={() => openSettings('general')}>
              {words.plan.budget.change}
            </button>
          </Popover.Close>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Ring({ use, ...trigger }: { use: CapUse }) {
  const shares = ringShares(use);
  const { of, left, cap, over } = use;
  const label = words.plan.budget.label(words.plan.budget.of[of], amount(left), amount(cap));
  const arcs = [
    { part: 'spent', from: 0, share: shares.spent },
    { part: 'reserved', from: shares.spent, share: shares.reserved },
    { part: 'next', from: shares.spent + shares.reserved, share: shares.next },
  ];
  return (
    <button
      {...trigger}
      type="button"
      className="budget"
      data-over={over}
      aria-label={over ? `${label}. ${words.plan.budget.over}` : label}
      title={over ? words.plan.budget.over : label}
    >
      {over ? (
        <TriangleAlert size={15} aria-hidden="true" />
      ) : (
        <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
          <circle cx="10" cy="10" r="8" className="budget-track" />
          {arcs.map(({ part, from, share }) =>
            share === 0 ? null : (
              <circle
                key={part}
                cx="10"
                cy="10"
                r="8"
                className="budget-arc"
                data-part={part}
                strokeDasharray={`${share * turn} ${turn}`}
                transform={`rotate(${from * 360 - 90} 10 10)`}
              />
            ),
          )}
        </svg>
      )}
      <span className="value">{words.plan.budget.left(amount(left))}</span>
    </button>
  );
}

function Cap({ use }: { use: CapUse }) {
  const { of, cap, spent, reserved, next, left, over } = use;
  const shares = ringShares(use);
  return (
    <section className="budget-cap" data-over={over}>
      <p className="budget-title">
        {words.plan.budget.of[of]} <span className="value">{amount(cap)}</span>
      </p>
      <span className="budget-bar" aria-hidden="true">
        {(['spent', 'reserved', 'next'] as const).map((part) => (
          <span key={part} data-part={part} style={{ flexBasis: `${shares[part] * 100}%` }} />
        ))}
      </span>
      <dl className="budget-parts">
        <Part name={words.plan.budget.spent} value={spent} part="spent" />
        <Part name={words.plan.budget.reserved} value={reserved} part="reserved" />
        <Part name={words.plan.budget.next} value={next} part="next" />
      </dl>
      <p className="caption">{over ? words.plan.budget.over : words.plan.budget.left(amount(left))}</p>
    </section>
  );
}

function Part({ name, value, part }: { name: string; value: number; part: string }) {
  return (
    <div className="budget-part">
      <dt>
        <span className="budget-mark" data-part={part} aria-hidden="true" /> {name}
      </dt>
      <dd className="value">{amount(value)}</dd>
    </div>
  );
}

/** Asked again whenever money may have moved. */
function useMoney(): MoneyState {
  const workflow = useDocument((state) => state.document.id);
  const isReady = useSession((state) => state.ready);
  const open = useRun(({ run }) => (run !== null && run.closedAt === undefined ? run.run : null));
  const moved = useRun(({ run, spent, plan, planning }) =>
    // Reserved money moves with the steps; a plan is made anew at the end of every run.
    [run?.run, run?.closedAt, spent, run?.spent, planning ? '' : plan?.counts.willRun].join(),
  );
  const [money, setMoney] = useState<{ of: string; asOf: string; state: MoneyState }>({
    of: '',
    asOf: '',
    state: noMoney,
  });
  useEffect(() => {
    if (!isReady) return;
    let isNewest = true;
    const ask = async () => {
      const state = await readMoney(open, workflow);
      if (isNewest && state !== undefined) setMoney({ of: workflow, asOf: moved, state });
    };
    void ask();
    return () => {
      isNewest = false;
    };
  }, [workflow, open, moved, isReady]);
  return money.of === workflow ? money.state : noMoney;
}
