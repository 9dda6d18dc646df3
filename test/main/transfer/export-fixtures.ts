// Items of every kind, files and a quick KDF for the tests of the encrypted export.
// SPDX-License-Identifier: MIT

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { ItemId } from '../../../src/shared/brand.ts';
import { joinBytes, toHex } from '../../../src/shared/bytes.ts';
import {
  CUSTOM_TYPES,
  fieldsOf,
  ITEM_KINDS,
  type ItemKind,
  URL_MATCHES,
  type UrlMatch,
} from '../../../src/shared/model/item-kinds.ts';
import type { PasswordKdf } from '../../../src/main/crypto/password-kdf.ts';
import { encodeKdfBlock, KDF_FLOOR } from '../../../src/main/crypto/password-kdf.ts';
import { systemRandom } from '../../../src/main/crypto/random.ts';
import { SecretBytes } from '../../../src/main/crypto/secret-bytes.ts';
import {
  type ExportContents,
  readExport,
  writeExport,
  type WriteExportOptions,
} from '../../../src/main/transfer/encrypted-export.ts';
import { type ExportContent, planExport } from '../../../src/main/transfer/export-body.ts';
import type { Item, LoginItem, PasskeyItem } from '../../../src/main/vault/item.ts';
import { patternBytes } from '../../support/attached-files.ts';
import { loginItem, passkeyItem } from '../../support/canary-items.ts';

export const PASSWORD = 'correct horse battery staple';
export const NOW = 1_790_000_000_000;

/** An entry with its private key and its files as plain bytes, to compare by. */
export interface PlainEntry {
  readonly item: Item;
  readonly privateKey: Uint8Array | null;
  /** Of its attachments, in their order. */
  readonly files: readonly Uint8Array[];
}

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

/** The independent implementation's way from the header's fields to the quick key. */
export const quickKeyOf = (fields: Uint8Array) =>
  quickKey(Buffer.from(PASSWORD), fields.subarray(25, 41), fields.subarray(11, 25));

export const secretOf = (text: string) => SecretBytes.take(new TextEncoder().encode(text));

let nextId = 0;

/** Another one each time. */
export function newId(): ItemId {
  nextId += 1;
  return nextId.toString(16).padStart(32, 'a') as ItemId;
}

export function makeLogin(over: Parameters<typeof loginItem>[1] = {}): LoginItem {
  return loginItem(newId(), over);
}

export function makePasskey(over: Partial<PasskeyItem> = {}): PasskeyItem {
  return passkeyItem(newId(), over);
}

export function entryOf(item: Item, ...files: readonly Uint8Array[]): PlainEntry {
  const attachments = files.map((bytes, index) => ({
    ...{ id: newId(), name: `file ${index}.bin`, sizeBytes: bytes.length },
    addedAt: NOW - 3,
  }));
  const privateKey = item.kind === 'passkey' ? Uint8Array.of(48, 129, 135, 2, 1, 0) : null;
  return { item: files.length === 0 ? item : { ...item, attachments }, privateKey, files };
}

/** Plain objects: nothing else can be encoded. */
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(model, { noNullPrototype: true });
const text = fc.string({ unit: 'binary', maxLength: 12 });
const time = fc.nat();
const hex = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((id) => toHex(id));
const customField = record({
  ...{ id: hex(8), label: text, value: text },
  type: fc.constantFrom(...CUSTOM_TYPES),
});
const oneTimeCode = record({
  type: fc.constantFrom('totp' as const, 'hotp' as const, 'steam' as const),
  secret: text,
  algorithm: fc.constantFrom('SHA-1' as const, 'SHA-256' as const, 'SHA-512' as const),
  digits: fc.integer({ min: 1, max: 10 }),
  ...{ period: time, counter: time, issuer: text, account: text },
});
const base = {
  id: hex(16).map((id) => id as ItemId),
  title: text,
  note: fc.oneof(text, fc.constant('x'.repeat(30_000))),
  tags: fc.array(text, { maxLength: 3 }),
  favourite: fc.boolean(),
  ...{ createdAt: time, modifiedAt: time, archivedAt: fc.option(time), trashedAt: fc.option(time) },
  urls: fc.array(
    record({ url: text, match: fc.constantFrom(...(Object.keys(URL_MATCHES) as UrlMatch[])) }),
    { maxLength: 3 },
  ),
  sections: fc.array(
    record({ id: hex(8), title: text, fields: fc.array(customField, { maxLength: 3 }) }),
    { maxLength: 2 },
  ),
  oneTimeCode: fc.option(oneTimeCode),
  formerPasswords: fc.array(record({ value: text, replacedAt: time }), { maxLength: 2 }),
};
const credential = record({
  ...{ rpId: text, rpName: text, userName: text, userDisplayName: text },
  userHandle: fc.uint8Array({ minLength: 1, maxLength: 64 }),
  credentialId: fc.uint8Array({ minLength: 16, maxLength: 1023 }),
  algorithm: fc.constantFrom('ES256', 'EdDSA', 'ML-DSA-65'),
  backupEligible: fc.constant(true),
  backupState: fc.boolean(),
  signCount: fc.integer({ min: 0, max: 0xffff_ffff }),
});
const file = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.constantFrom(0, 65_535, 65_536, 65_537, 140_000).map((length) => patternBytes(length)),
);

