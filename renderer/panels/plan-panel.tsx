import { ClipboardCopy, Drama, ListTodo, Play } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { runsOnPod } from '#core/plan/check-pods';
import type { Plan } from '#core/plan/planned';
import { planWithout } from '../commands/planning';
import { runCommand } from '../commands/command-list';
import { showGood } from '../commands/notices';
import { startOrQueue } from '../commands/pod-runs';
import { goToNode } from '../commands/subgraphs';
import { durationRange, forecastPrice } from '../look/format';
import { words } from '../look/words';
import { useDocument } from '../stores/document-store';
import { useRun } from '../stores/run-store';
import { useSession } from '../stores/session-store';
import { planRows, planText } from './plan-rows';
import { PlanTable } from './plan-table';
import { planShown, type ReducedPlan } from './plan-without';
import './plan.css';

/** What a run will do, node by node, before any money is spent. */
export function PlanPanel() {
  const whole = useRun((state) => state.plan);
  const pods = useRun((state) => state.pods);
  const document = useDocument((state) => state.whole);
  const catalogue = useSession((state) => state.catalogue);
  const providers = useSession((state) => state.providers);
  const [onlyCosts, setOnlyCosts] = useState(false);
  const { plan, without, toggle } = useWithout(whole);
  const rows = useMemo(() => {
    if (plan === null) return [];
    const podOf = (provider: string) => pods.find(({ usedBy }) => usedBy?.includes(provider));
    const isOnPod = (planned: Plan['nodes'][number]) => runsOnPod([planned], podOf);
    return planRows(plan, { document, catalogue, providers, isOnPod });
  }, [plan, document, catalogue, providers, pods]);
  if (plan === null || rows.length === 0)
    return (
      <div className="empty">
        <ListTodo size={24} />
        <p className="empty-title">{words.plan.none.title}</p>
        <p>{words.plan.none.text}</p>
      </div>
    );
  const shown = onlyCosts ? rows.filter(({ costs }) => costs) : rows;
  const onPod = runsOnPod(plan.nodes, (provider) => pods.find(({ usedBy }) => usedBy?.includes(provider)));
  const price = forecastPrice(plan.forecast.price, onPod);
  const { willRun, reused, blocked } = plan.counts;
  const total = words.plan.total(willRun, reused);
  const time = plan.forecast.seconds.high === 0 ? '' : durationRange(plan.forecast.seconds);
  const copy = async () => {
    const sum = [total, price, time].filter(Boolean).join(' · ');
    await navigator.clipboard.writeText(planText(shown, `${document.title}: ${words.plan.title}`, sum));
    showGood(words.plan.copied);
  };
  return (
    <div className="plan">
      <div className="plan-tools">
        <label className="plan-filter">
          <input
            type="checkbox"
            checked={onlyCosts}
            onChange={(event) => setOnlyCosts(event.target.checked)}
          />
          {words.plan.onlyCosts}
        </label>
        <span className="plan-space" />
        <button type="button" className="button" data-kind="quiet" onClick={() => runCommand('run.rehearse')}>
          <Drama size={14} aria-hidden="true" /> {words.rehearsal.command}
        </button>
        <button type="button" className="button" data-kind="quiet" onClick={() => void copy()}>
          <ClipboardCopy size={14} aria-hidden="true" /> {words.plan.copy}
        </button>
      </div>
      {shown.length === 0 ? (
        <p className="list-none plan-free">{words.plan.nothingCosts}</p>
      ) : (
        <PlanTable
          rows={shown}
          without={without}
          onShow={goToNode}
          onWithout={toggle}
          onRunTo={(id) => void startOrQueue([id], [...without])}
        />
      )}
      <footer className="plan-foot">
        <p className="plan-total">
          <span>{total}</span>
          {blocked === 0 ? null : <span className="plan-blocked">{words.plan.totalBlocked(blocked)}</span>}
          <span className="value price" data-free={plan.forecast.price.high === 0 && !onPod}>
            {price}
          </span>
          {time === '' ? null : <span className="figures faint">{time}</span>}
        </p>
        <button
          type="button"
          className="button"
          data-kind={plan.forecast.price.high === 0 && !onPod ? 'primary' : 'spend'}
          disabled={willRun === 0 && blocked === 0}
          onClick={() =>
            without.size === 0 ? runCommand('run.start') : void startOrQueue(undefined, [...without])
          }
        >
          <Play size={13} aria-hidden="true" />
          {without.size === 0 ? words.plan.run : words.plan.runRest(without.size)}
        </button>
      </footer>
      <p className="plan-keys caption">{words.plan.keysHint}</p>
    </div>
  );
}

/** The nodes left out of this run alone, and the plan without them. Nothing of it is written into the workflow. */
function useWithout(whole: Plan | null) {
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const [reduced, setReduced] = useState<ReducedPlan | null>(null);
  const tab = useDocument((state) => state.tab);
  const [asOf, setAsOf] = useState(tab);
  if (asOf !== tab) {
    setAsOf(tab);
    setWithout(new Set());
  }
  useEffect(() => {
    if (without.size === 0) return;
    let isNewest = true;
    const ask = async () => {
      const plan = await planWithout([...without]);
      if (isNewest && plan !== undefined) setReduced({ whole, without, plan });
    };
    void ask();
    return () => {
      isNewest = false;
    };
  }, [without, whole]);
  const toggle = (id: string) => {
    const next = new Set(without);
    if (!next.delete(id)) next.add(id);
    setWithout(next);
    if (next.size === 0) setReduced(null);
  };
  return { plan: planShown(whole, without, reduced), without, toggle };
}
