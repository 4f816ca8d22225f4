import { Cpu } from 'lucide-react';
import { paidPods, phaseWords } from '#core/pod-words';
import { openPods, stopPods } from '../commands/pods';
import { amount } from '../look/format';
import { useRun } from '../stores/run-store';

/** Pods that cost just now: state, price an hour, money since the start. */
export function PodStatus() {
  const reports = useRun((state) => state.pods);
  const { pods, perHour, sinceStart } = paidPods(reports);
  const asked = useRun(({ plan }) => plan?.nodes);
  const [first] = pods;
  if (first === undefined) {
    const used = reports.find(({ usedBy = [] }) =>
      asked?.some(({ route }) => route !== undefined && usedBy.includes(route.provider)),
    );
    return used === undefined ? null : (
      <span className="status-pods" data-off="true">
        <Cpu size={13} aria-hidden="true" />
        <button type="button" onClick={openPods} aria-label="Show pods">
          <output>
            Pod {used.name}: {phaseWords(used)}
          </output>
        </button>
      </span>
    );
  }
  const words = pods.length === 1 ? `Pod: ${phaseWords(first)}` : `${pods.length} pods`;
  const each = pods
    .map((pod) =>
      [`${pod.name}: ${phaseWords(pod)}`, pod.gpu, pod.trouble?.message].filter(Boolean).join(' · '),
    )
    .join('\n');
  return (
    <span
      className="status-pods"
      data-trouble={pods.some(({ trouble }) => trouble !== undefined)}
      title={each}
    >
      <Cpu size={13} aria-hidden="true" />
      <button type="button" onClick={openPods} aria-label="Show pods">
        <output>
          {words}
          {' · '}
          <span className="value">{amount(perHour)}/h</span>
          {' · '}
          <span className="value">{amount(Math.round(sinceStart * 100) / 100)}</span> since start
        </output>
      </button>
      <button type="button" onClick={() => void stopPods()}>
        Stop
      </button>
    </span>
  );
}
