import { SlidersHorizontal } from 'lucide-react';
import { words } from '../look/words';
import { sessionStore, useSession } from '../stores/session-store';
import { isOnBench } from './bench';

/** Shows all settings of one card, or the main ones again. */
export function BenchButton({ id }: { id: string }) {
  const isOn = useSession(isOnBench(id));
  return (
    <button
      type="button"
      className="icon-button card-bench nodrag"
      aria-label={words.arrange.allSettings}
      title={words.arrange.allSettings}
      aria-pressed={isOn}
      onClick={() => {
        const { otherDensity } = sessionStore.getState();
        const next = new Set(otherDensity);
        if (!next.delete(id)) next.add(id);
        sessionStore.actions.set({ otherDensity: next });
      }}
    >
      <SlidersHorizontal size={13} aria-hidden="true" />
    </button>
  );
}
