import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawPicture } from '#test/kit/draw-picture';
import { createDragOut, safeName } from '../../../electron/main/drag-out';
import { temporaryFolder } from './temporary-folder';

async function dragBench() {
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
    starter: { start: (files, icon) => started.push({ files, icon }) },
  });
  return { dragOut, started, source, bytes, folder };
}

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
