import { ShieldAlert } from 'lucide-react';
import { words } from '../look/words';
import { SettingRow } from './settings-addresses';
import { SecretRow } from './settings-keys';
import type { SettingsProps } from './settings-props';
import { missingOf } from './settings-words';

export function SettingsImageHost(props: SettingsProps) {
  const { imageHosts, settings, secrets, onChange, onLink } = props;
  const host = imageHosts.find(({ id }) => id === settings.imageHost);
  const missing = host === undefined ? [] : missingOf(host, secrets, settings.providers);
  return (
    <>
      <p className="settings-lead">{words.providers.imageHost.lead}</p>
      <fieldset className="segments settings-hosts" aria-label={words.providers.imageHost.label}>
        {[{ id: '', label: words.providers.imageHost.none }, ...imageHosts].map(({ id, label }) => (
          <button
            key={id}
            type="button"
            className="segment"
            aria-pressed={settings.imageHost === id}
            onClick={() => onChange({ imageHost: id })}
          >
            {label}
          </button>
        ))}
      </fieldset>
      {host === undefined ? (
        <p className="settings-note">{words.providers.imageHost.noneNote}</p>
      ) : (
        <section key={host.id} className="settings-provider">
          <p className="settings-note">
            {host.summary}{' '}
            <button type="button" className="settings-link" onClick={() => onLink(host.homepage)}>
              {host.homepage.replace(/^https:\/\/(www\.)?/, '')}
            </button>
          </p>
          {missing.length === 0 ? null : (
            <p className="remark" data-tone="spend">
              <ShieldAlert size={15} aria-hidden="true" />
              <span>{words.providers.imageHost.missing(missing.join(', '))}</span>
            </p>
          )}
          {host.secrets.map((secret) => (
            <SecretRow key={secret.name} provider={host} secret={secret} {...props} />
          ))}
          {host.settings.map((setting) => (
            <SettingRow
              key={`${setting.name} ${settings.providers[`${host.id}.${setting.name}`] ?? ''}`}
              provider={host}
              setting={setting}
              {...props}
            />
          ))}
        </section>
      )}
    </>
  );
}
