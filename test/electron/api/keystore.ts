// The keystore and the fingerprint reader: a machine without either, until a test switches one on. What is sealed then is
// really encrypted, under a key that goes with this process, and marked, so that nobody takes it for the system's.
// SPDX-License-Identifier: MIT

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { strictObject } from '../page/strict-object.ts';
import { standIn } from './stand-in.ts';

/** What everything sealed begins with. */
export const KEYSTORE_MARK = 'stand-in keystore: ';

const MARK = Buffer.from(KEYSTORE_MARK);
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ALGORITHM = 'aes-256-gcm';

type Finger = 'right' | 'wrong';

let key: Buffer | null = null;
let finger: Finger | null = null;
const reasons: string[] = [];

function assertUnderTest(what: string): void {
  if (!standIn().options.isUnderTest) throw new Error(`${what}: in test mode only`);
}

/** From now on this machine has a keystore. */
export function switchKeystoreOn(): void {
  assertUnderTest('switchKeystoreOn');
  key ??= randomBytes(32);
}

/** From now on this machine has a fingerprint reader, and the person puts this finger down; null takes it away. */
export function switchTouchId(on: Finger | null): void {
  assertUnderTest('switchTouchId');
  finger = on;
}

/** What the person was told the fingerprint is for, each time. */
export function touchIdReasons(): readonly string[] {
  return [...reasons];
}

function usedKey(): Buffer {
  if (key !== null) return key;
  throw new Error('Error while encrypting or decrypting: safeStorage is not available');
}

function encrypt(plainText: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, usedKey(), nonce).setAAD(MARK);
  const sealed = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()]);
  return Buffer.concat([MARK, nonce, sealed, cipher.getAuthTag()]);
}

function decrypt(encrypted: Uint8Array): string {
  const bytes = Buffer.from(encrypted);
  const from = MARK.length + NONCE_BYTES;
  const to = bytes.length - TAG_BYTES;
  const used = usedKey();
  if (to < from || !bytes.subarray(0, MARK.length).equals(MARK)) throw notOurs();
  const nonce = bytes.subarray(MARK.length, from);
  const decipher = createDecipheriv(ALGORITHM, used, nonce).setAAD(MARK);
  decipher.setAuthTag(bytes.subarray(to));
  try {
    return decipher.update(bytes.subarray(from, to), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    throw notOurs();
  }
}

function notOurs(): Error {
  return new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.');
}

export const safeStorage = strictObject('safeStorage', {
  isEncryptionAvailable: (): boolean => key !== null,
  isAsyncEncryptionAvailable: (): Promise<boolean> => Promise.resolve(key !== null),
  getSelectedStorageBackend: (): 'basic_text' | 'gnome_libsecret' =>
    key === null ? 'basic_text' : 'gnome_libsecret',
  encryptString: encrypt,
  decryptString: (encrypted: Buffer): string => decrypt(encrypted),
  // Electron's reject where the others throw.
  // eslint-disable-next-line @typescript-eslint/require-await
  encryptStringAsync: async (plainText: string): Promise<Buffer> => encrypt(plainText),
  // eslint-disable-next-line @typescript-eslint/require-await
  decryptStringAsync: async (encrypted: Buffer) => ({
    shouldReEncrypt: false,
    result: decrypt(encrypted),
  }),
});

export const systemPreferences = strictObject('systemPreferences', {
  canPromptTouchID: (): boolean => finger !== null,
  promptTouchID(reason: string): Promise<void> {
    reasons.push(reason);
    if (finger === 'right') return Promise.resolve();
    return Promise.reject(
      new Error(finger === null ? 'Biometry is not available.' : 'Authentication failed.'),
    );
  },
});
