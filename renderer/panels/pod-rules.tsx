import { useState } from 'react';
import type { PodRules } from '#core/pod';
import { ChoiceList } from '../fields/choice-list';
import { words } from '../look/words';
import { minuteOptions, readMinutes, ruleFields } from './pods-words';

/** When a pod is stopped without being asked for. */
export function PodRuleFields({
  rules,
  hasWatchdog,
  onChange,
}: {
  rules: PodRules;
  hasWatchdog: boolean;
  onChange: (rules: PodRules) => void;
}) {
  return (
    <div className="pods-rules">
      {ruleFields
        .filter(({ name }) => hasWatchdog || name !== 'lease')
        .map(({ name, minutes, never }) => ({ name, minutes, never, ...words.pods.rules[name] }))
        .map(({ name, label, note, minutes, never }) => (
          <div key={name} className="pods-field">
            <span title={note}>{label}</span>
            <ChoiceList
              label={label}
              options={minuteOptions(minutes, rules[name], never)}
              value={rules[name] === null ? 'never' : String(rules[name])}
              onChange={(value) => onChange({ ...rules, [name]: readMinutes(value) })}
            />
            <span className="settings-note">{note}</span>
          </div>
        ))}
    </div>
  );
}

export function PodRulesForm({
  rules,
  hasWatchdog,
  action,
  onSave,
}: {
  rules: PodRules;
  hasWatchdog: boolean;
  action: string;
  onSave: (rules: PodRules) => void;
}) {
  const [changed, setChanged] = useState(rules);
  return (
    <div className="pods-rules-form">
      <PodRuleFields rules={changed} hasWatchdog={hasWatchdog} onChange={setChanged} />
      {hasWatchdog && changed.maxAge !== rules.maxAge ? (
        <p className="settings-note">{words.pods.rules.ageStays}</p>
      ) : null}
      <button type="button" className="button pods-save" onClick={() => onSave(changed)}>
        {action}
      </button>
    </div>
  );
}
