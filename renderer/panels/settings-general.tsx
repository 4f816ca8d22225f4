import { FolderOpen } from 'lucide-react';
import { Switch } from 'radix-ui';
import { useId, useState } from 'react';
import { languageNames } from '#core/words/words';
import { showNumber } from '../fields/number-value';
import { words } from '../look/words';
import type { SettingsProps } from './settings-props';
import { readPrice } from './settings-words';

const themes = [
  { value: 'system', label: 'As the system' },
  { value: 'dark', label: 'Dark' },
  { value: 'light', label: 'Light' },
  { value: 'grey', label: words.settings.greyRoom.label },
] as const;

const languages = [
  { value: 'system', label: words.settings.language.system },
  { value: 'en', label: languageNames.en },
  { value: 'de', label: languageNames.de },
] as const;

const caps = [
  {
    name: 'budget',
    label: 'Budget of a run',
    note: 'A run stops before it would cost more than this. Empty: no limit, and the price is shown before every run.',
  },
  {
    name: 'workflowBudget',
    label: 'Budget of a workflow',
    note: 'All runs of one workflow together.',
  },
  {
    name: 'dayBudget',
    label: 'Budget of a day',
    note: 'All runs of a day together, whichever workflow, in this window and in terminals.',
  },
] as const;

export function SettingsGeneral({ settings, onChange, onChooseFolder, onShowFolder }: SettingsProps) {
  const carryId = useId();
  return (
    <div className="settings-rows">
      <section className="settings-row">
        <div>
          <h3>Theme</h3>
          <p className="settings-note">{words.settings.greyRoom.note}</p>
        </div>
        <fieldset className="segments" aria-label="Theme">
          {themes.map(({ value, label }) => (
            <button
              key={value}
              type="button"
              className="segment"
              aria-pressed={settings.theme === value}
              onClick={() => onChange({ theme: value })}
            >
              {label}
            </button>
          ))}
        </fieldset>
      </section>
      <section className="settings-row">
        <div>
          <h3>{words.settings.language.label}</h3>
          <p className="settings-note">{words.settings.language.note}</p>
        </div>
        <fieldset className="segments" aria-label={words.settings.language.label}>
          {languages.map(({ value, label }) => (
            <button
              key={value}
              type="button"
              className="segment"
              aria-pressed={settings.language === value}
              onClick={() => onChange({ language: value })}
            >
              {label}
            </button>
          ))}
        </fieldset>
      </section>
      <section className="settings-row">
        <div>
          <h3>Pictures are saved to</h3>
          <p className="settings-note value one-line" title={settings.outFolder}>
            {settings.outFolder === '' ? 'Pictures/Seedloom' : settings.outFolder}
          </p>
        </div>
        <span className="settings-buttons">
          <button type="button" className="button" data-kind="quiet" onClick={onShowFolder}>
            Show
          </button>
          {settings.outFolder === '' ? null : (
            <button
              type="button"
              className="button"
              data-kind="quiet"
              onClick={() => onChange({ outFolder: '' })}
            >
              Reset
            </button>
          )}
          <button type="button" className="button" onClick={onChooseFolder}>
            <FolderOpen size={14} aria-hidden="true" /> Choose…
          </button>
        </span>
      </section>
      <section className="settings-row">
        <div>
          <h3>
            <label htmlFor={carryId}>{words.files.setting.label}</label>
          </h3>
          <p className="settings-note">{words.files.setting.note}</p>
        </div>
        <Switch.Root
          id={carryId}
          className="toggle-field"
          checked={settings.carryWorkflow}
          onCheckedChange={(carryWorkflow) => onChange({ carryWorkflow })}
        >
          <Switch.Thumb className="toggle-field-thumb" />
        </Switch.Root>
      </section>
      {caps.map(({ name, label, note }) => (
        <CapRow
          key={name}
          label={label}
          note={note}
          value={settings[name]}
          onChange={(cap) => onChange({ [name]: cap })}
        />
      ))}
    </div>
  );
}

function CapRow({
  label,
  note,
  value,
  onChange,
}: {
  label: string;
  note: string;
  value: number | null;
  onChange: (value: number | null) => void;
}) {
  const id = useId();
  return (
    <section className="settings-row">
      <div>
        <h3>
          <label htmlFor={id}>{label}</label>
        </h3>
        <p className="settings-note">{note}</p>
      </div>
      <PriceInput
        key={value}
        id={id}
        value={value ?? undefined}
        placeholder="No limit"
        onChange={(cap) => onChange(cap ?? null)}
      />
    </section>
  );
}

/** US dollars, or nothing. Taken on Enter or when it is left. */
export function PriceInput({
  id,
  label,
  value,
  placeholder,
  tabIndex,
  onChange,
}: {
  id?: string;
  label?: string;
  value: number | undefined;
  placeholder: string;
  tabIndex?: number;
  onChange: (value: number | undefined) => void;
}) {
  const [text, setText] = useState(value === undefined ? '' : showNumber(value));
  const read = readPrice(text);
  return (
    <span className="input price-input" data-invalid={!read.ok}>
      <span className="faint" aria-hidden="true">
        $
      </span>
      <input
        id={id}
        aria-label={label}
        className="value"
        inputMode="decimal"
        value={text}
        placeholder={placeholder}
        tabIndex={tabIndex}
        aria-invalid={!read.ok}
        title={read.ok ? undefined : 'An amount in US dollars, like 0.04'}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
        onBlur={() => {
          if (!read.ok) setText(value === undefined ? '' : showNumber(value));
          else if (read.value !== value) onChange(read.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
      />
    </span>
  );
}
