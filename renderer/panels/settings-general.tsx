import { FolderOpen } from 'lucide-react';
import { Switch } from 'radix-ui';
import { useId, useState } from 'react';
import { languageNames } from '#core/words/words';
import { showNumber } from '../fields/number-value';
import { words } from '../look/words';
import type { SettingsProps } from './settings-props';
import { readPrice } from './settings-words';

const themes = [
  { value: 'system', label: words.settings.theme.system },
  { value: 'dark', label: words.settings.theme.dark },
  { value: 'light', label: words.settings.theme.light },
  { value: 'grey', label: words.settings.greyRoom.label },
] as const;

const languages = [
  { value: 'system', label: words.settings.language.system },
  { value: 'en', label: languageNames.en },
  { value: 'de', label: languageNames.de },
] as const;

const caps = ['budget', 'workflowBudget', 'dayBudget'] as const;

export function SettingsGeneral({ settings, onChange, onChooseFolder, onShowFolder }: SettingsProps) {
  const carryId = useId();
  return (
    <div className="settings-rows">
      <section className="settings-row">
        <div>
          <h3>{words.settings.theme.label}</h3>
          <p className="settings-note">{words.settings.greyRoom.note}</p>
        </div>
        <Segments
          label={words.settings.theme.label}
          options={themes}
          value={settings.theme}
          onChange={(theme) => onChange({ theme })}
        />
      </section>
      <section className="settings-row">
        <div>
          <h3>{words.settings.language.label}</h3>
          <p className="settings-note">{words.settings.language.note}</p>
        </div>
        <Segments
          label={words.settings.language.label}
          options={languages}
          value={settings.language}
          onChange={(language) => onChange({ language })}
        />
      </section>
      <section className="settings-row">
        <div>
          <h3>{words.settings.outFolder.label}</h3>
          <p className="settings-note value one-line" title={settings.outFolder}>
            {settings.outFolder === '' ? 'Pictures/Seedloom' : settings.outFolder}
          </p>
        </div>
        <span className="settings-buttons">
          <button type="button" className="button" data-kind="quiet" onClick={onShowFolder}>
            {words.settings.outFolder.show}
          </button>
          {settings.outFolder === '' ? null : (
            <button
              type="button"
              className="button"
              data-kind="quiet"
              onClick={() => onChange({ outFolder: '' })}
            >
              {words.settings.outFolder.reset}
            </button>
          )}
          <button type="button" className="button" onClick={onChooseFolder}>
            <FolderOpen size={14} aria-hidden="true" /> {words.settings.outFolder.choose}
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
      {caps.map((name) => (
        <CapRow
          key={name}
          {...words.settings.caps[name]}
          value={settings[name]}
          onChange={(cap) => onChange({ [name]: cap })}
        />
      ))}
    </div>
  );
}

/** A choice of a few, all in sight. */
function Segments<V extends string>({
  label,
  options,
  value: chosen,
  onChange,
}: {
  label: string;
  options: readonly { value: V; label: string }[];
  value: V;
  onChange: (value: V) => void;
}) {
  return (
    <fieldset className="segments" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className="segment"
          aria-pressed={option.value === chosen}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
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
        placeholder={words.settings.caps.none}
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
        title={read.ok ? undefined : words.settings.wrongPrice}
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
