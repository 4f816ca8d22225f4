import { Pin, RedoDot, VolumeX } from 'lucide-react';
import { effectiveModes } from '#core/document/modes';
import { hasSteps } from '#core/node';
import { Tip } from '../look/tip';
import { words } from '../look/words';
import type { InspectorContext } from './inspector-props';

const said = words.inspector.modes;

/** What a run leaves alone of these nodes: muted, bypassed, pinned. */
export function InspectorModes({
  ids,
  document,
  catalogue,
  outputsOf,
  actions,
}: InspectorContext & { ids: readonly string[] }) {
  const modes = effectiveModes(document);
  const have = (mode: 'mute' | 'bypass') => ids.every((id) => modes.get(id) === mode);
  const pins = ids.filter((id) => document.nodes[id]?.pins !== undefined);
  const hasResult = ids.some((id) => {
    const definition = catalogue.get(document.nodes[id]?.type ?? '');
    return definition !== undefined && hasSteps(definition) && outputsOf(id) !== undefined;
  });
  const canPin = hasResult || pins.length > 0;
  return (
    <>
      <Tip text={said.mute.tip} keys="M">
        <button
          type="button"
          className="button"
          data-kind="quiet"
          aria-pressed={have('mute')}
          onClick={() => actions.toggleMode(ids, 'mute')}
        >
          <VolumeX size={13} aria-hidden="true" /> {said.mute.label}
        </button>
      </Tip>
      <Tip text={said.bypass.tip} keys="B">
        <button
          type="button"
          className="button"
          data-kind="quiet"
          aria-pressed={have('bypass')}
          onClick={() => actions.toggleMode(ids, 'bypass')}
        >
          <RedoDot size={13} aria-hidden="true" /> {said.bypass.label}
        </button>
      </Tip>
      <Tip text={said.pin.tip} keys="Shift P">
        <button
          type="button"
          className="button"
          data-kind="quiet"
          aria-pressed={pins.length > 0}
          disabled={!canPin}
          onClick={() => actions.togglePins(ids)}
        >
          <Pin size={13} aria-hidden="true" /> {said.pin.label}
        </button>
      </Tip>
    </>
  );
}
