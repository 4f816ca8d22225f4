import { Pin, RedoDot, VolumeX } from 'lucide-react';
import { effectiveModes } from '#core/document/modes';
import { hasSteps } from '#core/node';
import { Tip } from '../look/tip';
import type { InspectorContext } from './inspector-props';

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
      <Tip text="It does not run and gives nothing. What needs it is left out." keys="M">
        <button
          type="button"
          className="button"
          data-kind="quiet"
          aria-pressed={have('mute')}
          onClick={() => actions.toggleMode(ids, 'mute')}
        >
          <VolumeX size={13} aria-hidden="true" /> Mute
        </button>
      </Tip>
      <Tip text="It does not run. What comes in goes on as it is." keys="B">
        <button
          type="button"
          className="button"
          data-kind="quiet"
          aria-pressed={have('bypass')}
          onClick={() => actions.toggleMode(ids, 'bypass')}
        >
          <RedoDot size={13} aria-hidden="true" /> Bypass
        </button>
      </Tip>
      <Tip text="Its results are never made again, whatever changes." keys="Shift P">
        <button
          type="button"
          className="button"
          data-kind="quiet"
          aria-pressed={pins.length > 0}
          disabled={!canPin}
          onClick={() => actions.togglePins(ids)}
        >
          <Pin size={13} aria-hidden="true" /> Pin
        </button>
      </Tip>
    </>
  );
}
