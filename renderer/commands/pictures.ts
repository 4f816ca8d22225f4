import type { ChosenPicture } from '#core/ipc';
import type { NodeDefinition } from '#core/node';
import type { Point } from '#core/document/schema';
import type { ImageRef } from '#core/values';
import { documentStore } from '../stores/document-store';
import { sessionStore } from '../stores/session-store';
import { translated, words } from '../look/words';
import { ask, call, pathOfFile } from './bridge';
import { canvas } from './canvas-handle';
import { openWorkflow, receiveOpened } from './files';
import { placeNodes } from './nodes';
import { showGood, showNote, showOffer } from './notices';

/** What was asked for in one tab is not put into another that is shown by the time it comes. */
async function here<T>(answer: Promise<T>): Promise<T | undefined> {
  const { tab } = documentStore.getState();
  const value = await answer;
  return documentStore.getState().tab === tab ? value : undefined;
}

/** Asks for one picture file; `undefined` when none was chosen. */
export async function choosePicture(): Promise<ChosenPicture | undefined> {
  const { path } = documentStore.getState();
  const chosen = await here(ask('picture.choose', { path, several: false }));
  return chosen?.[0];
}

/** Asks for picture files; none when none were chosen. */
export async function choosePictures(): Promise<ChosenPicture[]> {
  const { path } = documentStore.getState();
  return (await here(ask('picture.choose', { path, several: true }))) ?? [];
}

/** Takes in files that were dropped on the window. */
export async function takeInFiles(files: readonly File[]): Promise<ChosenPicture[]> {
  const paths = files.map(pathOfFile).filter((path) => path !== '');
  if (paths.length === 0) return [];
  const { path } = documentStore.getState();
  return (await here(ask('picture.import', { path, files: paths }))) ?? [];
}

export async function chooseFolder(): Promise<{ path: string } | undefined> {
  const { path } = documentStore.getState();
  return (await here(ask('picture.chooseFolder', { path }))) ?? undefined;
}

export async function savePictureAs(image: Pick<ImageRef, 'hash'>, suggestedName: string): Promise<void> {
  const saved = await ask('picture.saveAs', { hash: image.hash, suggestedName });
  if (saved) showGood(words.notes.savedAs(saved.path));
}

export async function copyPicture(image: Pick<ImageRef, 'hash'>): Promise<void> {
  if ((await ask('picture.copy', { hash: image.hash })) !== undefined) showGood(words.notes.copied);
}

export async function showOutFolder(): Promise<void> {
  await ask('picture.showOutFolder', {});
}

/** The kind of node that gives one picture file, and the param that holds it: whichever says so of itself. */
export function pictureNode(): { definition: NodeDefinition; param: string } | undefined {
  for (const definition of sessionStore.getState().catalogue.values()) {
    const param = Object.entries(definition.params).find(([, spec]) => spec.field.kind === 'image-file')?.[0];
    if (param !== undefined && Object.keys(definition.inputs).length === 0) return { definition, param };
  }
  return undefined;
}

export function placePictures(chosen: readonly ChosenPicture[], at: Point | undefined): void {
  const kind = pictureNode();
  if (kind === undefined || chosen.length === 0) return;
  const [x, y] = at ?? canvas()?.centre() ?? [0, 0];
  placeNodes(
    chosen.map(({ file }, index) => ({
      definition: kind.definition,
      params: { [kind.param]: { ...file } },
      at: [x + index * 40, y + index * 40],
    })),
  );
}

/** Files dropped on the canvas become nodes where they fell. */
export async function dropFiles(files: readonly File[], at: Point): Promise<void> {
  const workflow = files.find(isWorkflowFile);
  if (workflow !== undefined) {
    await openWorkflow({ path: pathOfFile(workflow) });
    return;
  }
  placePictures(await takeInFiles(files), at);
  const [only, ...others] = files;
  if (only !== undefined && others.length === 0) await offerWorkflow(only);
}

/** A workflow or a bundle opens wherever in the window it is dropped. */
export function dropOnWindow(event: DragEvent): void {
  if (event.defaultPrevented) return;
  event.preventDefault();
  const workflow = [...(event.dataTransfer?.files ?? [])].find(isWorkflowFile);
  if (workflow !== undefined) void openWorkflow({ path: pathOfFile(workflow) });
}

function isWorkflowFile(file: File): boolean {
  return /\.(seedloom|zip)$/i.test(file.name) && pathOfFile(file) !== '';
}

/** A picture that carries the graph that made it can be opened as that. */
async function offerWorkflow(file: File): Promise<void> {
  const path = pathOfFile(file);
  if (path === '' || !/\.(png|jpe?g|webp)$/i.test(file.name)) return;
  const answer = await call('workflow.fromPicture', { file: path });
  if (answer.ok) {
    const { carries, open } = words.files.picture;
    showOffer(carries(file.name), open, () => void receiveOpened(answer.value));
  } else if (answer.failure.code === 'comfyui-picture') showNote(translated(answer.failure.message));
}

/** The picture on the clipboard; `null` when there is none, `undefined` when it cannot be had. */
export function pasteWithoutPlace(): Promise<ChosenPicture | null | undefined> {
  return here(ask('picture.paste', {}));
}

/** The picture on the clipboard becomes a node; whether there was one. */
export async function pastePicture(): Promise<boolean> {
  const chosen = await pasteWithoutPlace();
  if (chosen === undefined) return true;
  if (chosen === null) return false;
  placePictures([chosen], undefined);
  return true;
}

export function sayNothingToPaste(): void {
  showNote(words.notes.nothingToPaste, words.notes.nothingToPasteText);
}
