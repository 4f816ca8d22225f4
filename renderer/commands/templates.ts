import type { Template } from '#core/file-calls';
import { words } from '../look/words';
import { ask as askPerson, askTicked } from '../panels/confirm';
import { documentStore } from '../stores/document-store';
import { runStore } from '../stores/run-store';
import { sessionStore } from '../stores/session-store';
import { ask } from './bridge';
import { showOpened } from './files';
import { showGood, showNote } from './notices';

export function openTemplates(): void {
  sessionStore.actions.set({ overlay: { kind: 'templates' } });
}

export function listTemplates(): Promise<Template[] | undefined> {
  return ask('template.list', {});
}

export async function newFromTemplate(id: string): Promise<void> {
  sessionStore.actions.set({ overlay: null });
  const opened = await ask('template.open', { id });
  if (opened !== undefined) showOpened(opened);
}

/** The workflow shown becomes a template; the picture made last in it stands for it. */
export async function saveAsTemplate(): Promise<void> {
  const { whole: document, path, name } = documentStore.getState();
  const title = document.title.trim() === '' ? name : document.title;
  const pictures = [...runStore.getState().pictures.values()].flat();
  const picture = pictures.at(-1)?.hash ?? null;
  const saved = await ask('template.save', { document, path, title, picture });
  if (saved !== undefined) showGood(words.files.templates.saved(saved.title));
}

export async function renameTemplate(id: string, title: string): Promise<void> {
  await ask('template.rename', { id, title });
}

/** Whether it is gone. */
export async function removeTemplate({ id, title }: Template): Promise<boolean> {
  const { templates } = words.files;
  const answer = await askPerson({
    title: templates.removeTitle(title),
    text: templates.removeText,
    action: templates.removeAction,
    kind: 'danger',
  });
  return answer === 'yes' && (await ask('template.remove', { id })) !== undefined;
}

/** The workflow with its pictures as one file. */
export async function exportBundle(): Promise<void> {
  const { bundle } = words.files;
  const { whole: document, path, name } = documentStore.getState();
  const { answer, ticked } = await askTicked({
    title: bundle.title,
    text: bundle.text,
    action: bundle.action,
    tick: bundle.results,
  });
  if (answer !== 'yes') return;
  const suggestedName = path === null ? document.title || name : name;
  const written = await ask('bundle.export', { document, path, suggestedName, results: ticked });
  if (written === undefined || written === null) return;
  showGood(bundle.done(written.pictures));
  if (written.missing.length > 0) showNote(bundle.missing(written.missing.slice(0, 5).join(', ')));
}
