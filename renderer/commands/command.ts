import type { LucideIcon } from 'lucide-react';
import type { MenuCommand } from '#core/menu-command';
import type { DocumentState } from '../stores/document-store';
import type { RunStoreState } from '../stores/run-store';
import type { SessionState } from '../stores/session-store';
import type { ArrangeCommandId } from './arrange-ids';

export type CommandId =
  | MenuCommand
  | 'edit.rename'
  | 'edit.look'
  | 'edit.paint'
  | 'edit.crop'
  | 'edit.addReferences'
  | 'edit.earlierPrompts'
  | 'edit.pinAll'
  | 'edit.muteGroup'
  | 'edit.bypassGroup'
  | 'run.newTake'
  | 'run.takeBefore'
  | 'queue.pause'
  | 'queue.resume'
  | 'view.files'
  | 'view.runs'
  | 'view.issues'
  | 'view.routes'
  | 'view.plan'
  | 'view.form'
  | 'form.arrange'
  | 'form.expose'
  | 'form.first'
  | 'run.rehearse'
  | 'edit.moveBranch'
  | 'edit.makeSubgraph'
  | 'edit.openSubgraph'
  | 'edit.leaveSubgraph'
  | 'edit.unpackSubgraph'
  | 'edit.saveAsNode'
  | `savedNode.remove.${string}`
  | 'view.pods'
  | 'app.guide'
  | 'view.pictures'
  | 'view.lightTable'
  | `picture.${string}`
  | 'choice.goOn'
  | 'choice.show'
  | 'choice.all'
  | 'choice.none'
  | 'app.commands'
  | 'tab.moveLeft'
  | 'tab.moveRight'
  | 'tab.rename'
  | `tab.show${number}`
  | `wire.${'addAfter' | 'start' | 'startInput' | 'next' | 'replug' | 'replugStart' | 'bend' | 'straighten' | 'around'}`
  | `go.${'to' | 'along'}.${'left' | 'right' | 'up' | 'down'}`
  | ArrangeCommandId
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
  /** Commands with the same heading stand together; one of `words.commands.headings`, mostly. */
  heading: string;
  icon: LucideIcon;
  /** "Mod+Shift+S"; `Mod` is Ctrl, on a Mac Cmd. The first is the one shown. */
  keys?: readonly string[];
  /** Its keys work while a text field has the focus too. */
  inFields?: boolean;
  /** One of a row of alike: lists of commands leave it out. */
  isUnlisted?: boolean;
  enabled(state: EditorState): boolean;
  run(): void | Promise<void>;
}

/** Conditions that several commands share. */
export const always = () => true;
export const hasSelection = ({ session }: EditorState) =>
  session.selected.size > 0 || session.selectedGroups.size > 0;
export const hasNodes = ({ document }: EditorState) => Object.keys(document.document.nodes).length > 0;
/** What was asked for has its answer; asking again would be the same thing twice. */
export const isSettled = ({ run }: EditorState) => !run.starting;

/** The one node that is selected. */
export function onlySelected(state: SessionState): string | undefined {
  const [id, ...others] = state.selected;
  return others.length === 0 ? id : undefined;
}
