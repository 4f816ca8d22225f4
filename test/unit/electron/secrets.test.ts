import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSecrets, type Encryption } from '../../../electron/main/secrets';
import { temporaryFolder } from './temporary-folder';

const providers = [
  { id: 'fal', secrets: [{ name: 'key', label: 'Key', required: true }] },
  { id: 's3', secrets: [{ name: 'accessKey', label: 'Access key', required: false }] },
];

/** Turns the bytes round: not the text itself, and can be undone. */
function keyring(available = true): Encryption {
  const turned = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a));
  return {
    available: () => available,
    encrypt: (value) => turned(Buffer.from(`sealed ${value}`)),
    decrypt(encrypted) {
      const text = turned(encrypted).toString();
      if (!text.startsWith('sealed ')) throw new Error('not ours');
      return text.slice(7);
    },
  };
}

async function open(dataFolder: string, options: { keyring?: Encryption; environment?: object } = {}) {
  const environment = { ...options.environment };
  return openSecrets({ dataFolder, providers, encryption: options.keyring ?? keyring(), environment });
}

describe('secrets', () => {
  it('are kept encrypted over a start, for the owner only', async () => {
    const folder = await temporaryFolder();
    const { secrets } = await open(folder);
    expect(secrets.places()).toEqual({ 'fal.key': 'none', 's3.accessKey': 'none' });
    await secrets.set('fal', 'key', ' sk-123 ');
    expect(secrets.places()['fal.key']).toBe('kept');
    const file = join(folder, 'secrets.json');
    expect(await readFile(file, 'utf8')).not.toContain('sk-123');
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o077).toBe(0);
    const again = await open(folder);
    expect(again.secrets.values()).toEqual({ 'fal.key': 'sk-123' });
    await again.secrets.set('fal', 'key', null);
    expect((await open(folder)).secrets.values()).toEqual({});
  });

  it('stay in memory where the system cannot encrypt', async () => {
    const folder = await temporaryFolder();
    const { secrets } = await open(folder, { keyring: keyring(false) });
    await secrets.set('fal', 'key', 'sk-123');
    expect(secrets.places()['fal.key']).toBe('this-start');
    expect(secrets.values()).toEqual({ 'fal.key': 'sk-123' });
    expect(await readdir(folder)).toEqual([]);
    expect((await open(folder, { keyring: keyring(false) })).secrets.values()).toEqual({});
  });

  it('survive a start without the keyring', async () => {
    const folder = await temporaryFolder();
    await (await open(folder)).secrets.set('fal', 'key', 'sk-123');
    const locked = await open(folder, { keyring: keyring(false) });
    expect(locked.secrets.places()['fal.key']).toBe('none');
    await locked.secrets.set('s3', 'accessKey', 'only now');
    expect((await open(folder)).secrets.values()).toEqual({ 'fal.key': 'sk-123' });
  });

  it('of the environment win and are not written', async () => {
    const folder = await temporaryFolder();
    const environment = { SEEDLOOM_FAL_KEY: 'from-env' };
    const { secrets } = await open(folder, { environment });
    expect(secrets.places()['fal.key']).toBe('environment');
    await secrets.set('fal', 'key', 'sk-123');
    expect(secrets.values()).toEqual({ 'fal.key': 'from-env' });
    expect((await open(folder)).secrets.values()).toEqual({ 'fal.key': 'sk-123' });
  });

  it('are refused for a provider nobody knows', async () => {
    const { secrets } = await open(await temporaryFolder());
    await expect(secrets.set('nobody', 'key', 'x')).rejects.toThrow('no key "nobody.key"');
  });

  it('say which of them cannot be read any more', async () => {
    const folder = await temporaryFolder();
    const encrypted = { 'fal.key': Buffer.from('garbage').toString('base64') };
    await writeFile(join(folder, 'secrets.json'), JSON.stringify({ version: 1, encrypted }));
    const { secrets, damage } = await open(folder);
    expect(damage?.message).toContain('fal.key');
    expect(secrets.places()['fal.key']).toBe('none');
    await writeFile(join(folder, 'secrets.json'), '{');
    expect((await open(folder)).damage?.code).toBe('damaged-secrets');
  });
});
