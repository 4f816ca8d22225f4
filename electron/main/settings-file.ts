import { join } from 'node:path';
import { refusePassword } from '#core/address';
import { userFailure, type Failure } from '#core/failure';
import { initialSettings, settingsSchema, type Settings } from '#core/settings';
import { readJsonFile, writeJsonFile } from './json-file';

/** Members that are left out, or `undefined`, stay as they are. */
type SettingsChange = { [K in keyof Settings]?: Settings[K] | undefined };

export interface SettingsFile {
  current(): Settings;
  /** Merges and writes; what is in force is only what is on disk. An address with a password in it is not written. */
  change(changes: SettingsChange): Promise<Settings>;
}

/** The person's settings in `settings.json` of the data folder. `damage` says that an unreadable file was put aside. */
export async function openSettings(
  dataFolder: string,
): Promise<{ settings: SettingsFile; damage?: Failure }> {
  const path = join(dataFolder, 'settings.json');
  // A member that an older version did not write yet has its initial value.
  const content = await readJsonFile(path, settingsSchema.partial());
  let current: Settings =
    content.state === 'read' ? changed(initialSettings, content.value) : initialSettings;
  let writing: Promise<unknown> = Promise.resolve();

  const settings: SettingsFile = {
    current: () => current,
    change(changes) {
      // One after the other, so that two changes at once both count.
      const written = writing.then(async () => {
        for (const [name, value] of Object.entries(changes.providers ?? {}))
          if (value !== current.providers[name]) refusePassword(value);
        const next = changed(current, changes);
        await writeJsonFile(path, next);
        current = next;
        return next;
      });
      writing = written.catch(() => undefined);
      return written;
    },
  };
  if (content.state !== 'damaged') return { settings };
  const damage = userFailure(
    'damaged-settings',
    `The settings file could not be read. Seedloom started with the initial settings and kept the old file as "${content.keptAs}".`,
  );
  return { settings, damage };
}

function changed(settings: Settings, changes: SettingsChange): Settings {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  return settingsSchema.parse({ ...settings, ...Object.fromEntries(given) });
}
