import {
  ClipboardPaste,
  Copy,
  CopyPlus,
  Eye,
  FilePlus2,
  FolderOpen,
  History,
  Keyboard,
  Map as MapIcon,
  Maximize,
  Octagon,
  PanelRight,
  PenLine,
  Play,
  Plus,
  Redo2,
  RefreshCw,
  Save,
  SaveAll,
  Scissors,
  Search,
  Settings,
  SquareDashedMousePointer,
  SunMoon,
  Sprout,
  Trash2,
  TriangleAlert,
  Undo2,
  ZoomIn,
  ZoomOut,
  type LucideIcon,
} from 'lucide-react';
import type { MenuCommand } from '#core/ipc';
import { canRun } from '#core/plan/plan';
import { documentStore, type DocumentState } from '../stores/document-store';
import { isRunning, runStore, type RunStoreState } from '../stores/run-store';
import { sessionStore, type SessionState } from '../stores/session-store';
import { canvas } from './canvas-handle';
import { copySelected, cutSelected, duplicateNodes, paste } from './clipboard';
import { newWorkflow, openWorkflow, saveWorkflow } from './files';
import { deleteSelected, selectAll, workingNodes } from './nodes';
import { cancelRun, showIssues, startRun } from './runs';
import { openSettings, switchTheme } from './settings';

export type CommandId =
  | MenuCommand
  | 'edit.rename'
  | 'edit.look'
  | 'run.newTake'
  | 'view.files'
  | 'view.runs'
  | 'view.issues'
  | 'app.commands'
  | `example.${string}`;

/** What a command may look at to say whether it can be done now. */
export interface EditorState {
  document: DocumentState;
  session: SessionState;
  run: RunStoreState;
}

export interface Command {
  id: CommandId;
  title: string;
  /** Commands with the same heading stand together. */
  heading: 'File' | 'Edit' | 'View' | 'Run' | 'Examples';
  icon: LucideIcon;
  /** "Mod+Shift+S"; `Mod` is Ctrl, on a Mac Cmd. The first is the one shown. */
  keys?: readonly string[];
  /** Its keys work while a text field has the focus too. */
  inFields?: boolean;
  enabled(state: EditorState): boolean;
  run(): void | Promise<void>;
}

const always = () => true;
const hasSelection = ({ session }: EditorState) => session.selected.size > 0;
const hasNodes = ({ document }: EditorState) => Object.keys(document.document.nodes).length > 0;
const isIdle = ({ run }: EditorState) => !isRunning(run);
const session = () => sessionStore.getState();
const selected = () => session().selected;
const toggle = (name: 'inspector' | 'minimap') => sessionStore.actions.set({ [name]: !session()[name] });

/** The one node that is selected. */
function onlySelected(state: SessionState): string | undefined {
  const [id, ...others] = state.selected;
  return others.length === 0 ? id : undefined;
}

