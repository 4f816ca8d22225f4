import { ClipboardList, Drama } from 'lucide-react';
import { words } from '../look/words';
import { sessionStore } from '../stores/session-store';
import { hasNodes, type Command } from './command';
import { openRehearsal } from './rehearsals';

/** What is done before money is spent. */
export const planCommands: readonly Command[] = [
  {
    id: 'view.plan',
    title: words.plan.command,
    heading: words.commands.headings.run,
    icon: ClipboardList,
    keys: ['Mod+Shift+P'],
    inFields: true,
    enabled: () => true,
    run: () => sessionStore.actions.toggleDrawer('plan'),
  },
  {
    id: 'run.rehearse',
    title: words.rehearsal.command,
    heading: words.commands.headings.run,
    icon: Drama,
    keys: ['Mod+Alt+P'],
    inFields: true,
    enabled: hasNodes,
    run: openRehearsal,
  },
];
