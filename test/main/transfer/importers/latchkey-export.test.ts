// The encrypted export as an importer: what the vault has already, what a file holds twice, what is too long.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { toHex } from '../../../../src/shared/bytes.ts';
import {
  disposeImport,
  type ImportResult,
  type KnownItems,
  toImportReport,
} from '../../../../src/main/transfer/importer.ts';
import { recognise } from '../../../../src/main/transfer/importers.ts';
import { createLatchkeyExportImporter } from '../../../../src/main/transfer/importers/latchkey-export.ts';
import { loginFingerprint } from '../../../../src/main/transfer/login-fingerprint.ts';
import {
  exportOf,
  makeLogin,
  makePasskey,
  NOW,
  PASSWORD,
  type PlainEntry,
  quickKdf,
  secretOf,
} from '../export-fixtures.ts';

const importer = createLatchkeyExportImporter(quickKdf);
const NOTHING_KNOWN: KnownItems = { hasLogin: () => false, hasPasskey: () => false };
const KEY = Uint8Array.of(9, 8, 7);

async function importOf(
  entries: readonly PlainEntry[],
  known = NOTHING_KNOWN,
  text = PASSWORD,
): Promise<ImportResult | 'wrong-password'> {
  using password = secretOf(text);
  return await importer.read({ bytes: await exportOf(entries), password, known, now: NOW });
}

async function takenOf(entries: readonly PlainEntry[], known = NOTHING_KNOWN) {
  const result = await importOf(entries, known);
  if (result === 'wrong-password') throw new Error('expected the right password');
  return result;
}

describe('latchkeyExportImporter', () => {
  it('takes logins and passkeys as they were, without their ids', async () => {
    const login = makeLogin({ tags: ['a'], trashedAt: 5 });
    const passkey = makePasskey();
    const result = await takenOf([
      { item: passkey, privateKey: KEY },
      { item: login, privateKey: null },
    ]);
    const { id: _, ...loginWithoutId } = login;
    const { id: __, ...passkeyWithoutId } = passkey;
    expect(result.logins).toEqual([loginWithoutId]);
    expect(result.passkeys.map(({ item }) => item)).toEqual([passkeyWithoutId]);
    expect(result.passkeys.map(({ privateKey }) => privateKey.use(toHex))).toEqual([toHex(KEY)]);
    expect(result).toMatchObject({ rows: 2, skipped: [], notices: [] });
  });

  it('is recognised by content, before any CSV', async () => {
    expect(recognise(await exportOf([]), 'passwords.csv')?.format).toBe('latchkey-export');
    expect(importer.recognise(new Uint8Array(7), 'vault.latchkey')).toBe(false);
  });

  it('answers a wrong password as a value', async () => {
    expect(await importOf([], NOTHING_KNOWN, 'wrong')).toBe('wrong-password');
  });

  it('must be given a password', async () => {
    const bytes = await exportOf([]);
    await expect(
      importer.read({ bytes, password: null, known: NOTHING_KNOWN, now: NOW }),
    ).rejects.toThrow('without its password');
  });

  it('leaves what the vault has alone: logins by content, passkeys by credential id', async () => {
    const known: KnownItems = {
      hasLogin: (fingerprint) => fingerprint === loginFingerprint(makeLogin()),
      hasPasskey: (credentialId) => toHex(credentialId) === toHex(makePasskey().credentialId),
    };
    const result = await takenOf(
      [
        { item: makeLogin({ tags: ['other'], favourite: true }), privateKey: null },
        { item: makeLogin({ password: 'changed' }), privateKey: null },
        { item: makePasskey({ rpId: 'elsewhere.example' }), privateKey: KEY },
        { item: makePasskey({ credentialId: new Uint8Array(16) }), privateKey: KEY },
      ],
      known,
    );
    expect(result.skipped).toEqual([
      { row: 1, line: 0, reason: 'already-in-vault' },
      { row: 3, line: 0, reason: 'already-in-vault' },
    ]);
    expect(result.logins).toHaveLength(1);
    expect(result.passkeys).toHaveLength(1);
    expect(result.rows).toBe(4);
  });

  it('keeps passkeys of one site and account apart, and takes one of a doubled credential id', async () => {
    const result = await takenOf([
      { item: makePasskey(), privateKey: KEY },
      { item: makePasskey({ credentialId: new Uint8Array(16) }), privateKey: KEY },
      { item: makePasskey({ title: 'again' }), privateKey: KEY },
    ]);
    expect(result.passkeys.map(({ item }) => item.title)).toEqual(['Bank', 'Bank']);
    expect(result.skipped).toEqual([{ row: 3, line: 0, reason: 'duplicate-in-file' }]);
  });

  it('keeps logins that are alike apart, as they were in the vault', async () => {
    const entries = [makeLogin(), makeLogin()].map((item) => ({ item, privateKey: null }));
    expect((await takenOf(entries)).logins).toHaveLength(2);
  });

  it.each([
    ['title', makeLogin({ title: 'x'.repeat(1025) })],
    ['note', makeLogin({ note: 'x'.repeat(65_537) })],
    ['user name', makeLogin({ username: 'x'.repeat(4097) })],
    ['password', makeLogin({ password: 'x'.repeat(16_385) })],
    ['URL', makeLogin({ urls: ['x'.repeat(8193)] })],
    ['list of URLs', makeLogin({ urls: Array.from({ length: 65 }, String) })],
    ['tag', makeLogin({ tags: ['x'.repeat(129)] })],
    ['list of tags', makeLogin({ tags: Array.from({ length: 65 }, String) })],
  ])('skips an item whose %s is longer than the vault takes', async (_, item) => {
    const result = await takenOf([{ item, privateKey: null }]);
    expect(result.skipped).toEqual([{ row: 1, line: 0, reason: 'field-too-long' }]);
    expect(result.rows).toBe(1);
  });

  it('reports both kinds and erases the keys when it is given up', async () => {
    const result = await takenOf([
      { item: makeLogin(), privateKey: null },
      { item: makePasskey(), privateKey: KEY },
    ]);
    const file = { token: 'a'.repeat(32), fileName: 'vault', format: importer.format };
    expect(toImportReport(result, file)).toEqual({
      ...file,
      rows: 2,
      taken: 2,
      logins: 1,
      passkeys: 1,
      skipped: [],
      notices: [],
      sample: [
        { title: 'Example', subtitle: 'ida@example.org' },
        { title: 'Bank', subtitle: 'ida' },
      ],
    });
    disposeImport(result);
    expect(result.passkeys.every(({ privateKey }) => privateKey.isDisposed)).toBe(true);
  });
});