const fixedCommands: readonly Command[] = [
  {
    id: 'file.new',
    title: 'New workflow',
    heading: 'File',
    icon: FilePlus2,
    keys: ['Mod+N'],
    inFields: true,
    enabled: always,
    run: newWorkflow,
  },
  {
    id: 'file.open',
    title: 'Open…',
    heading: 'File',
    icon: FolderOpen,
    keys: ['Mod+O'],
    inFields: true,
    enabled: always,
    run: () => openWorkflow(),
  },
  {
    id: 'file.save',
    title: 'Save',
    heading: 'File',
    icon: Save,
    keys: ['Mod+S'],
    inFields: true,
    enabled: ({ document }) => document.edited || document.path === null,
    run: async () => void (await saveWorkflow()),
  },
  {
    id: 'file.saveAs',
    title: 'Save as…',
    heading: 'File',
    icon: SaveAll,
    keys: ['Mod+Shift+S'],
    inFields: true,
    enabled: always,
    run: async () => void (await saveWorkflow({ as: true })),
  },
  {
    id: 'app.settings',
    title: 'Settings…',
    heading: 'File',
    icon: Settings,
    keys: ['Mod+,'],
    inFields: true,
    enabled: always,
    run: () => openSettings(),
  },
  {
    id: 'edit.undo',
    title: 'Undo',
    heading: 'Edit',
    icon: Undo2,
    keys: ['Mod+Z'],
    enabled: ({ document }) => document.canUndo,
    run: documentStore.actions.undo,
  },
  {
    id: 'edit.redo',
    title: 'Redo',
    heading: 'Edit',
    icon: Redo2,
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    enabled: ({ document }) => document.canRedo,
    run: documentStore.actions.redo,
  },
  {
    id: 'edit.cut',
    title: 'Cut',
    heading: 'Edit',
    icon: Scissors,
    keys: ['Mod+X'],
    enabled: hasSelection,
    run: cutSelected,
  },
  {
    id: 'edit.copy',
    title: 'Copy',
    heading: 'Edit',
    icon: Copy,
    keys: ['Mod+C'],
    enabled: hasSelection,
    run: copySelected,
  },
  {
    id: 'edit.paste',
    title: 'Paste',
    heading: 'Edit',
    icon: ClipboardPaste,
    keys: ['Mod+V'],
    enabled: always,
    run: paste,
  },
  {
    id: 'edit.duplicate',
    title: 'Duplicate',
    heading: 'Edit',
    icon: CopyPlus,
    keys: ['Mod+D'],
    enabled: hasSelection,
    run: () => duplicateNodes(selected()),
  },
  {
    id: 'edit.delete',
    title: 'Delete',
    heading: 'Edit',
    icon: Trash2,
    keys: ['Delete', 'Backspace'],
    enabled: (state) => hasSelection(state) || state.session.selectedWires.size > 0,
    run: deleteSelected,
  },
  {
    id: 'edit.selectAll',
    title: 'Select all',
    heading: 'Edit',
    icon: SquareDashedMousePointer,
    keys: ['Mod+A'],
    enabled: hasNodes,
    run: selectAll,
  },
  {
    id: 'edit.rename',
    title: 'Rename',
    heading: 'Edit',
    icon: PenLine,
    keys: ['F2'],
    enabled: (state) => onlySelected(state.session) !== undefined,
    run: () => sessionStore.actions.set({ renaming: onlySelected(session()) ?? null }),
  },
  {
    id: 'edit.addNode',
    title: 'Add a node…',
    heading: 'Edit',
    icon: Plus,
    keys: ['Tab', 'Mod+Shift+A'],
    enabled: always,
    run: () => sessionStore.actions.set({ overlay: { kind: 'palette', mode: 'nodes' } }),
  },
  {
    id: 'edit.look',
    title: 'Look at the picture',
    heading: 'View',
    icon: Eye,
    keys: ['Space'],
    enabled: ({ session, run }) => {
      const node = onlySelected(session);
      return node !== undefined && (run.pictures.get(node)?.length ?? 0) > 0;
    },
    run: () => {
      const node = onlySelected(session());
      if (node === undefined) return;
      const place = session().shownPictures[node] ?? 0;
      sessionStore.actions.set({ overlay: { kind: 'viewer', node, place } });
    },
  },
  {
    id: 'view.zoomIn',
    title: 'Zoom in',
    heading: 'View',
    icon: ZoomIn,
    keys: ['Mod+=', 'Mod++'],
    inFields: true,
    enabled: always,
    run: () => canvas()?.zoomIn(),
  },
  {
    id: 'view.zoomOut',
    title: 'Zoom out',
    heading: 'View',
    icon: ZoomOut,
    keys: ['Mod+-'],
    inFields: true,
    enabled: always,
    run: () => canvas()?.zoomOut(),
  },
  {
    id: 'view.fit',
    title: 'Fit the workflow',
    heading: 'View',
    icon: Maximize,
    keys: ['Mod+0', 'F'],
    enabled: hasNodes,
    run: () => canvas()?.fit(),
  },
  {
    id: 'view.minimap',
    title: 'Minimap',
    heading: 'View',
    icon: MapIcon,
    keys: ['Mod+Shift+M'],
    inFields: true,
    enabled: always,
    run: () => toggle('minimap'),
  },
  {
    id: 'view.inspector',
    title: 'Inspector',
    heading: 'View',
    icon: PanelRight,
    keys: ['Mod+I'],
    inFields: true,
    enabled: always,
    run: () => toggle('inspector'),
  },
  {
    id: 'view.files',
    title: 'Files and examples',
    heading: 'View',
    icon: FolderOpen,
    enabled: always,
    run: () => sessionStore.actions.toggleDrawer('files'),
  },
  {
    id: 'view.runs',
    title: 'Runs',
    heading: 'View',
    icon: History,
    enabled: always,
    run: () => sessionStore.actions.toggleDrawer('runs'),
  },
  {
    id: 'view.issues',
    title: 'Problems',
    heading: 'View',
    icon: TriangleAlert,
    enabled: always,
    run: () => sessionStore.actions.toggleDrawer('issues'),
  },
  {
    id: 'view.theme',
    title: 'Switch light and dark',
    heading: 'View',
    icon: SunMoon,
    keys: ['Mod+Shift+L'],
    inFields: true,
    enabled: always,
    run: switchTheme,
  },
  {
    id: 'app.commands',
    title: 'All commands…',
    heading: 'View',
    icon: Search,
    keys: ['Mod+K'],
    inFields: true,
    enabled: always,
    run: () => sessionStore.actions.set({ overlay: { kind: 'palette', mode: 'commands' } }),
  },
  {
    id: 'app.keys',
    title: 'Keys',
    heading: 'View',
    icon: Keyboard,
    keys: ['Mod+/', '?'],
    enabled: always,
    run: () => sessionStore.actions.set({ overlay: { kind: 'keys' } }),
  },
  {
    id: 'run.start',
    title: 'Run',
    heading: 'Run',
    icon: Play,
    keys: ['Mod+Enter'],
    inFields: true,
    enabled: (state) => hasNodes(state) && isIdle(state),
    run: () => {
      const { plan } = runStore.getState();
      if (plan !== null && !canRun(plan)) showIssues();
      else return startRun();
    },
  },
  {
    id: 'run.selected',
    title: 'Run to the selection',
    heading: 'Run',
    icon: Play,
    keys: ['Mod+Shift+Enter'],
    inFields: true,
    enabled: (state) => hasSelection(state) && isIdle(state),
    run: () => startRun([...selected()]),
  },
  {
    id: 'run.newTake',
    title: 'New take of the selection',
    heading: 'Run',
    icon: RefreshCw,
    keys: ['Mod+T'],
    enabled: (state) => [...state.session.selected].some((id) => isWorking(state, id)),
    run: () => documentStore.actions.takeNext(workingNodes(selected())),
  },
  {
    id: 'run.cancel',
    title: 'Cancel the run',
    heading: 'Run',
    icon: Octagon,
    keys: ['Mod+.'],
    inFields: true,
    enabled: ({ run }) => run.run !== null && run.run.closedAt === undefined && !run.cancelling,
    run: cancelRun,
  },
];

