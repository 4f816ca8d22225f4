import { editForm, exposeParam, formFields, isExposed, unexposeParam } from '#core/document/edit-exposed';
import type { WorkflowDocument } from '#core/document/schema';
import type { FileRef } from '#core/param';
import type { JsonValue } from '#core/json';
import type { NodeCatalogue } from '#core/node';
import type { View } from '#core/session';
import { words } from '../look/words';
import { documentStore } from '../stores/document-store';
import { sessionStore, viewOf } from '../stores/session-store';
import { ask } from './bridge';
import { canvas } from './canvas-handle';
import { showGood, showNote } from './notices';
import { takeInFiles } from './pictures';
import { goInto } from './subgraphs';
import { finishTyping } from './tabs';

const { edit } = documentStore.actions;

export function toggleView(): void {
  showView(viewOf(sessionStore.getState()) === 'form' ? 'graph' : 'form');
}

/** Shows the graph or the form of the tab that is shown. */
export function showView(view: View): void {
  finishTyping();
  // The canvas goes while the form is shown.
  canvas()?.note();
  // What is selected is not seen on the form, and comes back with nobody expecting it.
  if (view === 'form') {
    sessionStore.actions.select([]);
    // The form is the whole workflow's.
    goInto([]);
  }
  sessionStore.actions.showView(documentStore.getState().tab, view);
  sessionStore.actions.set({ arranging: false });
}

/** Shows the form to be arranged, or ends it. */
export function arrangeForm(): void {
  const { arranging } = sessionStore.getState();
  const view = viewOf(sessionStore.getState());
  showView('form');
  sessionStore.actions.set({ arranging: view === 'graph' || !arranging });
}

export function toggleExposed(param: string): void {
  edit((document) =>
    isExposed(document, param) ? unexposeParam(document, param) : exposeParam(document, param),
  );
}

export function toggleFirst(): void {
  edit((document) => editForm(document, { first: document.form?.first === true ? undefined : true }));
}

/** What a person would want to change: every param that is shown on the card of a selected node. */
export function exposeSelection(): void {
  const { selected, catalogue } = sessionStore.getState();
  edit((document) => exposeAll(document, cardParams(document, catalogue, [...selected])));
}

function exposeAll(document: WorkflowDocument, params: readonly string[]): WorkflowDocument {
  return params.reduce(exposeParam, document);
}

function cardParams(document: WorkflowDocument, catalogue: NodeCatalogue, ids: readonly string[]): string[] {
  return ids.flatMap((id) => {
    const params = catalogue.get(document.nodes[id]?.type ?? '')?.params ?? {};
    return Object.entries(params)
      .filter(([name, { onCard }]) => onCard && !isWired(document, `${id}.${name}`))
      .map(([name]) => `${id}.${name}`);
  });
}

const isWired = (document: WorkflowDocument, port: string) => document.edges.some(({ to }) => to === port);

/** Words and pictures that come from nowhere else, and how many pictures there shall be. */
export function suggestFields(): void {
  const { catalogue } = sessionStore.getState();
  edit((document) => {
    const ids = Object.keys(document.nodes).sort(
      (left, right) => placeOf(document, left) - placeOf(document, right),
    );
    const params = cardParams(document, catalogue, ids).filter((param) => {
      const [id = '', name = ''] = param.split('.');
      const definition = catalogue.get(document.nodes[id]?.type ?? '');
      const field = definition?.params[name]?.field;
      if (field === undefined || definition === undefined) return false;
      const isInput = (field.kind === 'text' && field.lines > 1) || field.kind === 'image-file';
      // What gives nothing to others is a remark.
      const gives = Object.keys(definition.outputs).length > 0;
      return isInput ? gives : definition.copies === name;
    });
    return exposeAll(document, params);
  });
}

/** From left to right, as the graph is read. */
function placeOf(document: WorkflowDocument, id: string): number {
  const [x, y] = document.layout[id] ?? [0, 0];
  return x + y / 1e4;
}

/** The field of the form a picture goes to: the one meant, else the first that is empty, else the first. */
function pictureField(meant: string | undefined) {
  const { document } = documentStore.getState();
  const fields = formFields(document, sessionStore.getState().catalogue).filter(
    ({ spec, param }) => spec.field.kind === 'image-file' && !isWired(document, param),
  );
  const isEmpty = ({ node, name }: { node: string; name: string }) =>
    (document.nodes[node]?.params[name] ?? null) === null;
  return fields.find(({ param }) => param === meant) ?? fields.find(isEmpty) ?? fields[0];
}

function putPicture(file: FileRef, meant: string | undefined): void {
  const field = pictureField(meant);
  if (field === undefined) {
    showNote(words.form.dropped);
    return;
  }
  documentStore.actions.settle();
  documentStore.actions.setParam(field.node, field.name, file as JsonValue);
  documentStore.actions.settle();
  showGood(words.form.pasted(field.spec.label));
}

/** Takes in what is on the clipboard, for the field `meant` (`node.param`). */
export async function pasteOnForm(meant: string | undefined): Promise<void> {
  const pasted = await ask('picture.paste', {});
  if (pasted !== undefined && pasted !== null) putPicture(pasted.file, meant);
}

export async function dropOnForm(files: readonly File[]): Promise<void> {
  const [first] = await takeInFiles(files);
  if (first !== undefined) putPicture(first.file, undefined);
}
