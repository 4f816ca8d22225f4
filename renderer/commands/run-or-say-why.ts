import type { CommandId } from './command';
import { editorState, findCommand, runCommand } from './command-list';
import { showNote } from './notices';
import { whyNot } from './why-not';

/** Does a command that was asked for by its name, or says why it cannot be done now. */
export function runOrSayWhy(id: CommandId): void {
  const command = findCommand(id);
  const why = command === undefined ? undefined : whyNot(command, editorState());
  if (command !== undefined && why !== undefined) showNote(command.title, why);
  else runCommand(id);
}
