import { useStore } from '@xyflow/react';
import { Map as MapIcon, Maximize, Minus, Plus } from 'lucide-react';
import { runCommand } from '../commands/command-list';
import { Tip } from '../look/tip';
import { percent } from '../look/format';
import { useSession } from '../stores/session-store';

export function CanvasControls() {
  const zoom = useStore(({ transform }) => percent(transform[2]));
  const minimap = useSession((state) => state.minimap);
  return (
    <div className="canvas-controls" role="toolbar" aria-label="View">
      <Tip text="Zoom out" side="top">
        <button
          type="button"
          className="icon-button"
          aria-label="Zoom out"
          onClick={() => runCommand('view.zoomOut')}
        >
          <Minus size={15} />
        </button>
      </Tip>
      <span className="canvas-zoom value" aria-label="Zoom">
        {zoom}
      </span>
      <Tip text="Zoom in" side="top">
        <button
          type="button"
          className="icon-button"
          aria-label="Zoom in"
          onClick={() => runCommand('view.zoomIn')}
        >
          <Plus size={15} />
        </button>
      </Tip>
      <Tip text="Fit the workflow" side="top">
        <button
          type="button"
          className="icon-button"
          aria-label="Fit the workflow"
          onClick={() => runCommand('view.fit')}
        >
          <Maximize size={14} />
        </button>
      </Tip>
      <Tip text="Minimap" side="top">
        <button
          type="button"
          className="icon-button"
          aria-label="Minimap"
          aria-pressed={minimap}
          onClick={() => runCommand('view.minimap')}
        >
          <MapIcon size={14} />
        </button>
      </Tip>
    </div>
  );
}
