import { Cpu, Plus, RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Failure } from '#core/failure';
import type { PodReport } from '#core/pod';
import {
  lookAtPods,
  setPodRules,
  startPod,
  stopPod,
  terminatePod,
  runOnPod,
  type PodOutcome,
} from '../commands/pods';
import { DialogFrame } from '../look/dialog-frame';
import { words } from '../look/words';
import { useRun } from '../stores/run-store';
import { PodOrder } from './pod-order';
import { PodRow } from './pod-row';
import { PodTrouble } from './pod-trouble';
import { podsSum } from './pods-words';
import './pods.css';
import { useNow } from './use-now';

/** Everything there is to do with pods: those of the account, when they stop, and a new one. */
export function PodsDialog({ onClose }: { onClose: () => void }) {
  const kept = useRun((state) => state.pods);
  const now = useNow();
  const [found, setFound] = useState<Awaited<ReturnType<typeof lookAtPods>>>();
  const [failures, setFailures] = useState<Failures>({});
  const [isLooking, setIsLooking] = useState(true);
  const [isNew, setIsNew] = useState(false);
  const [busy, setBusy] = useState('');
  /** Of the last order. */
  const [doubt, setDoubt] = useState<Failure>();

  useEffect(() => {
    let isShown = true;
    const read = async () => {
      const looked = await lookAtPods();
      if (!isShown) return;
      setFound(looked);
      setIsLooking(false);
    };
    void read();
    return () => {
      isShown = false;
    };
  }, []);
  async function look(): Promise<void> {
    setIsLooking(true);
    setFound(await lookAtPods());
    setIsLooking(false);
  }

  async function act(pod: PodReport, work: (pod: PodReport) => Promise<PodOutcome<unknown>>): Promise<void> {
    setBusy(pod.id);
    const outcome = await work(pod);
    setBusy('');
    if (outcome === undefined) return;
    setFailures((before) => withFailure(before, pod.id, 'failure' in outcome ? outcome.failure : undefined));
    await look();
  }

  const seen = found !== undefined && 'value' in found ? found.value : [];
  const others = seen.filter((pod) => !pod.kept);
  const keptIds = new Set(kept.map(({ id }) => id));
  const pods = [...kept, ...others.filter(({ id }) => !keptIds.has(id))];
  const first = found !== undefined && 'failure' in found ? found.failure : undefined;
  return (
    <DialogFrame
      open
      onClose={onClose}
      title={isNew ? words.pods.newTitle : words.pods.title}
      description={words.pods.description}
      width={720}
      className="pods"
    >
      {isNew ? (
        <PodOrder
          onCancel={() => setIsNew(false)}
          onMade={(failure) => {
            setIsNew(false);
            setDoubt(failure);
            void look();
          }}
        />
      ) : (
        <>
          <div className="pods-head">
            <p className="soft" aria-live="polite">
              {pods.length === 0 && isLooking ? words.pods.looking : podsSum(pods)}
            </p>
            <button
              type="button"
              className="icon-button"
              aria-label={words.pods.lookAgain}
              title={words.pods.lookAgain}
              disabled={isLooking}
              onClick={() => void look()}
            >
              <RefreshCw size={14} />
            </button>
            <button type="button" className="button" onClick={() => setIsNew(true)}>
              <Plus size={14} aria-hidden="true" /> {words.pods.newPod}
            </button>
          </div>
          {doubt === undefined ? null : <PodTrouble failure={doubt} />}
          {first === undefined ? null : <PodTrouble failure={first} onNew={() => setIsNew(true)} />}
          {pods.length === 0 && !isLooking && first === undefined ? <NoPods /> : null}
          <ul className="pods-list">
            {pods.map((pod) => (
              <PodRow
                key={pod.id}
                pod={pod}
                at={now.getTime()}
                failure={failures[pod.id] ?? pod.trouble}
                busy={busy === pod.id}
                onStart={() => void act(pod, (one) => startPod(one))}
                onUse={() => void act(pod, runOnPod)}
                onStop={() => void act(pod, stopPod)}
                onTerminate={() => void act(pod, terminatePod)}
                onRules={(rules) => void act(pod, () => setPodRules(pod.id, rules))}
                onNew={() => setIsNew(true)}
              />
            ))}
          </ul>
        </>
      )}
    </DialogFrame>
  );
}

type Failures = Readonly<Record<string, Failure>>;

function withFailure(failures: Failures, id: string, next: Failure | undefined): Failures {
  const { [id]: _before, ...rest } = failures;
  return next === undefined ? rest : { ...rest, [id]: next };
}

function NoPods() {
  return (
    <div className="empty">
      <Cpu size={24} />
      <p className="empty-title">{words.pods.none}</p>
      <p>{words.pods.noneText}</p>
    </div>
  );
}
