// The encrypted export: what goes in comes out, and nothing else than what went in ever does.
// SPDX-License-Identifier: MIT

import { argon2Sync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../../src/shared/bytes.ts';
import { ITEM_KINDS } from '../../../src/shared/model/item-kinds.ts';
import { derivePasswordKey, KDF_FLOOR } from '../../../src/main/crypto/password-kdf.ts';
import type { SecretBytes } from '../../../src/main/crypto/secret-bytes.ts';
import { exportFileBytes, writeExport } from '../../../src/main/transfer/encrypted-export.ts';
import { bodyChunksOf, planExport } from '../../../src/main/transfer/export-body.ts';
import type { ImportSource } from '../../../src/main/transfer/import-source.ts';
import {
  arbitraryEntries,
  asRead,
  breathe,
  contentOf,
  entryOf,
  exportOf,
  LARGE,
  makeLogin,
  makePasskey,
  newId,
  NOW,
  PASSWORD,
  plain,
  type PlainEntry,
  quickKdf,
  quickKeyOf,
  quickOptions,
  read,
  secretOf,
  SMALL,
  spyKdf,
  watch,
} from './export-fixtures.ts';
import { decodeContainer, HEADER_BYTES } from './independent-export.ts';
import { patternBytes } from '../../support/attached-files.ts';
import { fullItem } from '../../support/canary-items.ts';

describe('writeExport and readExport', () => {
  it('give back any items, private keys and files, and agree with the independent decoder', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryEntries, async (entries) => {
        const file = await exportOf(entries);
        const expected = asRead(entries);
        expect(await plain(await read(file))).toEqual(expected);
        const { entries: decoded } = decodeContainer(file, quickKeyOf);
        expect(
          decoded.map(({ item, privateKey, files }) => ({
            item,
            privateKey: toHex(privateKey),
            files: files.map(toHex),
          })),
        ).toEqual(
          expected.map(({ item, privateKey, files }) => ({
            item: toJson(item),
            privateKey: toHex(privateKey ?? new Uint8Array()),
            files: files.map(toHex),
          })),
        );
      }),
      { numRuns: 150 },
    );
  });

  it.each(ITEM_KINDS)('carry a %s with everything that an item can have', async (kind) => {
    const { attachments: _, ...bare } = fullItem(kind, newId());
    const item = { ...bare, attachments: [] } as ReturnType<typeof fullItem>;
    const entries = [entryOf(item, patternBytes(70_000), new Uint8Array(0))];
    expect(await plain(await read(await exportOf(entries)))).toEqual(asRead(entries));
  });

  it.each([
    ['no item at all', []],
    ['a login and a passkey', SMALL],
    ['several chunks', LARGE],
  ])('agree with the independent decoder on %s', async (_, entries) => {
    const file = await exportOf(entries);
    const { manifest, entries: decoded } = decodeContainer(file, quickKeyOf);
    const files = entries.flatMap((entry) => entry.files);
    const count = (kind: string) => entries.filter(({ item }) => item.kind === kind).length;
    expect(manifest).toMatchObject({
      ...{ schema: 1, itemSchema: 1, files: files.length },
      fileBytes: files.reduce((sum, { length }) => sum + length, 0),
      counts: { login: count('login'), passkey: count('passkey'), note: 0 },
    });
    expect(decoded.map(({ item }) => item.title)).toEqual(entries.map(({ item }) => item.title));
    expect(await plain(await read(file))).toEqual(asRead(entries));
  });

  it('know the length of the file before its first byte', async () => {
    for (const entries of [[], SMALL, LARGE]) {
      const plan = await planExport(contentOf(entries), breathe);
      expect((await exportOf(entries)).length).toBe(exportFileBytes(plan));
    }
  });

  it('work with the real KDF, which the independent decoder takes from another library', async () => {
    const file = await exportOf(SMALL, { derive: derivePasswordKey });
    const { entries } = decodeContainer(file, (fields) =>
      argon2Sync('argon2id', {
        message: PASSWORD,
        nonce: fields.subarray(25, 41),
        parallelism: 1,
        tagLength: 32,
        memory: 65_536,
        passes: 3,
      }),
    );
    expect(entries).toHaveLength(2);
    expect(await plain(await read(file, derivePasswordKey))).toEqual(asRead(SMALL));
  });

  it('write the time into the header and read it back', async () => {
    expect(await read(await exportOf([]))).toMatchObject({ createdAt: NOW, entries: [] });
  });

  it('keep the login that a passkey belongs to, and leave a passkey alone whose login is not there', async () => {
    const [login, other] = [makeLogin(), makeLogin()];
    const passkeys = [login.id, other.id, null].map((loginId) => entryOf(makePasskey({ loginId })));
    const entries = [entryOf(makeLogin()), entryOf(login), ...passkeys, entryOf(other)];
    const found = await plain(await read(await exportOf(entries)));
    const logins = found.map(({ item }) => (item.kind === 'passkey' ? item.loginId : 'none'));
    expect(logins).toEqual(['none', 'none', '2'.padStart(32, '0'), null, null, 'none']);
  });

  it('give files in any order, as often as they are asked for', async () => {
    const files = [70_000, 0, 5, 65_536, 200_000].map((size) => patternBytes(size, String(size)));
    const contents = await read(await exportOf([entryOf(makeLogin(), ...files)]));
    if (contents === 'wrong-password') throw new Error('expected the right password');
    for (const number of [5, 1, 3, 2, 4, 1]) {
      const pieces: Uint8Array[] = [];
      for await (const piece of contents.files.read(number)) pieces.push(piece.slice());
      expect(Buffer.concat(pieces).equals(files[number - 1] ?? Buffer.of(1))).toBe(true);
    }
    await expect(contents.files.read(6).next()).rejects.toThrow('no file of this number');
    contents.files[Symbol.dispose]();
    await expect(contents.files.read(1).next()).rejects.toThrow('used after dispose');
  });

  it('read no more of a file at once than 1 MiB', async () => {
    const file = await exportOf([entryOf(makeLogin(), patternBytes(5 * 1024 * 1024))]);
    const lengths: number[] = [];
    const source: ImportSource = {
      sizeBytes: file.length,
      read: (offset, length) => {
        lengths.push(length);
        return Promise.resolve(Uint8Array.from(file.subarray(offset, offset + length)));
      },
    };
    expect((await plain(await read(source)))[0]?.files[0]).toEqual(patternBytes(5 * 1024 * 1024));
    expect(Math.max(...lengths)).toBeLessThanOrEqual(16 * (65_536 + 40));
    // Once to verify it, once to take the file.
    const total = lengths.reduce((sum, length) => sum + length, 0);
    expect(total).toBeLessThan(2.1 * file.length);
  });

  it('never make the same bytes twice', async () => {
    const [a, b] = await Promise.all([exportOf(SMALL), exportOf(SMALL)]);
    expect(a.subarray(25, 57)).not.toEqual(b.subarray(25, 57));
    expect(a.subarray(HEADER_BYTES)).not.toEqual(b.subarray(HEADER_BYTES));
  });

  it('make files of equal size for contents of one bucket', async () => {
    const sizes = await Promise.all(
      [60, 61, 75, 90].map(async (length) => {
        const password = 'x'.repeat(length);
        const file = await exportOf([entryOf(makeLogin({ fields: { password } }))]);
        return file.length;
      }),
    );
    expect(new Set(sizes).size).toBe(1);
  });

  it('keep every word of the content out of the file', async () => {
    const canaries = [
      'canary-title',
      'canary-user',
      'canary-pass',
      'https://canary.example/',
      'canary.rp',
    ];
    const [title = '', username = '', password = '', url = '', rpId = ''] = canaries;
    const key = Buffer.from('canary-private-key-canary');
    const canaryFile = 'canary-content-of-a-file';
    const login = makeLogin({
      ...{ title, fields: { username, password }, note: title },
      urls: [{ url, match: 'exact' }],
    });
    const passkey = makePasskey({ rpId, userName: username });
    const entries: PlainEntry[] = [
      entryOf(login, Buffer.from(canaryFile)),
      { ...entryOf(passkey), privateKey: key },
    ];
    const words = [...canaries, key.toString(), canaryFile];
    const file = await exportOf(entries);
    expect(words.filter((word) => occursIn(file, word))).toEqual([]);
    expect(occursIn(file, PASSWORD)).toBe(false);
    // The same search finds every word where it is, in any form, so it would have found it above.
    const content = contentOf(entries);
    const plan = await planExport(content, breathe);
    const body = Array.from(bodyChunksOf(plan, content), (chunk) => Buffer.from(chunk));
    expect(body).toHaveLength(1);
    for (const left of [...body, ...formsOf(`-${words.join('-')}-`)]) {
      expect(words.filter((word) => occursIn(left, word))).toEqual(words);
    }
  });

  it('erase the key when whoever takes the chunks goes away early', async () => {
    const handed: SecretBytes[] = [];
    using password = secretOf(PASSWORD);
    const content = contentOf(SMALL);
    const chunks = writeExport(await planExport(content, breathe), content, {
      ...quickOptions(password),
      derive: watch(quickKdf, handed),
    });
    await chunks.next();
    expect(handed.map(({ isDisposed }) => isDisposed)).toEqual([false]);
    await chunks.return();
    expect(handed.map(({ isDisposed }) => isDisposed)).toEqual([true]);
  });

  it('refuse to write what must not leave', async () => {
    const deviceBound = entryOf(makePasskey({ backupEligible: false }));
    await expect(exportOf([deviceBound])).rejects.toThrow('not backup eligible');
    const withoutKey = { ...entryOf(makePasskey()), privateKey: null };
    await expect(exportOf([withoutKey])).rejects.toThrow('passkeys have a private key');
    const withKey = { ...entryOf(makeLogin()), privateKey: Uint8Array.of(1) };
    await expect(exportOf([withKey])).rejects.toThrow('passkeys have a private key');
  });

  it('leave out what cannot be opened when it is looked at, and stop where it cannot be opened later', async () => {
    using password = secretOf(PASSWORD);
    const [a = entryOf(makeLogin()), b = a, c = a] = [1, 2, 3].map(() => entryOf(makeLogin()));
    const content = contentOf([a, b, c]);
    const without = (id: string) => ({
      ...content,
      open: (one: typeof a.item.id) => (one === id ? null : content.open(one)),
    });
    const plan = await planExport(without(b.item.id), breathe);
    expect(plan.ids).toEqual([a.item.id, c.item.id]);
    const write = async (now: typeof content) => {
      for await (const _ of writeExport(plan, now, quickOptions(password)));
    };
    await expect(write(content)).resolves.toBeUndefined();
    await expect(write(without(c.item.id))).rejects.toMatchObject({ code: 'vault/item-damaged' });
  });

  it('stop where an item or a file is not what it was when it was looked at', async () => {
    using password = secretOf(PASSWORD);
    const entry = entryOf(makeLogin(), patternBytes(100));
    const content = contentOf([entry]);
    const plan = await planExport(content, breathe);
    const longer = { ...entry, item: { ...entry.item, title: 'another one' } };
    const others = [
      { ...content, open: (id: typeof entry.item.id) => contentOf([longer]).open(id) },
      { ...content, file: () => [patternBytes(99)] },
      { ...content, file: () => [patternBytes(100), patternBytes(1)] },
      { ...content, file: () => [] },
    ];
    for (const other of others) {
      const write = async () => {
        for await (const _ of writeExport(plan, other, quickOptions(password)));
      };
      await expect(write()).rejects.toThrow('as planned');
    }
  });

  it('refuse KDF parameters out of bounds before the KDF runs', async () => {
    const spy = spyKdf();
    const kdf = { ...KDF_FLOOR, memoryKib: KDF_FLOOR.memoryKib - 1 };
    await expect(exportOf([], { kdf, derive: spy.derive })).rejects.toMatchObject({
      code: 'crypto/parameters-refused',
    });
    expect(spy.runs).toBe(0);
  });

  it('open the export that version 1 was specified with', async () => {
    const { password, container, entries } = readFixture('export-v1.json');
    const contents = await read(Buffer.from(container, 'base64'), derivePasswordKey, password);
    expect((await plain(contents)).map(withHex)).toEqual(entries);
  });

  it('write and read 5,000 items without trouble', async () => {
    const entries = Array.from({ length: 5000 }, (_, index) =>
      entryOf(makeLogin({ title: `Login ${index}` })),
    );
    const byId = new Map(entries.map((entry) => [entry.item.id, entry]));
    const content = {
      ...contentOf(entries),
      open: (id: (typeof entries)[0]['item']['id']) => {
        const entry = byId.get(id);
        return entry === undefined ? null : { item: entry.item, privateKey: null };
      },
    };
    using password = secretOf(PASSWORD);
    const plan = await planExport(content, breathe);
    const parts: Uint8Array[] = [];
    for await (const part of writeExport(plan, content, quickOptions(password))) parts.push(part);
    expect(await plain(await read(Buffer.concat(parts)))).toHaveLength(5000);
  }, 30_000);
});

