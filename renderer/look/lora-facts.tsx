import { GraduationCap } from 'lucide-react';
import type { LoraRef } from '#core/values';
import { LossCurve } from './loss-curve';
import { describeLora } from './lora-words';
import './lora-facts.css';

/** A LoRA as it is shown: no picture, but what it is called by, what it learned from, and its file. */
export function LoraFacts({ lora, isOld = false }: { lora: LoraRef; isOld?: boolean }) {
  const { title, file, facts, fits } = describeLora(lora);
  return (
    <div className="lora-facts" data-old={isOld}>
      <GraduationCap size={18} aria-hidden="true" />
      <strong className="lora-title can-select">{title}</strong>
      {fits === undefined ? null : <span className="lora-fits">{fits}</span>}
      <span className="lora-numbers figures">{facts.join(' · ')}</span>
      {title === file ? null : (
        <span className="lora-file can-select one-line" title={file}>
          {file}
        </span>
      )}
      {lora.trained?.loss === undefined || lora.trained.loss.length === 0 ? null : (
        <LossCurve loss={lora.trained.loss} />
      )}
    </div>
  );
}
