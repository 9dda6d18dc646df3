// The keystore of the operating system, as far as it is a real one. `basic_text` on Linux is a fixed password in a file
// anyone can read, so it counts as none.
// SPDX-License-Identifier: MIT

import { safeStorage, systemPreferences } from 'electron/main';

export interface Keystore {
  /** False where there is none, or none that keeps a secret. */
  isReal(): Promise<boolean>;
  /** Under a key that the system guards. */
  seal(text: string): Promise<Uint8Array>;
  open(sealed: Uint8Array): Promise<string>;
  /** Whether the person can be asked for a fingerprint. */
  hasTouchId(): boolean;
  /** Resolves when the person has put the right finger down, rejects otherwise. */
  promptTouchId(reason: string): Promise<void>;
}

export const systemKeystore: Keystore = {
  isReal: async () => {
    if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') {
      return false;
    }
    return await safeStorage.isAsyncEncryptionAvailable();
  },
  seal: (text) => safeStorage.encryptStringAsync(text),
  open: async (sealed) => (await safeStorage.decryptStringAsync(Buffer.from(sealed))).result,
  hasTouchId: () => process.platform === 'darwin' && systemPreferences.canPromptTouchID(),
  promptTouchId: (reason) => systemPreferences.promptTouchID(reason),
};
