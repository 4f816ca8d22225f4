import {
  mostAtOnce,
  type ListedPicture,
  type PictureDetails,
  type PictureFacets,
  type PicturePage,
  type PictureQuery,
  type Rating,
} from '#core/gallery';
import type { ChosenPicture } from '#core/ipc';
import { documentStore } from '../stores/document-store';
import { ratingNow, type ComparedPicture } from '../stores/gallery-state';
import { sessionStore } from '../stores/session-store';
import { ask } from './bridge';
import { canvas } from './canvas-handle';
import { words } from '../look/words';
import { showGood, showNote } from './notices';
import { openRunAsItWas } from './files';
import { placePictures } from './pictures';
import { addReferences, noteDragged, referencePort } from './references';

const { set, setGallery, select } = sessionStore.actions;

/** Most pictures side by side. */
export const mostCompared = 4;

/** Pictures were made by a run; told once for as many as come between two frames. */
export function notePicturesMade(): void {
  setGallery({ made: sessionStore.getState().gallery.made + 1 });
}

export function readPictures(query: PictureQuery): Promise<PicturePage | undefined> {
  return ask('pictures.list', query);
}

export function readFacets(): Promise<PictureFacets | undefined> {
  return ask('pictures.facets', {});
}

export function readDetails(hash: string): Promise<PictureDetails | undefined> {
  return ask('pictures.details', { hash });
}

export function choosePictures(chosen: readonly ListedPicture[]): void {
  setGallery({ chosen: chosen.slice(-mostAtOnce) });
}

/** Shown at once, and taken back when it could not be written down. */
export async function ratePictures(
  pictures: readonly ListedPicture[],
  change: Partial<Rating>,
): Promise<void> {
  if (pictures.length === 0) return;
  const { gallery } = sessionStore.getState();
  const next = pictures.map(
    (picture) => [picture.hash, { ...ratingNow(picture, gallery), ...change }] as const,
  );
  setGallery({ rated: { ...gallery.rated, ...Object.fromEntries(next) } });
  const hashes = pictures.map(({ hash }) => hash);
  if ((await ask('pictures.rate', { hashes, change })) === undefined) {
    const before = pictures.map((picture) => [picture.hash, ratingNow(picture, gallery)] as const);
    const { rated } = sessionStore.getState().gallery;
    setGallery({ rated: { ...rated, ...Object.fromEntries(before) } });
  }
}

/** What a picture's file is called, without its ending. */
export function pictureName({ title, hash }: Pick<ListedPicture, 'title' | 'hash'>): string {
  return `${title} ${hash.slice(0, 6)}`;
}

/** Hands pictures to the system's drag and drop; goes on until they are let go of. `node`: the card it is dragged from. */
export async function dragOut(
  pictures: readonly { hash: string; name: string }[],
  node?: string,
): Promise<void> {
  const [first] = pictures;
  noteDragged(node === undefined || first === undefined ? undefined : { node, hash: first.hash });
  if (pictures.length > 0) await ask('pictures.dragOut', { pictures: pictures.slice(0, 50) });
}

/** The graph a picture was made by, with its node chosen. */
export async function openPictureAsItWas(picture: ListedPicture): Promise<void> {
  const isOpen = await openRunAsItWas({ run: picture.run, openedAt: picture.at });
  if (!isOpen) return;
  set({ overlay: null });
  if (documentStore.getState().document.nodes[picture.node] === undefined) return;
  select([picture.node]);
  // The canvas draws the new cards first.
  requestAnimationFrame(() => canvas()?.show([picture.node]));
}

/** The whole prompt; a list has only how it begins. */
export async function copyPrompt(picture: ListedPicture): Promise<void> {
  const { prompt } = (await readDetails(picture.hash)) ?? picture;
  try {
    await navigator.clipboard.writeText(prompt);
    showGood(words.notes.promptCopied);
  } catch {
    showNote(words.notes.notCopied);
  }
}

async function takeIn(pictures: readonly ListedPicture[]): Promise<ChosenPicture[]> {
  const wanted = pictures
    .filter(({ missing }) => !missing)
    .slice(0, 50)
    .map((picture) => ({ hash: picture.hash, name: `${pictureName(picture)}.${picture.format}` }));
  return wanted.length === 0 ? [] : ((await ask('pictures.takeIn', { pictures: wanted })) ?? []);
}

export async function addToCanvas(pictures: readonly ListedPicture[]): Promise<void> {
  placePictures(await takeIn(pictures), undefined);
  set({ overlay: null });
}

export async function useAsReference(pictures: readonly ListedPicture[]): Promise<void> {
  const to = referencePort(sessionStore.getState());
  if (to === undefined) return;
  addReferences(await takeIn(pictures), to);
  set({ overlay: null });
}

/** Lays pictures beside each other. */
export function comparePictures(pictures: readonly ComparedPicture[]): void {
  if (pictures.length >= 2) setGallery({ compared: pictures.slice(0, mostCompared) });
}

export function comparedOf(pictures: readonly ListedPicture[]): ComparedPicture[] {
  return pictures.map((picture) => ({ image: picture, title: pictureName(picture) }));
}
