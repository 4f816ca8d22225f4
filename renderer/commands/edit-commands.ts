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
    id: 'edit.moveBranch',
    title: 'Move branch to another route…',
    heading: 'Edit',
    icon: ArrowLeftRight,
    enabled: hasNodes,
    run: () => openMove(selected()),
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
    run: () => duplicateNodes(chosenNodes()),
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
    id: 'edit.find',
    title: words.find.title,
    heading: 'Edit',
    icon: TextSearch,
    keys: ['Mod+F'],
    inFields: true,
    enabled: hasNodes,
    run: openFind,
  },
  {
    id: 'edit.rename',
    title: 'Rename',
    heading: 'Edit',
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
    title: 'Add a node…',
    heading: 'Edit',
    icon: Plus,
    keys: ['Tab', 'A', 'Mod+Shift+A'],
    enabled: always,
    run: () => sessionStore.actions.set({ overlay: { kind: 'palette', mode: 'nodes' } }),
  },
  {
    id: 'edit.mute',
    title: 'Mute, or not',
    heading: 'Edit',
    icon: VolumeX,
    keys: ['M', 'Mod+M'],
    enabled: hasSelection,
    run: () => toggleMode(selected(), 'mute'),
  },
  {
    id: 'edit.bypass',
    title: 'Bypass, or not',
    heading: 'Edit',
    icon: RedoDot,
    keys: ['B', 'Mod+B'],
    enabled: hasSelection,
    run: () => toggleMode(selected(), 'bypass'),
  },
  {
    id: 'edit.muteGroup',
    title: 'Mute the group, or not',
    heading: 'Edit',
    icon: VolumeX,
    keys: ['Shift+M'],
    enabled: isGrouped,
    run: () => toggleGroupMode(chosenGroups(), 'mute'),
  },
  {
    id: 'edit.bypassGroup',
    title: 'Bypass the group, or not',
    heading: 'Edit',
    icon: RedoDot,
    keys: ['Shift+B'],
    enabled: isGrouped,
    run: () => toggleGroupMode(chosenGroups(), 'bypass'),
  },
  {
    id: 'edit.pin',
    title: 'Pin the shown picture, or not',
    heading: 'Edit',
    icon: Pin,
    keys: ['P'],
    enabled: hasResult,
    run: () => togglePin(selected()),
  },
  {
    id: 'edit.pinAll',
    title: 'Pin all results, or none',
    heading: 'Edit',
    icon: Pin,
    keys: ['Shift+P'],
    enabled: hasResult,
    run: () => togglePin(selected(), true),
  },
];
