// The encrypted export as an importer: what the vault has already, what a file holds twice, what is too long.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import type { ItemId } from '../../../../src/shared/brand.ts';
import { joinBytes, toHex } from '../../../../src/shared/bytes.ts';
import { ITEM_KINDS } from '../../../../src/shared/model/item-kinds.ts';
import {
  countKinds,
  disposeImport,
  type ImportedItem,
  type ImportResult,
  type KnownItems,
  toImportReport,
} from '../../../../src/main/transfer/importer.ts';
import { sourceOf } from '../../../../src/main/transfer/import-source.ts';
import { recognise } from '../../../../src/main/transfer/importers.ts';
import { latchkeyExportImporter as importer } from '../../../../src/main/transfer/importers/latchkey-export.ts';
import type { Item } from '../../../../src/main/vault/item.ts';
import {
  asRead,
  breathe,
  entryOf,
  exportOf,
  makeLogin,
  makePasskey,
  newId,
  NOW,
  PASSWORD,
  type PlainEntry,
  quickKdf,
  secretOf,
} from '../export-fixtures.ts';
import { patternBytes } from '../../../support/attached-files.ts';
import { fullItem } from '../../../support/canary-items.ts';

const NOTHING_KNOWN: KnownItems = { find: () => null };
const ID = '01'.repeat(16) as ItemId;
const KEY = Uint8Array.of(48, 129, 135, 2, 1, 0);

async function importOf(
  entries: readonly PlainEntry[],
  known = NOTHING_KNOWN,
  text = PASSWORD,
): Promise<ImportResult | 'wrong-password'> {
  using password = secretOf(text);
  const file = sourceOf(await exportOf(entries));
  const onProgress = () => undefined;
  return await importer.read({
    ...{ file, password, known, now: NOW, breathe, onProgress },
    deriveKey: quickKdf,
  });
}

async function takenOf(entries: readonly PlainEntry[], known = NOTHING_KNOWN) {
  const result = await importOf(entries, known);
  if (result === 'wrong-password') throw new Error('expected the right password');
  return result;
}

const titlesOf = ({ entries }: ImportResult) => entries.map(({ item }) => item.title);
const titled = (title: string): KnownItems => ({
  find: (item) => (item.title === title ? ID : null),
});

