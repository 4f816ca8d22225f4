import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { initialSettings } from '#core/settings';
import { openSettings } from '../../../electron/main/settings-file';
import { temporaryFolder } from './temporary-folder';

describe('the settings file', () => {
  it('starts with the initial settings and keeps what is changed', async () => {
    const folder = join(await temporaryFolder(), 'not', 'there');
    const { settings, damage } = await openSettings(folder);
    expect(damage).toBeUndefined();
    expect(settings.current()).toEqual(initialSettings);
    await Promise.all([
      settings.change({ theme: 'dark', budget: undefined }),
      settings.change({ prices: { 'fal/seedream-4.5': 0.03 } }),
    ]);
    const again = await openSettings(folder);
    expect(again.settings.current()).toEqual({
      ...initialSettings,
      theme: 'dark',
      prices: { 'fal/seedream-4.5': 0.03 },
    });
  });

  it('gives what an older version did not write its initial value', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'settings.json'), '{"theme":"light"}');
    const { settings } = await openSettings(folder);
    expect(settings.current()).toEqual({ ...initialSettings, theme: 'light' });
  });

  it.each(['{"theme":"lig', '{"theme":"pink"}', '{"unknown":1}', '[]', ''])(
    'keeps a damaged file aside and says so: %s',
    async (text) => {
      const folder = await temporaryFolder();
      await writeFile(join(folder, 'settings.json'), text);
      const { settings, damage } = await openSettings(folder);
      expect(settings.current()).toEqual(initialSettings);
      const [aside = ''] = await readdir(folder);
      expect(aside).toContain('damaged');
      expect(await readFile(join(folder, aside), 'utf8')).toBe(text);
      expect(damage?.message).toContain(aside);
    },
  );

  it.each([
    '{"prices":{"fal/seedream-4.5":-0.01}}',
    '{"prices":{"fal/seedream-4.5":1e999}}',
    '{"prices":{"fal/seedream-4.5":"0.03"}}',
    '{"prices":{"fal":0.03}}',
  ])('takes no price that is none: %s', async (text) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'settings.json'), text);
    const { settings, damage } = await openSettings(folder);
    expect(settings.current().prices).toEqual({});
    expect(damage?.code).toBe('damaged-settings');
  });

  it('writes no address with a password in it, and stays usable with one from before', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'settings.json');
    const { settings } = await openSettings(folder);
    const withPassword = { 'comfyui.baseUrl': 'https://ada:pa55word@gpu.example' };
    await expect(settings.change({ providers: withPassword })).rejects.toThrow('name and password');
    await settings.change({ theme: 'dark' });
    expect(await readFile(path, 'utf8')).not.toContain('pa55word');
    await writeFile(path, JSON.stringify({ providers: withPassword }));
    const again = (await openSettings(folder)).settings;
    await again.change({ providers: { ...withPassword, 'fal.baseUrl': 'http://127.0.0.1:1' } });
    await again.change({ providers: { 'comfyui.baseUrl': 'https://gpu.example' } });
    expect(await readFile(path, 'utf8')).not.toContain('pa55word');
  });

  it('refuses a value that is not allowed and keeps what was in force', async () => {
    const folder = await temporaryFolder();
    const { settings } = await openSettings(folder);
    await expect(settings.change({ budget: -1 })).rejects.toThrow();
    expect(settings.current().budget).toBeNull();
    await settings.change({ budget: 5 });
    expect(settings.current().budget).toBe(5);
  });
});
