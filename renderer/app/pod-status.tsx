import { Cpu } from 'lucide-react';
import { paidPods, phaseWords } from '#core/pod-words';
import { openPods, stopPods } from '../commands/pods';
import { amount } from '../look/format';
import { translated, words } from '../look/words';
import { useRun } from '../stores/run-store';

const texts = words.frame.status;

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
        <button type="button" onClick={openPods} aria-label={texts.showPods}>
          <output>{texts.usedPod(used.name, phaseWords(used, words))}</output>
        </button>
      </span>
    );
  }
  const state = pods.length === 1 ? texts.pod(phaseWords(first, words)) : texts.pods(pods.length);
  const each = pods
    .map((pod) =>
      [`${pod.name}: ${phaseWords(pod, words)}`, pod.gpu, translated(pod.trouble?.message)]
        .filter(Boolean)
        .join(' · '),
    )
    .join('\n');
  return (
    <span
      className="status-pods"
      data-trouble={pods.some(({ trouble }) => trouble !== undefined)}
      title={each}
    >
      <Cpu size={13} aria-hidden="true" />
      <button type="button" onClick={openPods} aria-label={texts.showPods}>
        <output>
          {state}
          {' · '}
          <span className="value">{texts.perHour(amount(perHour))}</span>
          {' · '}
          <span className="value">{amount(Math.round(sinceStart * 100) / 100)}</span> {texts.sinceStart}
        </output>
      </button>
      <button type="button" onClick={() => void stopPods()}>
        {texts.stop}
      </button>
    </span>
  );
}
