import { safeStorage } from 'electron';
import type { Encryption } from './secrets';

/**
 * The system's keychain. Its newer interface answers later instead of at once, which Electron 25 does not know; both
 * use the same key.
 */
export const systemEncryption: Encryption = {
  available() {
    if (!safeStorage.isEncryptionAvailable()) return false;
    if (process.platform !== 'linux') return true;
    // Without a keyring Linux encrypts with a password that is known to everybody: that does not count.
    const storage = safeStorage as Partial<typeof safeStorage>;
    return storage.getSelectedStorageBackend?.() !== 'basic_text';
  },
  encrypt: (value) => safeStorage.encryptString(value),
  decrypt: (encrypted) => safeStorage.decryptString(encrypted),
};
