import { PanelRight, Redo2, Search, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { runCommand } from '../commands/command-list';
import { keyWords } from '../commands/keyboard';
import { Tip } from '../look/tip';
import { documentStore, useDocument } from '../stores/document-store';
import { useSession } from '../stores/session-store';
import { Budget } from './budget';
import { RehearsalChip } from './rehearsal-chip';
import { RunButton } from './run-button';
import { ViewSwitch } from './view-switch';
import { SeedloomMark } from './seedloom-mark';

export function TopBar() {
  const canUndo = useDocument((state) => state.canUndo);
  const canRedo = useDocument((state) => state.canRedo);
  const view = useSession((state) => state.view);
  const inspector = useSession((state) => state.inspector);
  const platform = useSession((state) => state.platform);
  const keys = (text: string) => keyWords(text, platform);
  return (
    <header className="top-bar">
      <span className="top-mark">
        <SeedloomMark />
      </span>
      <FileName />
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
      <ViewSwitch />
      <span className="top-space" />
      <button type="button" className="top-search" onClick={() => runCommand('app.commands')}>
        <Search size={14} aria-hidden="true" />
        <span className="top-search-words">Do something…</span>
        <kbd className="key" aria-hidden="true">
          {keys('Mod+K')}
        </kbd>
      </button>
      <span className="top-space" />
      <RehearsalChip />
      {view === 'form' ? null : (
        <>
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
        </>
      )}
    </header>
  );
}

/** The file's name with a dot for what is not saved; the workflow's own title is written here too. */
function FileName() {
  const name = useDocument((state) => state.name);
  const path = useDocument((state) => state.path);
  const edited = useDocument((state) => state.edited);
  const title = useDocument((state) => state.document.title);
  const [draft, setDraft] = useState<string | null>(null);
  const shown = path === null ? title : name;
  const finish = () => {
    const next = draft?.trim();
    if (next !== undefined && next !== '' && next !== title) documentStore.actions.setWorkflowTitle(next);
    setDraft(null);
  };
  return (
    <div className="top-file">
      {draft === null ? (
        <button
          type="button"
          className="top-file-name one-line"
          title={path ?? 'Not saved yet. Click to name it'}
          onClick={() => setDraft(title)}
        >
          {shown}
        </button>
      ) : (
        <input
          className="input top-file-field"
          aria-label="Name of the workflow"
          value={draft}
          // It appears because the person asked to write here.
          ref={(field) => field?.focus()}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={finish}
          onKeyDown={(event) => {
            if (event.key === 'Enter') finish();
            if (event.key === 'Escape') setDraft(null);
          }}
        />
      )}
      {edited ? (
        <span className="top-edited" title="There are changes that are not saved">
          <span className="only-read-aloud">edited</span>
        </span>
      ) : null}
    </div>
  );
}
