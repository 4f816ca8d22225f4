import type { EarlierPrompt } from '#core/earlier-prompts';
import { documentStore } from '../stores/document-store';
import { ask } from './bridge';

/** The prompts of earlier runs, those of this workflow first; none where they could not be asked for. */
export async function readEarlierPrompts(): Promise<EarlierPrompt[]> {
  const { document } = documentStore.getState();
  return (await ask('run.prompts', { document: document.id })) ?? [];
}