function readFixture(name: string) {
  const file = readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');
  return JSON.parse(file) as { password: string; container: string; entries: unknown[] };
}

/** Bytes as hexadecimal, as the fixture has them. */
function withHex(entry: Awaited<ReturnType<typeof plain>>[number]): unknown {
  const hex = (_: string, value: unknown) => (value instanceof Uint8Array ? toHex(value) : value);
  return JSON.parse(JSON.stringify(entry, hex));
}

/** An item as JSON has it: bytes as base64url. */
function toJson(item: object): unknown {
  const base64Url = (_: string, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64url') : value;
  return JSON.parse(JSON.stringify(item, base64Url));
}

/** What a program might leave `text` as. */
function formsOf(text: string): readonly Buffer[] {
  const utf8 = Buffer.from(text);
  const hex = utf8.toString('hex');
  return [
    utf8,
    Buffer.from(text, 'utf16le'),
    ...[hex, hex.toUpperCase(), utf8.toString('base64'), utf8.toString('base64url')].map((form) =>
      Buffer.from(form),
    ),
  ];
}

/** Whether `word` is in `bytes` in any of these forms, wherever base64 begins. */
function occursIn(bytes: Buffer, word: string): boolean {
  const utf8 = Buffer.from(word);
  const base64 = [0, 1, 2].map((shift) => {
    // The middle of the base64 form does not depend on what stands around, one form for each alignment.
    const text = Buffer.concat([Buffer.alloc(shift), utf8]).toString('base64');
    return text.slice(4, Math.floor(text.length / 4) * 4 - 4);
  });
  const forms = [...formsOf(word).slice(0, 4), ...base64.map((text) => Buffer.from(text))];
  return forms.some((form) => bytes.includes(form));
}
