import { FileInput, ListChecks, ListPlus, PanelsTopLeft } from 'lucide-react';
import { words } from '../look/words';
import { viewOf } from '../stores/session-store';
import { always, hasNodes, hasSelection, type Command } from './command';
import { arrangeForm, exposeSelection, toggleFirst, toggleView } from './form';

export const formCommands: readonly Command[] = [
  {
    id: 'view.form',
    title: words.form.command,
    heading: words.commands.headings.view,
    icon: PanelsTopLeft,
    keys: ['Mod+Alt+F'],
    inFields: true,
    enabled: always,
    run: toggleView,
  },
  {
    id: 'form.arrange',
    title: words.form.arrangeCommand,
    heading: words.commands.headings.view,
    icon: ListChecks,
    enabled: hasNodes,
    run: arrangeForm,
  },
  {
    id: 'form.expose',
    title: words.form.exposeCommand,
    heading: words.commands.headings.edit,
    icon: ListPlus,
    enabled: hasSelection,
    run: exposeSelection,
  },
  {
    id: 'form.first',
    title: words.form.firstCommand,
    heading: words.commands.headings.file,
    icon: FileInput,
    enabled: hasNodes,
    run: toggleFirst,
  },
];

const ofGraph: ReadonlySet<Command['heading']> = new Set([
  words.commands.headings.edit,
  words.commands.headings.view,
  words.arrange.heading,
]);

/** Of the commands that work on what is seen of the graph, those that make sense without it. */
const withoutGraph: ReadonlySet<string> = new Set([
  'edit.undo',
  'edit.redo',
  'view.form',
  'view.routes',
  'view.pods',
  'view.theme',
  'form.arrange',
]);

export function needsGraph({ id, heading }: Pick<Command, 'id' | 'heading'>): boolean {
  return (
    (ofGraph.has(heading) && !withoutGraph.has(id) && !id.startsWith('app.')) ||
    id === 'view.plan' ||
    id === 'app.guide'
  );
}

/** While the form is shown, nobody changes by accident what they do not see. */
export function whereSeen(command: Command): Command {
  if (!needsGraph(command)) return command;
  return { ...command, enabled: (state) => viewOf(state.session) === 'graph' && command.enabled(state) };
}
