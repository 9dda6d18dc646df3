// Items and a quick KDF for the tests of the encrypted export.
// SPDX-License-Identifier: MIT

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { ItemId } from '../../../src/shared/brand.ts';
import type { PasswordKdf } from '../../../src/main/crypto/password-kdf.ts';
import { encodeKdfBlock, KDF_FLOOR } from '../../../src/main/crypto/password-kdf.ts';
import { systemRandom } from '../../../src/main/crypto/random.ts';
import { SecretBytes } from '../../../src/main/crypto/secret-bytes.ts';
import {
  type ExportContents,
  readExport,
  writeExport,
} from '../../../src/main/transfer/encrypted-export.ts';
import type { LoginItem, PasskeyItem } from '../../../src/main/vault/item.ts';

export const PASSWORD = 'correct horse battery staple';
export const NOW = 1_790_000_000_000;

/** An entry with its private key as plain bytes, to compare by. */
export type PlainEntry =
  | { readonly item: LoginItem; readonly privateKey: null }
  | { readonly item: PasskeyItem; readonly privateKey: Uint8Array };

/** The quick stand-in for Argon2id: depends on everything that the real one does. */
export function quickKey(password: Uint8Array, salt: Uint8Array, kdfBlock: Uint8Array): Uint8Array {
  return Uint8Array.from(
    createHash('sha256').update(password).update(salt).update(kdfBlock).digest(),
  );
}

export const quickKdf: PasswordKdf = (password, salt, parameters) =>
  Promise.resolve(
    SecretBytes.take(password.use((bytes) => quickKey(bytes, salt, encodeKdfBlock(parameters)))),
  );

export const secretOf = (text: string) => SecretBytes.take(new TextEncoder().encode(text));

export function makeLogin(over: Partial<LoginItem> = {}): LoginItem {
  return {
    kind: 'login',
    id: '11'.repeat(16) as ItemId,
    title: 'Example',
    username: 'ida@example.org',
    password: 's3cret',
    urls: ['https://example.com/'],
    note: '',
    tags: [],
    favourite: false,
    createdAt: NOW - 2,
    modifiedAt: NOW - 1,
    trashedAt: null,
    ...over,
  };
}

export function makePasskey(over: Partial<PasskeyItem> = {}): PasskeyItem {
  return {
    kind: 'passkey',
    id: '22'.repeat(16) as ItemId,
    title: 'Bank',
    note: '',
    tags: [],
    favourite: true,
    createdAt: NOW - 2,
    modifiedAt: NOW - 1,
    trashedAt: null,
    rpId: 'bank.localhost',
    rpName: 'Bank',
    userHandle: Uint8Array.of(1, 2, 3),
    userName: 'ida',
    userDisplayName: 'Ida',
    credentialId: Uint8Array.from({ length: 32 }, (_, index) => index),
    algorithm: 'ES256',
    backupEligible: true,
    backupState: false,
    signCount: 0,
    ...over,
  };
}

const text = fc.string({ unit: 'binary', maxLength: 12 });
const time = fc.nat();
const base = {
  id: fc.constant('33'.repeat(16) as ItemId),
  title: text,
  note: fc.oneof(text, fc.constant('x'.repeat(30_000))),
  tags: fc.array(text, { maxLength: 3 }),
  favourite: fc.boolean(),
  createdAt: time,
  modifiedAt: time,
  trashedAt: fc.option(time),
};
const login = fc.record({
  kind: fc.constant('login' as const),
  username: text,
  password: fc.oneof(text, fc.constant('👩‍💻é\u0301\0\r\n"')),
  urls: fc.array(text, { maxLength: 3 }),
  ...base,
});
const passkey = fc.record({
  kind: fc.constant('passkey' as const),
  rpId: text,
  rpName: text,
  userHandle: fc.uint8Array({ minLength: 1, maxLength: 64 }),
  userName: text,
  userDisplayName: text,
  credentialId: fc.uint8Array({ minLength: 16, maxLength: 1023 }),
  algorithm: fc.constantFrom('ES256', 'EdDSA', 'ML-DSA-65'),
  backupEligible: fc.constant(true),
  backupState: fc.boolean(),
  signCount: fc.integer({ min: 0, max: 0xffff_ffff }),
  ...base,
});

/** Entries of every shape that the item codec takes. */
export const arbitraryEntries: fc.Arbitrary<PlainEntry[]> = fc.array(
  fc.oneof(
    login.map((item) => ({ item, privateKey: null })),
    fc.record({ item: passkey, privateKey: fc.uint8Array({ minLength: 1, maxLength: 200 }) }),
  ),
  { maxLength: 8 },
);

/** An export in one piece. */
export async function exportOf(
  entries: readonly PlainEntry[],
  options: Partial<Parameters<typeof writeExport>[1]> = {},
): Promise<Buffer> {
  using password = secretOf(PASSWORD);
  const parts: Uint8Array[] = [];
  const chunks = writeExport(lend(entries), {
    password,
    random: systemRandom,
    clock: { now: () => NOW },
    kdf: KDF_FLOOR,
    derive: quickKdf,
    ...options,
  });
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

/** Lends each key until the next entry is asked for, as the vault does. */
function* lend(entries: readonly PlainEntry[]) {
  for (const { item, privateKey } of entries) {
    using key = privateKey === null ? null : SecretBytes.take(Uint8Array.from(privateKey));
    yield { item, privateKey: key };
  }
}

export async function read(
  file: Parameters<typeof readExport>[0],
  derive: PasswordKdf = quickKdf,
  password = PASSWORD,
): Promise<ExportContents | 'wrong-password'> {
  using secret = secretOf(password);
  return await readExport(file, secret, { derive });
}

/** What was read, ids apart, with private keys as plain bytes. */
export function plain(contents: ExportContents | 'wrong-password') {
  if (contents === 'wrong-password') throw new Error('expected the right password');
  return contents.entries.map(({ item, privateKey }) => ({
    item,
    privateKey: privateKey === null ? null : privateKey.use((bytes) => Uint8Array.from(bytes)),
  }));
}

/** What must be read of entries that were written. */
export const withoutIds = (entries: readonly PlainEntry[]) =>
  entries.map(({ item: { id: _, ...item }, privateKey }) => ({ item, privateKey }));

export const SMALL: readonly PlainEntry[] = [
  { item: makeLogin(), privateKey: null },
  { item: makePasskey(), privateKey: Uint8Array.of(48, 129, 135, 2, 1, 0) },
];
/** Four body chunks, three of them full. */
export const LARGE: readonly PlainEntry[] = Array.from({ length: 5 }, (_, index) => ({
  item: makeLogin({ title: `Login ${index}`, note: String(index).repeat(45_000) }),
  privateKey: null,
}));

/** Counts how often the KDF runs. */
export function spyKdf(): { readonly derive: PasswordKdf; runs: number } {
  const spy = {
    runs: 0,
    derive: ((...input) => {
      spy.runs++;
      return quickKdf(...input);
    }) as PasswordKdf,
  };
  return spy;
}

/** Keeps what the KDF gives out, to look at later. */
export function watch(derive: PasswordKdf, handed: SecretBytes[]): PasswordKdf {
  return async (...input) => {
    const key = await derive(...input);
    handed.push(key);
    return key;
  };
}
