import {
  ArrowLeftRight,
  ClipboardPaste,
  Copy,
  CopyPlus,
  PenLine,
  Pin,
  Plus,
  Redo2,
  RedoDot,
  Scissors,
  SquareDashedMousePointer,
  TextSearch,
  Trash2,
  Undo2,
  VolumeX,
} from 'lucide-react';
import { words } from '../look/words';
import { documentStore } from '../stores/document-store';
import { sessionStore } from '../stores/session-store';
import { openMove } from './branch';
import { copySelected, cutSelected, duplicateNodes, paste } from './clipboard';
import { always, hasNodes, hasSelection, onlySelected, type Command, type EditorState } from './command';
import { chosenGroups, chosenNodes } from './chosen';
import { openFind } from './find';
import { canPin, toggleGroupMode, toggleMode, togglePin } from './modes';
import { deleteSelected, selectAll } from './nodes';

const session = () => sessionStore.getState();
const selected = () => [...chosenNodes()];
const hasResult = (state: EditorState) => canPin([...state.session.selected]);
const isGrouped = ({ document, session: { selected: ids, selectedGroups } }: EditorState) =>
  selectedGroups.size > 0 ||
  Object.values(document.document.groups ?? {}).some(({ nodes }) => nodes.some((id) => ids.has(id)));

export const editCommands: readonly Command[] = [
  {
    id: 'edit.undo',
    title: words.commands.undo,
    heading: words.commands.headings.edit,
    icon: Undo2,
    keys: ['Mod+Z'],
    enabled: ({ document }) => document.canUndo,
    run: documentStore.actions.undo,
  },
  {
    id: 'edit.redo',
    title: words.commands.redo,
    heading: words.commands.headings.edit,
    icon: Redo2,
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    enabled: ({ document }) => document.canRedo,
    run: documentStore.actions.redo,
  },
  {
    id: 'edit.moveBranch',
    title: words.commands.moveBranch,
    heading: words.commands.headings.edit,
    icon: ArrowLeftRight,
    enabled: hasNodes,
    run: () => openMove(selected()),
  },
  {
    id: 'edit.cut',
    title: words.commands.cut,
    heading: words.commands.headings.edit,
    icon: Scissors,
    keys: ['Mod+X'],
    enabled: hasSelection,
    run: cutSelected,
  },
  {
    id: 'edit.copy',
    title: words.commands.copy,
    heading: words.commands.headings.edit,
    icon: Copy,
    keys: ['Mod+C'],
    enabled: hasSelection,
    run: copySelected,
  },
  {
    id: 'edit.paste',
    title: words.commands.paste,
    heading: words.commands.headings.edit,
    icon: ClipboardPaste,
    keys: ['Mod+V'],
    enabled: always,
    run: paste,
  },
  {
    id: 'edit.duplicate',
    title: words.commands.duplicate,
    heading: words.commands.headings.edit,
    icon: CopyPlus,
    keys: ['Mod+D'],
    enabled: hasSelection,
    run: () => duplicateNodes(chosenNodes()),
  },
  {
    id: 'edit.delete',
    title: words.commands.delete,
    heading: words.commands.headings.edit,
    icon: Trash2,
    keys: ['Delete', 'Backspace'],
    enabled: (state) => hasSelection(state) || state.session.selectedWires.size > 0,
    run: deleteSelected,
  },
  {
    id: 'edit.selectAll',
    title: words.commands.selectAll,
    heading: words.commands.headings.edit,
    icon: SquareDashedMousePointer,
    keys: ['Mod+A'],
    enabled: hasNodes,
    run: selectAll,
  },
  {
    id: 'edit.find',
    title: words.find.title,
    heading: words.commands.headings.edit,
    icon: TextSearch,
    keys: ['Mod+F'],
    inFields: true,
    enabled: hasNodes,
    run: openFind,
  },
  {
    id: 'edit.rename',
    title: words.commands.rename,
    heading: words.commands.headings.edit,
    icon: PenLine,
    keys: ['F2'],
    enabled: ({ session: state }) =>
      onlySelected(state) !== undefined || (state.selected.size === 0 && state.selectedGroups.size === 1),
    run: () =>
      sessionStore.actions.set(
        session().selectedGroups.size === 1
          ? { renamingGroup: [...session().selectedGroups][0] ?? null }
          : { renaming: onlySelected(session()) ?? null },
      ),
  },
  {
    id: 'edit.addNode',
    title: words.commands.addNode,
    heading: words.commands.headings.edit,
    icon: Plus,
    keys: ['Tab', 'A', 'Mod+Shift+A'],
    enabled: always,
    run: () => sessionStore.actions.set({ overlay: { kind: 'palette', mode: 'nodes' } }),
  },
  {
    id: 'edit.mute',
    title: words.commands.mute,
    heading: words.commands.headings.edit,
    icon: VolumeX,
    keys: ['M', 'Mod+M'],
    enabled: hasSelection,
    run: () => toggleMode(selected(), 'mute'),
  },
  {
    id: 'edit.bypass',
    title: words.commands.bypass,
    heading: words.commands.headings.edit,
    icon: RedoDot,
    keys: ['B', 'Mod+B'],
    enabled: hasSelection,
    run: () => toggleMode(selected(), 'bypass'),
  },
  {
    id: 'edit.muteGroup',
    title: words.commands.muteGroup,
    heading: words.commands.headings.edit,
    icon: VolumeX,
    keys: ['Shift+M'],
    enabled: isGrouped,
    run: () => toggleGroupMode(chosenGroups(), 'mute'),
  },
  {
    id: 'edit.bypassGroup',
    title: words.commands.bypassGroup,
    heading: words.commands.headings.edit,
    icon: RedoDot,
    keys: ['Shift+B'],
    enabled: isGrouped,
    run: () => toggleGroupMode(chosenGroups(), 'bypass'),
  },
  {
    id: 'edit.pin',
    title: words.commands.pin,
    heading: words.commands.headings.edit,
    icon: Pin,
    keys: ['P'],
    enabled: hasResult,
    run: () => togglePin(selected()),
  },
  {
    id: 'edit.pinAll',
    title: words.commands.pinAll,
    heading: words.commands.headings.edit,
    icon: Pin,
    keys: ['Shift+P'],
    enabled: hasResult,
    run: () => togglePin(selected(), true),
  },
];