function ofKind(kind: ItemKind): fc.Arbitrary<PlainEntry> {
  const fields = Object.fromEntries(fieldsOf(kind).map(([name]) => [name, text]));
  return record({
    item: record({ ...base, kind: fc.constant(kind), fields: record(fields) }),
    credential,
    files: fc.array(file, { maxLength: 2 }),
    privateKey: fc.uint8Array({ minLength: 1, maxLength: 200 }),
  }).map(({ item, credential: made, files, privateKey }) => {
    const isPasskey = kind === 'passkey';
    const attachments = files.map((bytes, index) => ({
      ...{ id: newId(), name: `${index} é`, sizeBytes: bytes.length, addedAt: index },
    }));
    const whole = { ...item, attachments, ...(isPasskey ? { ...made, loginId: null } : {}) };
    return { item: whole as unknown as Item, privateKey: isPasskey ? privateKey : null, files };
  });
}

/** Entries of every shape that the item codec takes, some passkeys with a login that comes before them. */
export const arbitraryEntries: fc.Arbitrary<readonly PlainEntry[]> = fc
  .array(fc.oneof(...ITEM_KINDS.map(ofKind)), { maxLength: 8 })
  .map((entries) => entries.map((entry, index) => belonging(entry, entries.slice(0, index))));

function belonging(entry: PlainEntry, before: readonly PlainEntry[]): PlainEntry {
  const login = before.find(({ item }) => item.kind === 'login');
  if (entry.item.kind !== 'passkey' || login === undefined) return entry;
  return { ...entry, item: { ...entry.item, loginId: login.item.id } };
}

/** Lends what the entries hold, as the vault does. */
export function contentOf(entries: readonly PlainEntry[]): ExportContent {
  const found = (id: ItemId): PlainEntry => {
    const entry = entries.find(({ item }) => item.id === id);
    if (entry === undefined) throw new Error('fixture: no such entry');
    return entry;
  };
  return {
    ids: entries.map(({ item }) => item.id),
    open: (id) => {
      const { item, privateKey } = found(id);
      const key = privateKey === null ? null : SecretBytes.take(Uint8Array.from(privateKey));
      return { item, privateKey: key };
    },
    *file(itemId, attachment) {
      const { item, files } = found(itemId);
      const bytes = files[item.attachments.findIndex(({ id }) => id === attachment)];
      if (bytes === undefined) throw new Error('fixture: no such file');
      // In pieces of a size that fits nowhere.
      for (let at = 0; at < bytes.length; at += 50_001) {
        yield Uint8Array.from(bytes.subarray(at, at + 50_001));
      }
    },
  };
}

export const breathe = (): Promise<void> => Promise.resolve();

export const quickOptions = (password: SecretBytes): WriteExportOptions => ({
  ...{ password, random: systemRandom, clock: { now: () => NOW } },
  ...{ kdf: KDF_FLOOR, derive: quickKdf },
});

/** An export in one piece. */
export async function exportOf(
  entries: readonly PlainEntry[],
  options: Partial<WriteExportOptions> = {},
): Promise<Buffer> {
  using password = secretOf(PASSWORD);
  const content = contentOf(entries);
  const plan = await planExport(content, breathe);
  const parts: Uint8Array[] = [];
  for await (const chunk of writeExport(plan, content, { ...quickOptions(password), ...options })) {
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

export async function read(
  source: Parameters<typeof readExport>[0],
  derive: PasswordKdf = quickKdf,
  password = PASSWORD,
): Promise<ExportContents | 'wrong-password'> {
  using secret = secretOf(password);
  return await readExport(source, secret, { derive });
}

/** What was read, with private keys and files as plain bytes. Gives the contents up. */
export async function plain(contents: ExportContents | 'wrong-password') {
  if (contents === 'wrong-password') throw new Error('expected the right password');
  let file = 0;
  const entries = [];
  for (const { item, privateKey } of contents.entries) {
    const files: Uint8Array[] = [];
    for (const _ of item.attachments) {
      file += 1;
      const pieces: Uint8Array[] = [];
      for await (const piece of contents.files.read(file)) pieces.push(piece.slice());
      files.push(joinBytes(pieces));
    }
    const key = privateKey === null ? null : privateKey.use((bytes) => Uint8Array.from(bytes));
    privateKey?.dispose();
    entries.push({ item, privateKey: key, files });
  }
  contents.files[Symbol.dispose]();
  return entries;
}

/** What must be read of entries that were written: numbers in the place of ids. */
export function asRead(entries: readonly PlainEntry[]) {
  let file = 0;
  const number = (value: number) => value.toString(16).padStart(32, '0');
  return entries.map(({ item: { id: _, ...item }, privateKey, files }) => {
    const attachments = item.attachments.map((one) => ({ ...one, id: number((file += 1)) }));
    if (item.kind !== 'passkey') return { item: { ...item, attachments }, privateKey, files };
    const login = entries.findIndex((one) => one.item.id === item.loginId) + 1;
    const loginId = login === 0 ? null : number(login);
    return { item: { ...item, attachments, loginId }, privateKey, files };
  });
}

const LOGIN = makeLogin({ title: 'Small' });
export const SMALL: readonly PlainEntry[] = [
  entryOf(LOGIN, patternBytes(10)),
  entryOf(makePasskey({ loginId: LOGIN.id })),
];
/** Five body chunks, four of them full, the last two of a file. */
export const LARGE: readonly PlainEntry[] = [
  ...Array.from({ length: 4 }, (_, index) =>
    entryOf(makeLogin({ title: `Login ${index}`, note: String(index).repeat(45_000) })),
  ),
  entryOf(makeLogin(), patternBytes(100_000)),
];

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
