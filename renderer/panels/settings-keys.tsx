import { Check, ExternalLink, Search, ShieldAlert } from 'lucide-react';
import { useState } from 'react';
import { keyCheckWords, type KeyCheck } from '#core/key-check';
import type { ProviderInfo, SecretSpec } from '#core/provider';
import { translated, words } from '../look/words';
import type { SettingsProps } from './settings-props';
import { hasKeys, linksIn, matchesFilter, secretTones } from './settings-words';

export function SettingsKeys(props: SettingsProps) {
  const [typed, setTyped] = useState(props.filter ?? '');
  const withKeys = props.providers.filter((provider) => provider.secrets.length > 0);
  const shown = withKeys.filter((provider) => matchesFilter(provider, typed));
  return (
    <>
      <p className="settings-lead">{words.providers.keys.lead}</p>
      {props.canKeepSecrets ? null : (
        <p className="remark" data-tone="spend">
          <ShieldAlert size={15} aria-hidden="true" />
          <span>
            {words.providers.keys.noSafeStore} <code className="value">SEEDLOOM_FAL_KEY</code>.
          </span>
        </p>
      )}
      <Filter typed={typed} onType={setTyped} />
      <ul className="settings-list">
        {shown.map((provider) => (
          <ProviderKeys key={provider.id} provider={provider} {...props} />
        ))}
      </ul>
      {shown.length === 0 ? <p className="settings-none">{words.providers.nothing}</p> : null}
    </>
  );
}

function ProviderKeys({ provider, ...props }: SettingsProps & { provider: ProviderInfo }) {
  // What was said of one key says nothing of the next.
  const [changes, setChanges] = useState(0);
  return (
    <li className="settings-provider">
      <ProviderHead provider={provider} onLink={props.onLink} />
      {provider.secrets.map((secret) => (
        <SecretRow
          key={secret.name}
          provider={provider}
          secret={secret}
          {...props}
          onSecret={(...change) => {
            setChanges(changes + 1);
            return props.onSecret(...change);
          }}
        />
      ))}
      {provider.checksKey && hasKeys(provider, props.secrets) ? (
        <CheckKey key={changes} provider={provider} onCheckKey={props.onCheckKey} />
      ) : null}
    </li>
  );
}

export function Filter({ typed, onType }: { typed: string; onType: (typed: string) => void }) {
  return (
    <span className="input settings-filter">
      <Search size={14} aria-hidden="true" />
      <input
        value={typed}
        placeholder={words.providers.find}
        aria-label={words.providers.find}
        onChange={(event) => onType(event.target.value)}
      />
    </span>
  );
}

export function ProviderHead({
  provider,
  onLink,
}: {
  provider: ProviderInfo;
  onLink: (url: string) => void;
}) {
  return (
    <header className="settings-provider-head">
      <h3>{provider.label}</h3>
      <button
        type="button"
        className="icon-button"
        data-size="small"
        aria-label={words.providers.openPage(provider.label)}
        title={provider.homepage}
        onClick={() => onLink(provider.homepage)}
      >
        <ExternalLink size={13} />
      </button>
      <span className="settings-note one-line">{provider.summary}</span>
    </header>
  );
}

const tones = { works: 'success', refused: 'danger', 'not-set': 'spend', unknown: 'spend' } as const;

function translatedCheck(check: KeyCheck): KeyCheck {
  if (check.state === 'works')
    return check.note === undefined ? check : { ...check, note: translated(check.note) };
  if (check.state === 'not-set' || check.failure === undefined) return check;
  return { ...check, failure: { ...check.failure, message: translated(check.failure.message) } };
}

/** Asks the provider whether its key works; what it said stands until it is asked again. */
function CheckKey({
  provider,
  onCheckKey,
}: Pick<SettingsProps, 'onCheckKey'> & { provider: Pick<ProviderInfo, 'id' | 'label'> }) {
  const [check, setCheck] = useState<KeyCheck>();
  const [busy, setBusy] = useState(false);
  const ask = async () => {
    setBusy(true);
    setCheck(await onCheckKey(provider.id));
    setBusy(false);
  };
  return (
    <div className="settings-check">
      <button
        type="button"
        className="button"
        disabled={busy}
        aria-label={words.providers.keys.checkOf(provider.label)}
        title={words.providers.keys.checkTip}
        onClick={() => void ask()}
      >
        {busy ? words.providers.keys.checking : words.providers.keys.check}
      </button>
      {check === undefined ? null : (
        <output className="settings-check-words" data-tone={tones[check.state]}>
          {keyCheckWords(translatedCheck(check), words)}
        </output>
      )}
    </div>
  );
}

export function SecretRow({
  provider,
  secret,
  secrets,
  onSecret,
  onLink,
}: SettingsProps & { provider: Pick<ProviderInfo, 'id' | 'label'>; secret: SecretSpec }) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const place = secrets[`${provider.id}.${secret.name}`] ?? 'none';
  const label = words.providers.keys.places[place];
  const set = async (value: string | null) => {
    setBusy(true);
    const taken = await onSecret(provider.id, secret.name, value);
    setBusy(false);
    if (taken) setText('');
  };
  return (
    <form
      className="settings-secret"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') void set(text.trim());
      }}
    >
      <div className="settings-secret-line">
        <span className="settings-secret-label">
          {secret.label}
          {secret.required ? null : <span className="faint"> {words.providers.optional}</span>}
        </span>
        <span className="chip" data-tone={secretTones[place]}>
          {place === 'none' ? null : <Check size={11} aria-hidden="true" />}
          {label}
        </span>
        {place === 'kept' || place === 'this-start' ? (
          <button
            type="button"
            className="button"
            data-kind="quiet"
            disabled={busy}
            onClick={() => void set(null)}
          >
            {words.providers.keys.forget}
          </button>
        ) : null}
      </div>
      <div className="settings-secret-line">
        <input
          className="input"
          type="password"
          aria-label={`${provider.label}: ${secret.label}`}
          placeholder={place === 'none' ? words.providers.keys.paste : words.providers.keys.pasteAnother}
          value={text}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="button" data-kind="primary" disabled={busy || text.trim() === ''}>
          {words.providers.keys.keep}
        </button>
      </div>
      {secret.help === undefined ? null : (
        <p className="settings-note">
          {linksIn(secret.help).map((part) =>
            'link' in part ? (
              <button
                key={part.link}
                type="button"
                className="settings-link"
                onClick={() => onLink(part.link)}
              >
                {part.link.replace(/^https:\/\/(www\.)?/, '')}
              </button>
            ) : (
              part.text
            ),
          )}
        </p>
      )}
    </form>
  );
}
