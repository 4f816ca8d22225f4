import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawPicture } from '#test/kit/draw-picture';
import { createDragOut, safeName, type DragStarter } from '../../../electron/main/drag-out';
import { createDragStarter } from '../../../electron/main/drag-starter';
import { temporaryFolder } from './temporary-folder';

async function dragBench(starter?: DragStarter) {
  const home = await temporaryFolder();
  const source = join(home, 'ab');
  const bytes = await drawPicture({ width: 20, height: 20, from: 'drag' });
  await writeFile(source, bytes);
  const folder = join(home, 'dragged');
  await mkdir(folder);
  await writeFile(join(folder, 'of-an-earlier-start.png'), 'x');
  const started: { files: string[]; icon: Uint8Array }[] = [];
  const dragOut = createDragOut({
    engine: {
      call: (async (name: string, { hash }: { hash: string }) =>
        name === 'pictureIcon' ? new Uint8Array([1, 2]) : hash === 'gone' ? null : source) as never,
    },
    folder,
    starter: starter ?? { start: (files, icon) => started.push({ files, icon }) },
  });
  return { dragOut, started, source, bytes, folder };
}

/** An image as Electron has it: empty where the bytes are no picture it reads. */
class FakeImage {
  constructor(
    readonly width: number,
    readonly height: number,
  ) {}
  isEmpty = () => this.width * this.height === 0;
  getSize = () => ({ width: this.width, height: this.height });
  resize({ width, height }: { width: number; height: number }): FakeImage {
    return new FakeImage(width, height);
  }
}

describe('the drag of the system', () => {
  function starterOf(width: number, height: number) {
    const items: { file: string; files: string[]; icon: FakeImage }[] = [];
    const images = {
      createFromBuffer: () => new FakeImage(width, height),
      createFromBitmap: (bgra: Buffer, size: { width: number; height: number }) => {
        expect(bgra).toHaveLength(size.width * size.height * 4);
        return new FakeImage(size.width, size.height);
      },
    };
    const contents = { startDrag: (item: (typeof items)[number]) => items.push(item) };
    return { starter: createDragStarter(images, () => contents), items };
  }

  it.each([
    [256, 256, 96, 96],
    [256, 16, 96, 6],
    [16, 4000, 1, 96],
    [8, 8, 8, 8],
    [0, 0, 32, 32],
  ])('has a picture at the pointer for one of %i × %i, whatever can be read of it', (w, h, width, height) => {
    const { starter, items } = starterOf(w, h);
    starter.start(['/dragged/1/Fox.png'], new Uint8Array([1]));
    expect(items[0]!.icon.getSize()).toEqual({ width, height });
    expect(items[0]!.icon.isEmpty()).toBe(false);
  });

  it('gets all files, the first as the one file of systems that know but one', () => {
    const { starter, items } = starterOf(10, 10);
    starter.start(['/a.png', '/b.png'], new Uint8Array([1]));
    expect(items[0]).toMatchObject({ file: '/a.png', files: ['/a.png', '/b.png'] });
    starter.start([], new Uint8Array([1]));
    expect(items).toHaveLength(1);
  });

  it('begins when each file is there under its name, with its ending, and whole', async () => {
    const { items, starter } = starterOf(20, 20);
    const there: number[] = [];
    const { dragOut, bytes } = await dragBench({
      start(files, icon) {
        there.push(...files.map((file) => (extname(file) === '.png' ? statSync(file).size : -1)));
        starter.start(files, icon);
      },
    });
    await dragOut.begin({
      pictures: [
        { hash: 'a', name: 'Fox' },
        { hash: 'b', name: 'Owl.jpg' },
      ],
    });
    expect(there).toEqual([bytes.length, bytes.length]);
    expect(items[0]!.files.map((file) => basename(file))).toEqual(['Fox.png', 'Owl.png']);
  });

  it('is not begun when the window is gone', () => {
    const { items } = starterOf(10, 10);
    const images = {
      createFromBuffer: () => new FakeImage(1, 1),
      createFromBitmap: () => new FakeImage(1, 1),
    };
    expect(() =>
      createDragStarter(images, () => undefined).start(['/a.png'], new Uint8Array()),
    ).not.toThrow();
    expect(items).toEqual([]);
  });
});

describe('pictures that are dragged out', () => {
  it('are copies with good names, and known when they come back', async () => {
    const { dragOut, started, source, bytes, folder } = await dragBench();
    await dragOut.begin({
      pictures: [
        { hash: 'a', name: '../Fox: "red"/1' },
        { hash: 'b', name: 'Owl' },
        { hash: 'c', name: 'owl' },
      ],
    });
    const { files, icon } = started[0]!;
    expect([...icon]).toEqual([1, 2]);
    expect(files.map((file) => basename(file))).toEqual(['Fox red 1.png', 'Owl.png', 'owl 2.png']);
    expect(files.every((file) => file.startsWith(folder))).toBe(true);
    expect(dragOut.draggedBefore(files[1]!)).toEqual({ hash: 'b', name: 'Owl.png' });
    expect(dragOut.draggedBefore(source)).toBeUndefined();
    // What another program does to its file does not reach the store.
    await writeFile(files[0]!, 'changed');
    expect(Buffer.compare(await readFile(source), bytes)).toBe(0);
    await expect(access(join(folder, 'of-an-earlier-start.png'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('are refused when one of them is gone: nothing hangs at the pointer', async () => {
    const { dragOut, started } = await dragBench();
    const refused = dragOut.begin({ pictures: [{ hash: 'gone', name: 'x' }] });
    await expect(refused).rejects.toMatchObject({ failure: { code: 'missing-picture' } });
    expect(started).toEqual([]);
  });

  it('have names that every system takes', () => {
    expect(safeName('con')).toBe('Picture con');
    expect(safeName(' ... ')).toBe('Picture');
    expect(safeName('a\u0000b\\c.')).toBe('a b c');
    expect(safeName('x'.repeat(300))).toHaveLength(80);
  });
});
