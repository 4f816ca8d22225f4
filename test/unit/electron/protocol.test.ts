import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { pictureAddress } from '#core/ipc';
import { drawPicture } from '#test/kit/draw-picture';
import { createProtocolHandler, fileBelow, parseAddress } from '../../../electron/main/protocol';
import { temporaryFolder } from './temporary-folder';

const hash = 'ab'.repeat(32);

describe('addresses', () => {
  it('are what the window makes of a hash', () => {
    expect(parseAddress(pictureAddress(hash))).toEqual({ kind: 'blob', hash, width: undefined });
    expect(parseAddress(pictureAddress(hash, 512))).toEqual({ kind: 'blob', hash, width: 512 });
    expect(parseAddress('seedloom://app/assets/a.js')).toEqual({ kind: 'page', path: '/assets/a.js' });
  });

  it.each([
    `seedloom://blob/${hash.slice(1)}`,
    `seedloom://blob/${hash.toUpperCase()}`,
    `seedloom://blob/${hash}/..`,
    `seedloom://blob/${hash}?w=513`,
    `seedloom://blob/${hash}?w=512&x=1`,
    'seedloom://blob/../../etc/passwd',
    `seedloom://other/${hash}`,
    `https://blob/${hash}`,
    'nonsense',
  ])('are refused otherwise: %s', (address) => {
    expect(parseAddress(address)).toBeUndefined();
  });

  it('of files never leave the folder', () => {
    const folder = join('/srv', 'page');
    expect(fileBelow(folder, '/assets/a%20b.js')).toBe(join(folder, 'assets', 'a b.js'));
    for (const path of ['/../secret', '/%2e%2e/secret', '/a/..%2f..%2fsecret', '/a%00', '/a%5c..', '/%'])
      expect(fileBelow(folder, path)).toBeUndefined();
  });
});

describe('the protocol', () => {
  it('gives stored pictures with their real type, for ever', async () => {
    const folder = await temporaryFolder();
    const picture = await drawPicture({ width: 32, height: 16, from: 'stored' });
    const file = join(folder, 'blob');
    await writeFile(file, picture);
    const call = vi.fn(async (name: string, { hash: asked }: { hash: string }) =>
      name === 'pictureFile' && asked === hash ? file : null,
    );
    const handler = createProtocolHandler({ rendererFolder: folder, engine: { call } as never });
    const answer = await handler({ url: pictureAddress(hash) });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect(Buffer.from(await answer.arrayBuffer()).equals(picture)).toBe(true);
    await handler({ url: pictureAddress(hash) });
    expect(call).toHaveBeenCalledTimes(1);
    expect((await handler({ url: pictureAddress(hash, 256) })).status).toBe(404);
    expect((await handler({ url: pictureAddress('cd'.repeat(32)) })).status).toBe(404);
  });

  it('gives the files of the page and nothing beside them', async () => {
    const folder = await temporaryFolder();
    const rendererFolder = join(folder, 'renderer');
    await mkdir(rendererFolder);
    await writeFile(join(rendererFolder, 'index.html'), '<p>');
    await writeFile(join(folder, 'settings.json'), '{}');
    const handler = createProtocolHandler({ rendererFolder, engine: { call: vi.fn() } as never });
    const page = await handler({ url: 'seedloom://app/index.html' });
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toBe('<p>');
    for (const path of ['missing.js', '%2e%2e/settings.json', '..%2fsettings.json', ''])
      expect((await handler({ url: `seedloom://app/${path}` })).status).toBe(404);
  });

  it('answers a failure of the engine as such', async () => {
    const call = vi.fn().mockRejectedValue(new Error('gone'));
    const silence = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const handler = createProtocolHandler({ rendererFolder: '/', engine: { call } as never });
    expect((await handler({ url: pictureAddress(hash) })).status).toBe(500);
    silence.mockRestore();
  });
});
