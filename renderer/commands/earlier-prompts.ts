import { History } from 'lucide-react';
import * as edits from '#core/document/edit';
import type { EarlierPrompt } from '#core/earlier-prompts';
import { words } from '../look/words';
import { documentStore } from '../stores/document-store';
import { sessionStore } from '../stores/session-store';
import { ask } from './bridge';
import { onlySelected, type Command, type EditorState } from './command';

/** The prompts of earlier runs, those of this workflow first; none where they could not be asked for. */
export async function readEarlierPrompts(): Promise<EarlierPrompt[]> {
  const { document } = documentStore.getState();
  return (await ask('run.prompts', { document: document.id })) ?? [];
}

/** The param that holds the prompt of the one node that is selected. */
function promptPlace({
  session,
  document,
}: Pick<EditorState, 'session' | 'document'>): { node: string; param: string } | undefined {
  const node = onlySelected(session);
  const params = session.catalogue.get(document.document.nodes[node ?? '']?.type ?? '')?.params ?? {};
  const param = Object.entries(params).find(
    ([, { field }]) => field.kind === 'text' && field.prompt !== undefined && field.lines > 1,
  )?.[0];
  return node === undefined || param === undefined ? undefined : { node, param };
}

/** An earlier prompt takes the place of the text, in one step to undo. */
export function takePrompt(place: { node: string; param: string }, text: string): void {
  documentStore.actions.settle();
  documentStore.actions.edit((document) => edits.setParam(document, place.node, place.param, text));
}

export const earlierPromptCommands: readonly Command[] = [
  {
    id: 'edit.earlierPrompts',
    title: words.prompts.command,
    heading: words.commands.headings.edit,
    icon: History,
    keys: ['Shift+H'],
    enabled: (state) => promptPlace(state) !== undefined,
    run: () => {
      const place = promptPlace({
        session: sessionStore.getState(),
        document: documentStore.getState(),
      });
      if (place !== undefined) sessionStore.actions.set({ overlay: { kind: 'prompts', ...place } });
    },
  },
];
