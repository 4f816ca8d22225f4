import {
  CornerLeftUp,
  Package,
  PackageOpen,
  PackagePlus,
  SquareArrowOutDownRight,
  Trash2,
} from 'lucide-react';
import { words } from '../look/words';
import { sessionStore, type SessionState } from '../stores/session-store';
import { always, hasSelection, onlySelected, type Command, type EditorState } from './command';
import { chosenNodes } from './chosen';
import { removeSavedNode, saveAsNode } from './saved-nodes';
import { leaveSubgraph, makeSubgraph, openSubgraph, subgraphAt, unpackSubgraphs } from './subgraphs';

const isOne = ({ document: { document }, session }: EditorState) =>
  subgraphAt(document, onlySelected(session)) !== undefined;

/** One for each saved node that can be removed. */
export function savedNodeCommands(saved: SessionState['savedNodes']): Command[] {
  return saved.map(({ name, subgraph, subgraphs }) => {
    const title = subgraphs[subgraph]?.title ?? name;
    return {
      id: `savedNode.remove.${name}`,
      title: words.subgraphs.removeCommand(title),
      heading: words.commands.headings.edit,
      icon: Trash2,
      enabled: always,
      run: () => removeSavedNode(name, title),
    };
  });
}

export const subgraphCommands: readonly Command[] = [
  {
    id: 'edit.makeSubgraph',
    title: words.subgraphs.make,
    heading: words.commands.headings.edit,
    icon: Package,
    keys: ['Mod+Shift+E'],
    enabled: hasSelection,
    run: () => makeSubgraph(chosenNodes()),
  },
  {
    id: 'edit.openSubgraph',
    title: words.subgraphs.open,
    heading: words.commands.headings.edit,
    icon: SquareArrowOutDownRight,
    keys: ['Enter'],
    enabled: isOne,
    run: () => {
      const id = onlySelected(sessionStore.getState());
      if (id !== undefined) openSubgraph(id);
    },
  },
  {
    id: 'edit.leaveSubgraph',
    title: words.subgraphs.leave,
    heading: words.commands.headings.edit,
    icon: CornerLeftUp,
    keys: ['Escape'],
    enabled: ({ document, session }) => document.inside.length > 0 && session.drawing === null,
    run: leaveSubgraph,
  },
  {
    id: 'edit.unpackSubgraph',
    title: words.subgraphs.unpack,
    heading: words.commands.headings.edit,
    icon: PackageOpen,
    keys: ['Mod+Shift+U'],
    enabled: ({ document: { document }, session }) =>
      [...session.selected].some((id) => subgraphAt(document, id) !== undefined),
    run: () => unpackSubgraphs(sessionStore.getState().selected),
  },
  {
    id: 'edit.saveAsNode',
    title: words.subgraphs.save,
    heading: words.commands.headings.edit,
    icon: PackagePlus,
    enabled: isOne,
    run: () => {
      const id = onlySelected(sessionStore.getState());
      return id === undefined ? undefined : saveAsNode(id);
    },
  },
];
