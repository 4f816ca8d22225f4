import { Sprout } from 'lucide-react';
import { words } from '../look/words';
import { documentStore } from '../stores/document-store';
import { runStore } from '../stores/run-store';
import { sessionStore, type SessionState } from '../stores/session-store';
import { arrangeCommands } from './arrange-commands';
import { always, type Command, type CommandId, type EditorState } from './command';
import { choiceCommands } from './choice-commands';
import { croppingCommands } from './cropping';
import { earlierPromptCommands } from './earlier-prompts';
import { editCommands } from './edit-commands';
import { fileCommands } from './file-commands';
import { openWorkflow } from './files';
import { galleryCommands } from './gallery-commands';
import { withOwnKeys } from './own-keys';
import { formCommands, whereSeen } from './form-commands';
import { referenceCommands } from './references';
import { planCommands } from './plan-commands';
import { paintingCommands } from './painting';
import { runCommands } from './run-commands';
import { savedNodeCommands, subgraphCommands } from './subgraph-commands';
import { tabCommands } from './tab-commands';
import { viewCommands } from './view-commands';
import { wireCommands } from './wire-commands';

/** Every command there is, with the keys it has at first. */
export function firstCommands(examples: SessionState['examples']): Command[] {
  return [
    ...fileCommands,
    ...tabCommands,
    ...editCommands,
    ...paintingCommands,
    ...croppingCommands,
    ...referenceCommands,
    ...earlierPromptCommands,
    ...wireCommands,
    ...arrangeCommands,
    ...subgraphCommands,
    ...viewCommands,
    ...formCommands,
    ...runCommands,
    ...galleryCommands,
    ...planCommands,
    ...choiceCommands,
    ...examples.map(({ name, title }): Command => ({
      id: `example.${name}`,
      title: words.commands.example(title),
      heading: words.commands.headings.examples,
      icon: Sprout,
      enabled: always,
      run: () => openWorkflow({ example: name }),
    })),
  ].map(whereSeen);
}

/** The same with the keys the person gave them: menu, keys, palette and buttons all use these. */
export function commands({ examples, settings }: Pick<SessionState, 'examples' | 'settings'>): Command[] {
  const { savedNodes } = sessionStore.getState();
  return withOwnKeys([...firstCommands(examples), ...savedNodeCommands(savedNodes)], settings.keys);
}

export function editorState(): EditorState {
  return {
    document: documentStore.getState(),
    session: sessionStore.getState(),
    run: runStore.getState(),
  };
}

export function findCommand(id: CommandId): Command | undefined {
  return commands(sessionStore.getState()).find((command) => command.id === id);
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