function isWorking({ document, session }: EditorState, id: string): boolean {
  const work = session.catalogue.get(document.document.nodes[id]?.type ?? '')?.work;
  return work !== undefined && work.on !== 'plan';
}

/** Every command there is: menu, keys, palette and buttons all use these. */
export function commands(examples: SessionState['examples']): Command[] {
  return [
    ...fixedCommands,
    ...examples.map(({ name, title }): Command => ({
      id: `example.${name}`,
      title: `Open example: ${title}`,
      heading: 'Examples',
      icon: Sprout,
      enabled: always,
      run: () => openWorkflow({ example: name }),
    })),
  ];
}

export function editorState(): EditorState {
  return {
    document: documentStore.getState(),
    session: sessionStore.getState(),
    run: runStore.getState(),
  };
}

export function findCommand(id: CommandId): Command | undefined {
  return commands(session().examples).find((command) => command.id === id);
}

/** When a paste by key was seen: the menu's key for it must not do it again. Milliseconds as events count them. */
let pastedAt = -Infinity;

export function notePaste(timeStamp: number): void {
  pastedAt = timeStamp;
}

/** Does a command if it can be done now. */
export function runCommand(id: CommandId, from: 'menu' | 'here' = 'here'): void {
  if (id === 'edit.paste' && from === 'menu' && performance.now() - pastedAt < 400) return;
  const command = findCommand(id);
  if (command?.enabled(editorState()) === true) void command.run();
}
