import { ClipboardList, Cpu, FolderOpen, History, Images, Keyboard, Plus, Settings } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CommandId } from '../commands/command';
import { findCommand, runCommand } from '../commands/command-list';
import { keyWords } from '../commands/keyboard';
import { words } from '../look/words';
import { Tip } from '../look/tip';
import { useRun, isRunning } from '../stores/run-store';
import { useSession } from '../stores/session-store';

/** The narrow column of doors on the left. */
export function Rail() {
  const drawer = useSession((state) => state.drawer);
  const tray = useSession(({ gallery }) => gallery.tray);
  const running = useRun(isRunning);
  return (
    <nav className="rail" aria-label="Seedloom">
      <RailButton command="edit.addNode" label={words.frame.rail.addNode}>
        <Plus size={19} />
      </RailButton>
      <RailButton command="view.files" label={words.commands.files} isOpen={drawer === 'files'}>
        <FolderOpen size={18} />
      </RailButton>
      <RailButton command="view.runs" label={words.frame.rail.runs} isOpen={drawer === 'runs'}>
        <History size={18} />
        {running ? <span className="rail-dot" aria-hidden="true" /> : null}
      </RailButton>
      <RailButton command="view.pictures" label={words.gallery.rail} isOpen={tray}>
        <Images size={18} />
      </RailButton>
      <RailButton command="view.plan" label={words.plan.title} isOpen={drawer === 'plan'}>
        <ClipboardList size={18} />
      </RailButton>
      <RailButton command="view.pods" label={words.commands.pods}>
        <Cpu size={18} />
      </RailButton>
      <span className="rail-space" />
      <RailButton command="app.keys" label={words.commands.keys}>
        <Keyboard size={18} />
      </RailButton>
      <RailButton command="app.settings" label={words.frame.rail.settings}>
        <Settings size={18} />
      </RailButton>
    </nav>
  );
}

function RailButton({
  command,
  label,
  isOpen,
  children,
}: {
  command: CommandId;
  label: string;
  isOpen?: boolean;
  children: ReactNode;
}) {
  const platform = useSession((state) => state.platform);
  const keys = findCommand(command)?.keys?.[0];
  return (
    <Tip text={label} side="right" {...(keys === undefined ? {} : { keys: keyWords(keys, platform) })}>
      <button
        type="button"
        className="rail-button"
        aria-label={label}
        aria-pressed={isOpen}
        onClick={() => runCommand(command)}
      >
        {children}
      </button>
    </Tip>
  );
}
