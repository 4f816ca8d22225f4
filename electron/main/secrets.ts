import { join } from 'node:path';
import { z } from 'zod';
import { FailureError, userFailure, type Failure } from '#core/failure';
import type { SecretPlace } from '#core/ipc';
import type { ProviderInfo } from '#core/provider';
import { environmentSecret, type Environment } from '#engine/data-folder';
import { readJsonFile, writeJsonFile } from './json-file';

/** The part of Electron's safeStorage that is used. */
export interface Encryption {
  /** Whether what is encrypted is really safe: with no keyring on Linux it is not. */
  available(): boolean;
  encrypt(value: string): Buffer;
  decrypt(encrypted: Buffer): string;
}

export interface Secrets {
  /** `provider.name` → where it is, for every secret there could be. */
  places(): Record<string, SecretPlace>;
  /** `provider.name` → value: for the engine host only. */
  values(): Record<string, string>;
  /** `null` forgets it. */
  set(provider: string, name: string, value: string | null): Promise<void>;
}

const fileSchema = z.strictObject({ version: z.literal(1), encrypted: z.record(z.string(), z.string()) });

/**
 * Keys of the providers and image hosts. One from the environment wins; else `secrets.json` of the data folder holds them
 * encrypted by the system, and where the system cannot, they are in memory until Seedloom ends. Never written in the clear.
 */
export async function openSecrets(options: {
  dataFolder: string;
  providers: readonly Pick<ProviderInfo, 'id' | 'secrets'>[];
  encryption: Encryption;
  environment: Environment;
}): Promise<{ secrets: Secrets; damage?: Failure }> {
  const { providers, encryption, environment } = options;
  const path = join(options.dataFolder, 'secrets.json');
  const content = await readJsonFile(path, fileSchema);
  const encrypted = new Map(content.state === 'read' ? Object.entries(content.value.encrypted) : []);
  const inMemory = new Map<string, string>();
  const kept = new Map<string, string>();
  const unreadable: string[] = [];

  // Without the keyring the file stays as it is: its keys may be readable again at the next start.
  if (encryption.available()) {
    for (const [id, value] of encrypted) {
      try {
        kept.set(id, encryption.decrypt(Buffer.from(value, 'base64')));
      } catch {
        unreadable.push(id);
      }
    }
  }

  const known = providers.flatMap(({ id, secrets }) =>
    secrets.map(({ name }) => ({ id: `${id}.${name}`, provider: id, name })),
  );
  const fromEnvironment = (provider: string, name: string) => environmentSecret(environment, provider, name);
  let writing: Promise<unknown> = Promise.resolve();
  const write = () => {
    const written = writing.then(() =>
      writeJsonFile(path, { version: 1, encrypted: Object.fromEntries(encrypted) }, 0o600),
    );
    writing = written.catch(() => undefined);
    return written;
  };

  const secrets: Secrets = {
    places: () =>
      Object.fromEntries(
        known.map(({ id, provider, name }): [string, SecretPlace] => [
          id,
          fromEnvironment(provider, name) !== undefined
            ? 'environment'
            : inMemory.has(id)
              ? 'this-start'
              : kept.has(id)
                ? 'kept'
                : 'none',
        ]),
      ),
    values: () =>
      Object.fromEntries(
        known.flatMap(({ id, provider, name }) => {
          const value = fromEnvironment(provider, name) ?? inMemory.get(id) ?? kept.get(id);
          return value === undefined ? [] : [[id, value]];
        }),
      ),
    async set(provider, name, value) {
      const id = `${provider}.${name}`;
      if (!known.some((secret) => secret.id === id))
        throw new FailureError(userFailure('unknown-secret', `There is no key "${id}".`));
      if (value === null) {
        inMemory.delete(id);
        kept.delete(id);
        if (encrypted.delete(id)) await write();
        return;
      }
      const trimmed = value.trim();
      if (!encryption.available()) {
        inMemory.set(id, trimmed);
        return;
      }
      encrypted.set(id, encryption.encrypt(trimmed).toString('base64'));
      kept.set(id, trimmed);
      inMemory.delete(id);
      await write();
    },
  };
  const damage = damageOf(content.state === 'damaged' ? content.keptAs : undefined, unreadable);
  return { secrets, ...(damage === undefined ? {} : { damage }) };
}

function damageOf(keptAs: string | undefined, unreadable: readonly string[]): Failure | undefined {
  if (keptAs !== undefined)
    return userFailure(
      'damaged-secrets',
      `The file of your keys could not be read. Enter the keys again; the old file was kept as "${keptAs}".`,
    );
  if (unreadable.length === 0) return undefined;
  return userFailure(
    'unreadable-secrets',
    `The system could not decrypt ${unreadable.join(', ')}. Enter these keys again.`,
  );
}
