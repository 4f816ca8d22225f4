import { RotateCcw } from 'lucide-react';
import { useId, useState } from 'react';
import type { ProviderInfo, SettingSpec } from '#core/provider';
import { words } from '../look/words';
import { Filter, ProviderHead } from './settings-keys';
import type { SettingsProps } from './settings-props';
import { matchesFilter, withProviderSetting } from './settings-words';

export function SettingsAddresses(props: SettingsProps) {
  const [typed, setTyped] = useState('');
  const shown = props.providers.filter(
    (provider) => provider.settings.length > 0 && matchesFilter(provider, typed),
  );
  return (
    <>
      <p className="settings-lead">{words.providers.addresses.lead}</p>
      <Filter typed={typed} onType={setTyped} />
      <ul className="settings-list">
        {shown.map((provider) => (
          <li key={provider.id} className="settings-provider">
            <ProviderHead provider={provider} onLink={props.onLink} />
            {provider.settings.map((setting) => (
              <SettingRow
                key={`${setting.name} ${props.settings.providers[`${provider.id}.${setting.name}`] ?? ''}`}
                provider={provider}
                setting={setting}
                {...props}
              />
            ))}
          </li>
        ))}
      </ul>
      {shown.length === 0 ? <p className="settings-none">{words.providers.nothing}</p> : null}
    </>
  );
}

export function SettingRow({
  provider,
  setting,
  settings,
  onChange,
}: SettingsProps & { provider: Pick<ProviderInfo, 'id' | 'label'>; setting: SettingSpec }) {
  const id = useId();
  const name = `${provider.id}.${setting.name}`;
  const own = settings.providers[name];
  const [text, setText] = useState(own ?? '');
  const set = (value: string) => {
    const providers = withProviderSetting(settings.providers, name, value, setting.initial);
    if (providers[name] !== own) onChange({ providers });
  };
  return (
    <div className="settings-setting">
      <label className="settings-secret-label" htmlFor={id}>
        {setting.label}
      </label>
      <div className="settings-secret-line">
        <input
          id={id}
          className="input value"
          value={text}
          placeholder={setting.initial === '' ? words.providers.addresses.notSet : setting.initial}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
          onBlur={() => set(text)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
          }}
        />
        <button
          type="button"
          className="icon-button"
          aria-label={words.providers.addresses.reset(setting.label, provider.label)}
          title={words.providers.addresses.resetTip}
          disabled={own === undefined}
          onClick={() => {
            setText('');
            set('');
          }}
        >
          <RotateCcw size={14} />
        </button>
      </div>
      {setting.hint === undefined ? null : <p className="settings-note">{setting.hint}</p>}
    </div>
  );
}
