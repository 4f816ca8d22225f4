import { PanelRight, Redo2, Search, Undo2 } from 'lucide-react';
import { runCommand } from '../commands/command-list';
import { keyWords } from '../commands/keyboard';
import { Tip } from '../look/tip';
import { useDocument } from '../stores/document-store';
import { useSession } from '../stores/session-store';
import { Budget } from './budget';
import { RunButton } from './run-button';
import { SeedloomMark } from './seedloom-mark';
import { TabStrip } from './tab-strip';

export function TopBar() {
  const canUndo = useDocument((state) => state.canUndo);
  const canRedo = useDocument((state) => state.canRedo);
  const inspector = useSession((state) => state.inspector);
  const platform = useSession((state) => state.platform);
  const keys = (text: string) => keyWords(text, platform);
  return (
    <header className="top-bar">
      <span className="top-mark">
        <SeedloomMark />
      </span>
      <TabStrip />
      <div className="top-group">
        <Tip text="Undo" keys={keys('Mod+Z')}>
          <button
            type="button"
            className="icon-button"
            aria-label="Undo"
            disabled={!canUndo}
            onClick={() => runCommand('edit.undo')}
          >
            <Undo2 size={16} />
          </button>
        </Tip>
        <Tip text="Redo" keys={keys('Mod+Shift+Z')}>
          <button
            type="button"
            className="icon-button"
            aria-label="Redo"
            disabled={!canRedo}
            onClick={() => runCommand('edit.redo')}
          >
            <Redo2 size={16} />
          </button>
        </Tip>
      </div>
      <button type="button" className="top-search" onClick={() => runCommand('app.commands')}>
        <Search size={14} aria-hidden="true" />
        <span className="top-search-words">Do something…</span>
        <kbd className="key" aria-hidden="true">
          {keys('Mod+K')}
        </kbd>
      </button>
      <Budget />
      <RunButton />
      <Tip text="Inspector" keys={keys('Mod+I')}>
        <button
          type="button"
          className="icon-button"
          aria-label="Inspector"
          aria-pressed={inspector}
          onClick={() => runCommand('view.inspector')}
        >
          <PanelRight size={16} />
        </button>
      </Tip>
    </header>
  );
}
