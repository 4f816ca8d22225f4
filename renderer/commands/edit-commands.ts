import {
  ClipboardPaste,
  Copy,
  CopyPlus,
  PenLine,
  Plus,
  Redo2,
  Scissors,
  SquareDashedMousePointer,
  Trash2,
  Undo2,
} from 'lucide-react';
import { documentStore } from '../stores/document-store';
import { sessionStore } from '../stores/session-store';
import { copySelected, cutSelected, duplicateNodes, paste } from './clipboard';
import { always, hasNodes, hasSelection, onlySelected, type Command } from './command';
import { deleteSelected, selectAll } from './nodes';

const session = () => sessionStore.getState();

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
    run: () => duplicateNodes(session().selected),
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
];
