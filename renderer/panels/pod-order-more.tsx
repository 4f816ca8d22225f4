import type { ReactNode } from 'react';
import { NumberInput } from '../fields/number-input';
import { words } from '../look/words';
import type { PodForm } from './pods-words';

const said = words.pods.order;

interface MoreProps {
  form: PodForm;
  onChange: (changes: Partial<PodForm>) => void;
}

/** What most orders leave as it is. */
export function PodOrderMore({ form, onChange }: MoreProps) {
  const props = { form, onChange };
  return (
    <details className="pods-more">
      <summary>{said.more}</summary>
      <div className="pods-more-fields">
        <Text {...props} name="name" label={said.name} placeholder={said.namePlaceholder} />
        <Count {...props} name="count" label={said.gpus} most={8} />
        <Text {...props} name="image" label={said.image} />
        <Text {...props} name="template" label={said.template} placeholder={said.templatePlaceholder} />
        <Count {...props} name="disk" label={said.disk} most={2000} unit="GB" />
        <Count {...props} name="port" label={said.port} most={65_535} />
        <Text {...props} name="ports" label={said.ports} placeholder="22/tcp" />
        <Field label={said.environment}>
          <textarea
            className="input value"
            aria-label={said.environment}
            rows={2}
            spellCheck={false}
            placeholder={said.environmentPlaceholder}
            value={form.env}
            onChange={({ target }) => onChange({ env: target.value })}
          />
        </Field>
        <Field label={said.watchdog}>
          <label className="pods-check">
            <input
              type="checkbox"
              checked={form.watchdog}
              onChange={({ target }) => onChange({ watchdog: target.checked })}
            />
            <span className="settings-note">{said.watchdogNote}</span>
          </label>
        </Field>
        {form.watchdog ? <Text {...props} name="start" label={said.startsWith} /> : null}
      </div>
    </details>
  );
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="pods-field">
      <span>{label}</span>
      {children}
    </div>
  );
}

function Text({
  form,
  onChange,
  name,
  label,
  placeholder,
}: MoreProps & {
  name: 'name' | 'image' | 'template' | 'ports' | 'start';
  label: string;
  placeholder?: string;
}) {
  return (
    <Field label={label}>
      <input
        className="input"
        type="text"
        aria-label={label}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={form[name]}
        onChange={({ target }) => onChange({ [name]: target.value })}
      />
    </Field>
  );
}

function Count({
  form,
  onChange,
  name,
  label,
  most,
  unit,
}: MoreProps & { name: 'count' | 'disk' | 'port'; label: string; most: number; unit?: string }) {
  return (
    <Field label={label}>
      <NumberInput
        label={label}
        value={form[name]}
        range={{ min: 1, max: most, step: 1 }}
        unit={unit}
        onChange={(value) => onChange({ [name]: value })}
      />
    </Field>
  );
}