describe('latchkeyExportImporter', () => {
  it('takes items of every kind as they were, without their ids', async () => {
    const items = ITEM_KINDS.map((kind) => ({ ...fullItem(kind, newId()), attachments: [] }));
    const entries = items.map((item) => entryOf(item as Item, patternBytes(5)));
    const result = await takenOf(entries);
    expect(result.entries.map(({ item }) => item)).toEqual(asRead(entries).map(({ item }) => item));
    expect(result).toMatchObject({ rows: ITEM_KINDS.length, skipped: [], notices: [] });
    disposeImport(result);
  });

  it('gives private keys and files with the items that have them', async () => {
    const files = [patternBytes(70_000), patternBytes(1)];
    const result = await takenOf([entryOf(makeLogin(), ...files), entryOf(makePasskey())]);
    const [login, passkey] = result.entries;
    const found = [];
    for (const { id } of login?.item.attachments ?? []) {
      const pieces: Uint8Array[] = [];
      for await (const piece of result.files?.read(id) ?? []) pieces.push(piece.slice());
      found.push(joinBytes(pieces));
    }
    expect(found).toEqual(files);
    expect(passkey?.privateKey?.use(toHex)).toBe(toHex(KEY));
    expect(login?.privateKey).toBeNull();
    disposeImport(result);
  });

  it('is recognised by content, before any CSV', async () => {
    expect(recognise(await exportOf([]), 'passwords.csv')?.format).toBe('latchkey-export');
    expect(importer.recognise(new Uint8Array(7), 'vault.latchkey')).toBe(false);
  });

  it('answers a wrong password as a value', async () => {
    expect(await importOf([], NOTHING_KNOWN, 'wrong')).toBe('wrong-password');
  });

  it('must be given a password', async () => {
    const file = sourceOf(await exportOf([]));
    const common = { known: NOTHING_KNOWN, now: NOW, breathe, deriveKey: quickKdf };
    const request = { file, password: null, ...common };
    await expect(importer.read({ ...request, onProgress: () => undefined })).rejects.toThrow(
      'without its password',
    );
  });

  it('leaves alone what the vault has, and erases the private keys of it', async () => {
    const entries = [
      entryOf(makeLogin({ title: 'there' })),
      entryOf(makeLogin({ title: 'new' })),
      entryOf(makePasskey({ title: 'there' })),
      entryOf(makePasskey({ title: 'new', credentialId: new Uint8Array(16) })),
    ];
    const result = await takenOf(entries, titled('there'));
    expect(result.skipped).toEqual([
      { row: 1, line: 0, reason: 'already-in-vault' },
      { row: 3, line: 0, reason: 'already-in-vault' },
    ]);
    expect(result.entries.map(({ number }) => number)).toEqual([2, 4]);
    expect([...result.present]).toEqual([
      [1, ID],
      [3, ID],
    ]);
    expect(result.rows).toBe(4);
  });

  it('holds the whole content against the vault', async () => {
    const asked: string[] = [];
    const find = (_item: ImportedItem, extent: string) => {
      asked.push(extent);
      return null;
    };
    await takenOf([entryOf(makeLogin()), entryOf(makePasskey())], { find });
    expect(asked).toEqual(['whole', 'whole']);
  });

  it('keeps the number of the login that a passkey belongs to', async () => {
    const login = makeLogin();
    const loginId = login.id;
    const result = await takenOf([
      entryOf(makeLogin()),
      entryOf(login),
      entryOf(makePasskey({ loginId })),
      entryOf(makePasskey({ loginId: null })),
    ]);
    expect(result.entries.map(({ belongsTo }) => belongsTo)).toEqual([null, null, 2, null]);
  });

  it('keeps passkeys of one site and account apart, and takes one of a doubled credential id', async () => {
    const credentialId = new Uint8Array(16);
    const result = await takenOf([
      entryOf(makePasskey({ title: 'a', credentialId })),
      entryOf(makePasskey({ title: 'b', credentialId: credentialId.with(0, 1) })),
      entryOf(makePasskey({ title: 'c', credentialId })),
    ]);
    expect(titlesOf(result)).toEqual(['a', 'b']);
    expect(result.skipped).toEqual([{ row: 3, line: 0, reason: 'duplicate-in-file' }]);
  });

  it('keeps items that are alike apart, as they were in the vault', async () => {
    const note = fullItem('note', newId());
    const bare = { ...note, attachments: [] } as Item;
    const entries = [makeLogin(), makeLogin(), bare, { ...bare, id: newId() }].map((item) =>
      entryOf(item),
    );
    expect((await takenOf(entries)).entries).toHaveLength(4);
  });

  const many = (count: number, length: number) =>
    Array.from({ length: count }, () => 'x'.repeat(length));
  const urls = (count: number, length: number) =>
    many(count, length).map((url) => ({ url, match: 'host' as const }));
  const section = (fields: number, label: number, value: number) => ({
    ...{ id: '01'.repeat(8), title: 's' },
    fields: Array.from({ length: fields }, () => ({
      ...{ id: '02'.repeat(8), type: 'text' as const },
      ...{ label: 'x'.repeat(label), value: 'x'.repeat(value) },
    })),
  });
  const code = (over: object) => ({
    ...{ type: 'totp' as const, secret: 'A', algorithm: 'SHA-1' as const, digits: 6, period: 30 },
    ...{ counter: 0, issuer: '', account: '', ...over },
  });
  const fits = {
    title: makeLogin({ title: 'x'.repeat(1024) }),
    note: makeLogin({ note: 'x'.repeat(65_536) }),
    field: makeLogin({ fields: { password: 'x'.repeat(16_384) } }),
    urls: makeLogin({ urls: urls(64, 1) }),
    sections: makeLogin({ sections: Array.from({ length: 32 }, () => section(1, 256, 16_384)) }),
    fields: makeLogin({ sections: [section(128, 1, 1)] }),
    code: makeLogin({ oneTimeCode: code({ issuer: 'x'.repeat(1024) }) }),
    credential: makePasskey({ credentialId: new Uint8Array(1023) }),
  };

  it.each(Object.entries(fits))('takes an item whose %s is as long as may be', async (_, item) => {
    expect((await takenOf([entryOf(item)])).entries).toHaveLength(1);
  });

  it.each([
    ['title', makeLogin({ title: 'x'.repeat(1025) })],
    ['note', makeLogin({ note: 'x'.repeat(65_537) })],
    ['user name', makeLogin({ fields: { username: 'x'.repeat(16_385) } })],
    ['password', makeLogin({ fields: { password: 'x'.repeat(16_385) } })],
    ['URL', makeLogin({ urls: urls(1, 8193) })],
    ['list of URLs', makeLogin({ urls: urls(65, 1) })],
    ['tag', makeLogin({ tags: many(1, 129) })],
    ['list of tags', makeLogin({ tags: many(65, 1) })],
    [
      'list of sections',
      makeLogin({ sections: Array.from({ length: 33 }, () => section(0, 0, 0)) }),
    ],
    ['section', makeLogin({ sections: [section(129, 1, 1)] })],
    [
      'title of a section',
      makeLogin({ sections: [{ ...section(0, 0, 0), title: 'x'.repeat(257) }] }),
    ],
    ['custom label', makeLogin({ sections: [section(1, 257, 1)] })],
    ['custom value', makeLogin({ sections: [section(1, 1, 16_385)] })],
    ['secret of a code', makeLogin({ oneTimeCode: code({ secret: 'A'.repeat(1025) }) })],
    ['account of a code', makeLogin({ oneTimeCode: code({ account: 'A'.repeat(1025) }) })],
    [
      'list of former passwords',
      makeLogin({ formerPasswords: many(257, 1).map((value) => ({ value, replacedAt: 1 })) }),
    ],
    ['credential id', makePasskey({ credentialId: new Uint8Array(1024) })],
    ['relying party', makePasskey({ rpName: 'x'.repeat(16_385) })],
  ])('skips an item whose %s is longer than the vault takes', async (_, item) => {
    const result = await takenOf([entryOf(item)]);
    expect(result.skipped).toEqual([{ row: 1, line: 0, reason: 'field-too-long' }]);
    expect(result.rows).toBe(1);
  });

  it('skips an item with more files than the vault takes, or one of too long a name', async () => {
    const files = Array.from({ length: 129 }, () => new Uint8Array(0));
    const named = entryOf(makeLogin(), patternBytes(1));
    const attachments = named.item.attachments.map((one) => ({ ...one, name: 'x'.repeat(256) }));
    const long = { ...named, item: { ...named.item, attachments } as Item };
    const result = await takenOf([entryOf(makeLogin(), ...files), long]);
    expect(result.skipped.map(({ reason }) => reason)).toEqual([
      'field-too-long',
      'field-too-long',
    ]);
  });

  it('reports every kind and erases the keys when it is given up', async () => {
    const result = await takenOf([
      entryOf(makeLogin(), patternBytes(300), patternBytes(2)),
      entryOf(makePasskey()),
    ]);
    const file = { token: 'a'.repeat(32), fileName: 'vault', format: importer.format };
    expect(toImportReport(result, file)).toEqual({
      ...file,
      ...{ rows: 2, taken: 2, skipped: [], notices: [], files: 2, fileBytes: 302 },
      kinds: countKinds(['login', 'passkey']),
      sample: [
        { kind: 'login', title: 'Canary-title', subtitle: 'canary-user@example.org' },
        { kind: 'passkey', title: 'Canary-passkey', subtitle: 'canary-passkey-user' },
      ],
    });
    disposeImport(result);
    const keys = result.entries.flatMap(({ privateKey }) => privateKey ?? []);
    expect(keys.map(({ isDisposed }) => isDisposed)).toEqual([true]);
    const [first] = result.entries[0]?.item.attachments ?? [];
    const reading = result.files
      ?.read(first?.id ?? '')
      [Symbol.asyncIterator]()
      .next();
    await expect(reading).rejects.toThrow('used after dispose');
  });
});
