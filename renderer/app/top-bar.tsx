import { PanelRight, Redo2, Search, Undo2 } from 'lucide-react';
import { runCommand } from '../commands/command-list';
import { keyWords } from '../commands/keyboard';
import { Tip } from '../look/tip';
import { words } from '../look/words';
import { useDocument } from '../stores/document-store';
import { useSession, viewOf } from '../stores/session-store';
import { Budget } from './budget';
import { RehearsalChip } from './rehearsal-chip';
import { RunButton } from './run-button';
import { ViewSwitch } from './view-switch';
import { SeedloomMark } from './seedloom-mark';
import { TabStrip } from './tab-strip';

export function TopBar() {
  const canUndo = useDocument((state) => state.canUndo);
  const canRedo = useDocument((state) => state.canRedo);
  const view = useSession(viewOf);
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
        <Tip text={words.commands.undo} keys={keys('Mod+Z')}>
          <button
            type="button"
            className="icon-button"
            aria-label={words.commands.undo}
            disabled={!canUndo}
            onClick={() => runCommand('edit.undo')}
          >
            <Undo2 size={16} />
          </button>
        </Tip>
        <Tip text={words.commands.redo} keys={keys('Mod+Shift+Z')}>
          <button
            type="button"
            className="icon-button"
            aria-label={words.commands.redo}
            disabled={!canRedo}
            onClick={() => runCommand('edit.redo')}
          >
            <Redo2 size={16} />
          </button>
        </Tip>
      </div>
      <ViewSwitch />
      <button type="button" className="top-search" onClick={() => runCommand('app.commands')}>
        <Search size={14} aria-hidden="true" />
        <span className="top-search-words">{words.frame.search}</span>
        <kbd className="key" aria-hidden="true">
          {keys('Mod+K')}
        </kbd>
      </button>
      <RehearsalChip />
      {view === 'form' ? null : (
        <>
          <Budget />
          <RunButton />
          <Tip text={words.commands.inspector} keys={keys('Mod+I')}>
            <button
              type="button"
              className="icon-button"
              aria-label={words.commands.inspector}
              aria-pressed={inspector}
              onClick={() => runCommand('view.inspector')}
            >
              <PanelRight size={16} />
            </button>
          </Tip>
        </>
      )}
    </header>
  );
}
