import { constants } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { FailureError, userFailure } from '#core/failure';
import type { BridgeInput } from '#core/ipc';
import type { EngineProcess } from './engine-process';
import { pictureExtension, withExtension } from './pictures';

export interface DragOut {
  begin(input: BridgeInput<'pictures.dragOut'>): Promise<null>;
  /** What a file is that was dragged out before: dropped on the window again it is that picture, not a file of the disk. */
  draggedBefore(file: string): { hash: string; name: string } | undefined;
}

/** The part of a window's contents that is used. */
export interface DragStarter {
  /** `icon`: a small PNG. Returns when the pointer has let the files go. */
  start(files: string[], icon: Uint8Array): void;
}

/**
 * Gives stored pictures to the system's own drag and drop, as files of good names. They are copies: what another program
 * does to a file it was given must not touch the store. They stay until the next start, for programs that read late.
 */
export function createDragOut(options: {
  engine: Pick<EngineProcess, 'call'>;
  /** Emptied at each start. */
  folder: string;
  starter: DragStarter;
}): DragOut {
  const { engine, folder, starter } = options;
  const emptied = rm(folder, { recursive: true, force: true }).catch(() => undefined);
  let drags = 0;
  const given = new Map<string, { hash: string; name: string }>();

  async function copyOf(hash: string, name: string, place: string): Promise<string> {
    const source = await engine.call('pictureFile', { hash });
    if (source === null)
      throw new FailureError(userFailure('missing-picture', 'This picture is not there any more.'));
    const file = join(place, withExtension(safeName(name), await pictureExtension(source)));
    await copyFile(source, file, constants.COPYFILE_FICLONE);
    given.set(file, { hash, name: basename(file) });
    return file;
  }

  async function begin({ pictures }: BridgeInput<'pictures.dragOut'>): Promise<null> {
    await emptied;
    drags += 1;
    const place = join(folder, String(drags));
    await mkdir(place, { recursive: true });
    const named = distinct(pictures);
    const [icon, ...files] = await Promise.all([
      engine.call('pictureIcon', { hash: pictures[0]!.hash }),
      ...named.map(({ hash, name }) => copyOf(hash, name, place)),
    ]);
    starter.start(files, icon);
    return null;
  }

  return { begin, draggedBefore: (file) => given.get(file) };
}

/** A name as a file of every system may have it. */
export function safeName(name: string): string {
  const safe = name
    // oxlint-disable-next-line no-control-regex -- control characters are what has to go
    .replace(/[\u0000-\u001f<>:"/\\|?*]/g, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, 80)
    .replace(/^[ .]+|[ .]+$/g, '');
  return safe === '' || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(safe) ? `Picture ${safe}`.trim() : safe;
}

/** Pictures of one name get numbers. */
function distinct<P extends { name: string }>(pictures: readonly P[]): P[] {
  const seen = new Map<string, number>();
  return pictures.map((picture) => {
    const key = picture.name.toLowerCase();
    const number = (seen.get(key) ?? 0) + 1;
    seen.set(key, number);
    return number === 1 ? picture : { ...picture, name: `${picture.name} ${number}` };
  });
}
