import { join, resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { fileArgument } from '../../../electron/main/file-arguments';
import { documentPath, withExtension } from '../../../electron/main/pictures';
import { keepBeforeClose } from '../../../electron/main/keep-before-close';
import { placeWindow, readBounds, writeBounds } from '../../../electron/main/window-bounds';
import { temporaryFolder } from './temporary-folder';

describe('the place of the window', () => {
  const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }];

  it('is remembered', async () => {
    const folder = await temporaryFolder();
    expect(await readBounds(folder)).toBeUndefined();
    const bounds = { x: 10, y: 20, width: 1200, height: 800, maximized: true };
    await writeBounds(folder, bounds);
    expect(await readBounds(folder)).toEqual(bounds);
    expect(placeWindow(bounds, screens)).toEqual({ x: 10, y: 20, width: 1200, height: 800 });
  });

  it('is left to the system where it could not be reached', () => {
    const place = { y: 20, width: 1200, height: 100, maximized: false };
    expect(placeWindow(undefined, screens)).toEqual({ width: 1400, height: 900 });
    expect(placeWindow({ ...place, x: 1900 }, screens)).toEqual({ width: 1200, height: 600 });
    expect(placeWindow({ ...place, x: 0, y: -500 }, screens)).toEqual({ width: 1200, height: 600 });
    expect(placeWindow({ ...place, x: -1000 }, screens)).toMatchObject({ x: -1000 });
  });
});

describe('a window that is to close', () => {
  function guarded(isListening: boolean) {
    let runOut = () => {};
    const actions = {
      keep: vi.fn(),
      close: vi.fn(),
      patience: () =>
        new Promise<void>((resolve) => {
          runOut = resolve;
        }),
    };
    return {
      guard: keepBeforeClose({ isListening: () => isListening, ...actions }),
      actions,
      runOut: () => runOut(),
    };
  }

  it('closes at once where no page could keep anything', () => {
    const { guard, actions } = guarded(false);
    expect(guard.mayClose()).toBe(true);
    expect(actions.keep).not.toHaveBeenCalled();
  });

  it('keeps everything once, and closes when that is done', async () => {
    const { guard, actions, runOut } = guarded(true);
    expect([guard.mayClose(), guard.mayClose()]).toEqual([false, false]);
    expect(actions.keep).toHaveBeenCalledOnce();
    guard.allow();
    expect(guard.mayClose()).toBe(true);
    runOut();
    await Promise.resolve();
    expect(actions.close).not.toHaveBeenCalled();
  });

  it('stays when something could not be kept, and tries again the next time', async () => {
    const { guard, actions, runOut } = guarded(true);
    guard.mayClose();
    guard.stay();
    runOut();
    await Promise.resolve();
    expect(actions.close).not.toHaveBeenCalled();
    expect(guard.mayClose()).toBe(false);
    expect(actions.keep).toHaveBeenCalledTimes(2);
  });

  it('closes with what it kept last when the page does not answer', async () => {
    const { guard, actions, runOut } = guarded(true);
    guard.mayClose();
    runOut();
    await expect.poll(() => actions.close).toHaveBeenCalledOnce();
    expect(guard.mayClose()).toBe(true);
  });
});

describe('names of files', () => {
  it('are found on the command line', () => {
    const folder = resolve('/work');
    expect(fileArgument(['electron', '--no-sandbox', '.', 'a.seedloom'], folder)).toBe(
      join(folder, 'a.seedloom'),
    );
    expect(fileArgument(['a.seedloom', '.', '--x=b.seedloom'], folder)).toBeUndefined();
  });

  it('of folders are relative to the workflow', () => {
    const workflow = join(resolve('/work'), 'flows', 'a.seedloom');
    expect(documentPath(join(resolve('/work'), 'flows', 'in', 'june'), workflow)).toBe('in/june');
    expect(documentPath(resolve('/work'), workflow)).toBe('..');
    expect(documentPath(join(resolve('/work'), 'flows'), workflow)).toBe('.');
    expect(documentPath(resolve('/work'), null)).toBe(resolve('/work'));
  });

  it('of pictures end as what they are', () => {
    expect(withExtension('bottle.png', '.jpg')).toBe('bottle.jpg');
    expect(withExtension('v1.2', '.png')).toBe('v1.2.png');
  });
});
