import { mkdir, open } from 'node:fs/promises';
import { dirname, extname, isAbsolute, relative, sep } from 'node:path';
import { FailureError, failureOf, userFailure, type Failure } from '#core/failure';
import type { BridgeInput, ChosenPicture } from '#core/ipc';
import type { EngineProcess } from './engine-process';
import type { ImageFormat } from '#core/values';
import { pictureType } from '#engine/pictures/picture-type';

export interface PictureDialogs {
  choosePictures(several: boolean): Promise<string[] | undefined>;
  chooseFolder(): Promise<string | undefined>;
  chooseTarget(suggestedName: string): Promise<string | undefined>;
}

/** What `pictureType` looks at. */
const headLength = 1024;

const extensions: Record<ImageFormat, string> = {
  png: '.png',
  jpeg: '.jpg',
  webp: '.webp',
  avif: '.avif',
  gif: '.gif',
  tiff: '.tif',
};

/** The part of Electron's clipboard and shell that is used. */
export interface PictureDesktop {
  /** The clipboard's picture as PNG; `undefined` when there is none. */
  readPng(): Promise<Uint8Array | undefined>;
  writePng(png: Uint8Array): Promise<void>;
  /** Gives what went wrong, `''` when nothing did. */
  showFolder(path: string): Promise<string>;
}

export interface Pictures {
  choose(input: BridgeInput<'picture.choose'>): Promise<ChosenPicture[] | null>;
  import(input: BridgeInput<'picture.import'>): Promise<ChosenPicture[]>;
  paste(): Promise<ChosenPicture | null>;
  chooseFolder(input: BridgeInput<'picture.chooseFolder'>): Promise<{ path: string } | null>;
  saveAs(input: BridgeInput<'picture.saveAs'>): Promise<{ path: string } | null>;
  copy(input: BridgeInput<'picture.copy'>): Promise<null>;
  showOutFolder(): Promise<null>;
}

export function createPictures(options: {
  engine: Pick<EngineProcess, 'call'>;
  dialogs: PictureDialogs;
  desktop: PictureDesktop;
  outFolder(): string;
  onTrouble(failure: Failure): void;
  /** What a file is that comes from the store itself. */
  draggedBefore?(file: string): { hash: string; name: string } | undefined;
}): Pictures {
  const { engine, dialogs, desktop } = options;

  /** What can be taken in is; each file that cannot is told, and when none could the first reason is the answer. */
  async function takeIn(files: readonly string[], workflow: string | null): Promise<ChosenPicture[]> {
    const folder = workflow === null ? null : dirname(workflow);
    const taken: ChosenPicture[] = [];
    const failures: Failure[] = [];
    for (const file of files) {
      try {
        const own = options.draggedBefore?.(file);
        taken.push(
          own === undefined
            ? await engine.call('importFile', { file, folder })
            : await engine.call('takeInPicture', own),
        );
      } catch (error) {
        failures.push(failureOf(error));
      }
    }
    const [first] = failures;
    if (taken.length === 0 && first !== undefined) throw new FailureError(first);
    failures.forEach(options.onTrouble);
    return taken;
  }

  async function storedFile(hash: string): Promise<string> {
    const file = await engine.call('pictureFile', { hash });
    if (file === null)
      throw new FailureError(userFailure('missing-picture', 'This picture is not there any more.'));
    return file;
  }

  return {
    async choose({ path, several }) {
      const files = await dialogs.choosePictures(several);
      return files === undefined ? null : takeIn(files, path);
    },
    import: ({ path, files }) => takeIn(files, path),
    async paste() {
      const bytes = await desktop.readPng();
      return bytes === undefined ? null : engine.call('importBytes', { bytes, name: 'Pasted picture.png' });
    },
    async chooseFolder({ path }) {
      const chosen = await dialogs.chooseFolder();
      return chosen === undefined ? null : { path: documentPath(chosen, path) };
    },
    async saveAs({ hash, suggestedName }) {
      const source = await storedFile(hash);
      const extension = extensions[await formatOf(source)];
      const target = await dialogs.chooseTarget(withExtension(suggestedName, extension));
      if (target === undefined) return null;
      const path = extname(target) === '' ? `${target}${extension}` : target;
      await engine.call('savePictureAs', { hash, path });
      return { path };
    },
    async copy({ hash }) {
      await desktop.writePng(await engine.call('picturePng', { hash }));
      return null;
    },
    async showOutFolder() {
      const folder = options.outFolder();
      await mkdir(folder, { recursive: true });
      const trouble = await desktop.showFolder(folder);
      if (trouble !== '')
        throw new FailureError(userFailure('cannot-show', `"${folder}" could not be shown (${trouble}).`));
      return null;
    },
  };
}

/** How a workflow names a folder: relative with `/` where it lies on the workflow's own drive, else absolute. */
export function documentPath(chosen: string, workflow: string | null): string {
  if (workflow === null) return chosen;
  const path = relative(dirname(workflow), chosen);
  if (isAbsolute(path)) return chosen;
  return path === '' ? '.' : path.split(sep).join('/');
}

/** The name with the ending of what the picture really is. */
export function withExtension(name: string, extension: string): string {
  const withoutPictureEnding = name.replace(/\.(png|jpe?g|webp|avif|gif|tiff?)$/i, '');
  return `${withoutPictureEnding}${extension}`;
}

/** Stored pictures have no ending in their names; their first bytes say what they are. */
async function formatOf(file: string): Promise<ImageFormat> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(headLength), 0, headLength, 0);
    const type = pictureType(buffer.subarray(0, bytesRead));
    if ('format' in type) return type.format;
    throw new Error(`the stored picture ${file} is ${type.instead}`);
  } finally {
    await handle.close();
  }
}

/** The ending of a stored picture's name, with its dot. */
export async function pictureExtension(file: string): Promise<string> {
  return extensions[await formatOf(file)];
}

export async function pictureMime(file: string): Promise<string> {
  return `image/${await formatOf(file)}`;
}
