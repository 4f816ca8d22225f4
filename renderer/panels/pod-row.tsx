import { Check, Clock, Play, Square, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Failure } from '#core/failure';
import { initialRules, isPaidFor, type PodReport, type PodRules } from '#core/pod';
import { phaseWords } from '#core/pod-words';
import { words } from '../look/words';
import { PodInstalls } from './pod-installs';
import { PodRulesForm } from './pod-rules';
import { PodTrouble } from './pod-trouble';
import { costWords, endWords, shortGpu, toneOf } from './pods-words';

/** One pod: where it is, what it costs, when it stops, and what can be done with it. */
export function PodRow({
  pod,
  at,
  failure,
  busy,
  onStart,
  onUse,
  onStop,
  onTerminate,
  onRules,
  onNew,
}: {
  pod: PodReport;
  /** Milliseconds since 1970. */
  at: number;
  failure: Failure | undefined;
  /** Something is being done with it. */
  busy: boolean;
  onStart: () => void;
  onUse: () => void;
  onStop: () => void;
  onTerminate: () => void;
  onRules: (rules: PodRules) => void;
  onNew: () => void;
}) {
  const [hasRules, setHasRules] = useState(false);
  const { name, phase, gpu, kept, address, usedBy } = pod;
  const isPaid = isPaidFor(phase);
  const cost = costWords(pod, isPaid);
  const isThere = phase !== 'gone';
  return (
    <li className="pods-row" aria-label={name}>
      <div className="pods-line">
        <span className="runs-dot" data-tone={toneOf(pod)} aria-hidden="true" />
        <span className="list-words">
          <span className="one-line">
            <span className="pods-name">{name}</span> <span className="soft">{phaseWords(pod, words)}</span>
          </span>
          <span className="caption one-line">
            {[shortGpu(gpu), isPaid ? endWords(pod, at) : undefined].filter(Boolean).join(' · ')}
          </span>
        </span>
        {cost === undefined ? null : (
          <span className="pods-cost">
            <span className="value">{cost.price}</span>
            <span className="caption">{cost.note}</span>
          </span>
        )}
        {isThere ? (
          <button
            type="button"
            className="icon-button"
            aria-expanded={hasRules}
            aria-pressed={hasRules}
            aria-label={words.pods.whenStopped(name)}
            title={kept ? words.pods.whenStoppedTip : words.pods.lookAfter}
            onClick={() => setHasRules(!hasRules)}
          >
            <Clock size={14} />
          </button>
        ) : null}
        {isThere ? (
          <button
            type="button"
            className="icon-button"
            aria-label={words.pods.terminate(name)}
            title={words.pods.terminateTip}
            disabled={busy}
            onClick={onTerminate}
          >
            <Trash2 size={14} />
          </button>
        ) : null}
        {!isThere ? null : phase === 'stopped' ? (
          <button
            type="button"
            className="button"
            disabled={busy}
            aria-label={words.pods.startOf(name)}
            onClick={onStart}
          >
            <Play size={12} aria-hidden="true" /> {words.pods.start}
          </button>
        ) : (
          <button
            type="button"
            className="button"
            disabled={busy}
            aria-label={words.pods.stopOf(name)}
            onClick={onStop}
          >
            <Square size={10} fill="currentColor" aria-hidden="true" /> {words.pods.stop}
          </button>
        )}
      </div>
      {failure === undefined ? null : <PodTrouble failure={failure} onNew={onNew} />}
      {address !== undefined && isThere ? (
        <p className="pods-address caption">
          {usedBy === undefined ? (
            <button
              type="button"
              className="settings-link"
              disabled={busy}
              aria-label={words.pods.runHereOf(name)}
              onClick={onUse}
            >
              {words.pods.runHere}
            </button>
          ) : (
            <span className="pods-used">
              <Check size={12} aria-hidden="true" /> {words.pods.used}
            </span>
          )}
          {isPaid ? <span className="value can-select one-line faint">{address}</span> : null}
        </p>
      ) : null}
      {pod.install === undefined ? null : <PodInstalls install={pod.install} />}
      {hasRules ? (
        <PodRulesForm
          rules={pod.rules ?? { ...initialRules, maxAge: null }}
          hasWatchdog={pod.watchdog !== 'none'}
          action={kept ? words.pods.save : words.pods.lookAfter}
          onSave={(rules) => {
            onRules(rules);
            setHasRules(false);
          }}
        />
      ) : null}
    </li>
  );
}
