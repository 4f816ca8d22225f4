import { useStore } from '@xyflow/react';
import { Map as MapIcon, Maximize, Minus, Plus } from 'lucide-react';
import { runCommand } from '../commands/command-list';
import { Tip } from '../look/tip';
import { percent } from '../look/format';
import { words } from '../look/words';
import { useSession } from '../stores/session-store';

export function CanvasControls() {
  const zoom = useStore(({ transform }) => percent(transform[2]));
  const minimap = useSession((state) => state.minimap);
  return (
    <div className="canvas-controls" role="toolbar" aria-label={words.cards.controls}>
      <Tip text={words.commands.zoomOut} side="top">
        <button
          type="button"
          className="icon-button"
          aria-label={words.commands.zoomOut}
          onClick={() => runCommand('view.zoomOut')}
        >
          <Minus size={15} />
        </button>
      </Tip>
      <span className="canvas-zoom value" aria-label={words.cards.zoom}>
        {zoom}
      </span>
      <Tip text={words.commands.zoomIn} side="top">
        <button
          type="button"
          className="icon-button"
          aria-label={words.commands.zoomIn}
          onClick={() => runCommand('view.zoomIn')}
        >
          <Plus size={15} />
        </button>
      </Tip>
      <Tip text={words.commands.fit} side="top">
        <button
          type="button"
          className="icon-button"
          aria-label={words.commands.fit}
          onClick={() => runCommand('view.fit')}
        >
          <Maximize size={14} />
        </button>
      </Tip>
      <Tip text={words.commands.minimap} side="top">
        <button
          type="button"
          className="icon-button"
          aria-label={words.commands.minimap}
          aria-pressed={minimap}
          onClick={() => runCommand('view.minimap')}
        >
          <MapIcon size={14} />
        </button>
      </Tip>
    </div>
  );
}
