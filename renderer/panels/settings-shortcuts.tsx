import { Plus, RotateCcw, X } from 'lucide-react';
import { useState } from 'react';
import type { Command } from '../commands/command';
import { keyWords, pressedKeys } from '../commands/keyboard';
import { askForKeys, giveKeys, resetKeys, takeKeys, withOwnKeys } from '../commands/own-keys';
import { words } from '../look/words';
import { Keys } from './palette';
import { paletteScore } from './palette-score';
import type { SettingsProps } from './settings-props';
import './settings-shortcuts.css';

const text = words.shortcuts;

/** Every command with its keys, each of which can be another one. */
export function SettingsShortcuts({ settings, onChange, shortcuts }: SettingsProps) {
  const { platform, first } = shortcuts;
  const [typed, setTyped] = useState('');
  const [recording, setRecording] = useState<Command['id'] | null>(null);
  const [clash, setClash] = useState<{ keys: string; holder: Command['id'] | null } | null>(null);
  const own = settings.keys;
  const list = withOwnKeys(first, own);
  const titleOf = (id: Command['id']) => list.find((command) => command.id === id)?.title ?? id;
  const shown = list.filter(
    ({ title, heading, keys = [] }) =>
      paletteScore(title, [heading, ...keys.map((one) => keyWords(one, platform))], typed) > 0.1,
  );
  const end = () => {
    setRecording(null);
    setClash(null);
  };
  const record = (command: Command['id'], keys: string) => {
    const answer = askForKeys(list, command, keys);
    if (answer === 'unfinished') return;
    if (answer === 'refused') setClash({ keys, holder: null });
    else if (answer === 'free') {
      onChange({ keys: giveKeys(list, own, command, keys) });
      end();
    } else setClash({ keys, holder: answer.taken });
  };
  return (
    <>
      <p className="settings-lead">{text.lead}</p>
      <div className="shortcuts-head">
        <input
          className="input"
          type="search"
          aria-label={text.filter}
          placeholder={text.filter}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <button
          type="button"
          className="button"
          disabled={Object.keys(own).length === 0}
          onClick={() => onChange({ keys: {} })}
        >
          {text.resetAll}
        </button>
      </div>
      {shown.length === 0 ? <p className="settings-none">{text.nothing}</p> : null}
      <ul className="shortcuts">
        {shown.map(({ id, title, keys = [] }) => (
          <li key={id} className="shortcut">
            <span className="shortcut-title one-line">{title}</span>
            <span className="shortcut-keys">
              {keys.length === 0 && recording !== id ? <span className="faint">{text.none}</span> : null}
              {keys.map((one) => (
                <span key={one} className="shortcut-key">
                  <Keys keys={keyWords(one, platform)} />
                  <button
                    type="button"
                    className="icon-button"
                    data-size="small"
                    aria-label={text.remove(keyWords(one, platform), title)}
                    onClick={() => onChange({ keys: takeKeys(list, own, id, one) })}
                  >
                    <X size={12} aria-hidden="true" />
                  </button>
                </span>
              ))}
              {recording === id ? (
                <Recorder
                  label={text.add(title)}
                  onKeys={(event) => record(id, pressedKeys(event, platform))}
                  onEnd={() => (clash === null ? end() : undefined)}
                />
              ) : (
                <button
                  type="button"
                  className="button"
                  data-kind="quiet"
                  aria-label={text.add(title)}
                  onClick={() => {
                    setClash(null);
                    setRecording(id);
                  }}
                >
                  <Plus size={13} aria-hidden="true" /> {text.addShort}
                </button>
              )}
              {own[id] === undefined ? null : (
                <button
                  type="button"
                  className="icon-button"
                  data-size="small"
                  aria-label={text.reset(title)}
                  title={text.resetShort}
                  onClick={() => onChange({ keys: resetKeys(first, own, id) })}
                >
                  <RotateCcw size={13} aria-hidden="true" />
                </button>
              )}
            </span>
            {recording === id && clash !== null ? (
              <div className="shortcut-clash" role="alert">
                {clash.holder === null
                  ? text.refused(keyWords(clash.keys, platform))
                  : text.taken(keyWords(clash.keys, platform), titleOf(clash.holder))}
                {clash.holder === null ? null : (
                  <button
                    type="button"
                    className="button"
                    onClick={() => {
                      onChange({ keys: giveKeys(list, own, id, clash.keys) });
                      end();
                    }}
                  >
                    {text.takeOver}
                  </button>
                )}
                <button type="button" className="button" data-kind="quiet" onClick={end}>
                  {text.leave}
                </button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Waits for keys. Escape leaves it, and not the dialog around it. */
function Recorder({
  label,
  onKeys,
  onEnd,
}: {
  label: string;
  onKeys: (event: KeyboardEvent) => void;
  onEnd: () => void;
}) {
  return (
    <input
      className="input shortcut-recorder"
      readOnly
      data-takes-escape
      aria-label={label}
      value={text.press}
      // It appears because the person asked to press keys here.
      ref={(field) => field?.focus()}
      onBlur={onEnd}
      onKeyDown={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (event.key === 'Escape') onEnd();
        else onKeys(event.nativeEvent);
      }}
    />
  );
}
