import { FilePlus2, FolderOpen, Save, SaveAll, Settings } from 'lucide-react';
import { always, type Command } from './command';
import { newWorkflow, openWorkflow, saveWorkflow } from './files';
import { openSettings } from './settings';

export const fileCommands: readonly Command[] = [
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
];
