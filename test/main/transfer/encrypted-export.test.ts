// The encrypted export: what goes in comes out, and nothing else than what went in ever does.
// SPDX-License-Identifier: MIT

import { argon2Sync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../../src/shared/bytes.ts';
import { readyAead } from '../../../src/main/crypto/aead.ts';
import { derivePasswordKey, KDF_FLOOR } from '../../../src/main/crypto/password-kdf.ts';
import { systemRandom } from '../../../src/main/crypto/random.ts';
import { SecretBytes } from '../../../src/main/crypto/secret-bytes.ts';
import { writeExport } from '../../../src/main/transfer/encrypted-export.ts';
import { encodeExportBody } from '../../../src/main/transfer/export-body.ts';
import {
  arbitraryEntries,
  exportOf,
  LARGE,
  makeLogin,
  makePasskey,
  NOW,
  PASSWORD,
  plain,
  type PlainEntry,
  quickKdf,
  quickKey,
  read,
  secretOf,
  SMALL,
  spyKdf,
  watch,
  withoutIds,
} from './export-fixtures.ts';
import { decodeContainer, HEADER_BYTES } from './independent-export.ts';

/** The independent decoder's way from the header's fields to the quick key. */
const quickKeyOf = (fields: Uint8Array) =>
  quickKey(Buffer.from(PASSWORD), fields.subarray(25, 41), fields.subarray(11, 25));

describe('writeExport and readExport', () => {
  it('give back any items, passkeys and their private keys', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryEntries, async (entries) => {
        expect(plain(await read(await exportOf(entries)))).toEqual(withoutIds(entries));
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['no item at all', []],
    ['a login and a passkey', SMALL],
    ['several chunks', LARGE],
  ])('agree with the independent decoder on %s', async (_, entries) => {
    const file = await exportOf(entries);
    const { manifest, entries: decoded } = decodeContainer(file, quickKeyOf);
    expect(manifest).toMatchObject({
      schema: 1,
      itemSchema: 1,
      counts: {
        login: entries.filter(({ privateKey }) => privateKey === null).length,
        passkey: entries.filter(({ privateKey }) => privateKey !== null).length,
      },
    });
    expect(decoded.map(({ overview }) => overview.title)).toEqual(
      entries.map(({ item }) => item.title),
    );
    expect(decoded.map(({ privateKey }) => privateKey.toString('hex'))).toEqual(
      entries.map(({ privateKey }) => Buffer.from(privateKey ?? []).toString('hex')),
    );
    expect(plain(await read(file))).toEqual(withoutIds(entries));
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
    expect(plain(await read(file, derivePasswordKey))).toEqual(withoutIds(SMALL));
  });

  it('write the time into the header and read it back', async () => {
    expect(await read(await exportOf([]))).toEqual({ createdAt: NOW, entries: [] });
  });

  it('read a file that comes in pieces of any size', async () => {
    const file = await exportOf(SMALL);
    for (const size of [1, 7, 1000, file.length]) {
      expect(plain(await read(pieces(file, size)))).toEqual(withoutIds(SMALL));
    }
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
        const file = await exportOf([{ item: makeLogin({ password }), privateKey: null }]);
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
    const entries: PlainEntry[] = [
      {
        item: makeLogin({ title, username, password, urls: [url], note: title }),
        privateKey: null,
      },
      { item: makePasskey({ rpId, userName: username }), privateKey: key },
    ];
    const words = [...canaries, key.toString()];
    const file = await exportOf(entries);
    expect(words.filter((word) => occursIn(file, word))).toEqual([]);
    expect(occursIn(file, PASSWORD)).toBe(false);
    // The same search finds every word where it is, in any form, so it would have found it above.
    using privateKey = SecretBytes.take(Uint8Array.from(key));
    const { body } = encodeExportBody(
      entries.map(({ item }) => ({
        item,
        privateKey: item.kind === 'passkey' ? privateKey : null,
      })),
    );
    expect(words.filter((word) => occursIn(Buffer.from(body), word))).toEqual(words);
    for (const left of formsOf(`-${words.join('-')}-`)) {
      expect(words.filter((word) => occursIn(left, word))).toEqual(words);
    }
  });

  it('erase the key when whoever takes the chunks goes away early', async () => {
    const handed: SecretBytes[] = [];
    using password = secretOf(PASSWORD);
    const chunks = writeExport([], {
      password,
      random: systemRandom,
      clock: { now: () => NOW },
      kdf: KDF_FLOOR,
      derive: watch(quickKdf, handed),
    });
    await chunks.next();
    expect(handed.map(({ isDisposed }) => isDisposed)).toEqual([false]);
    await chunks.return();
    expect(handed.map(({ isDisposed }) => isDisposed)).toEqual([true]);
  });

  it('refuse to write what must not leave', async () => {
    const deviceBound = makePasskey({ backupEligible: false });
    await expect(exportOf([{ item: deviceBound, privateKey: Uint8Array.of(1) }])).rejects.toThrow(
      'not backup eligible',
    );
  });

  it('refuse KDF parameters out of bounds before the KDF runs', async () => {
    const spy = spyKdf();
    const kdf = { ...KDF_FLOOR, memoryKib: KDF_FLOOR.memoryKib - 1 };
    await expect(exportOf([], { kdf, derive: spy.derive })).rejects.toMatchObject({
      code: 'crypto/parameters-refused',
    });
    expect(spy.runs).toBe(0);
  });

  it('open the export that version 1 was released with', async () => {
    const { password, container, entries } = readFixture('export-v1.json');
    const contents = await read(Buffer.from(container, 'base64'), derivePasswordKey, password);
    expect(plain(contents).map(toJson)).toEqual(entries);
  });

  it('write and read 5,000 items without trouble', async () => {
    await readyAead();
    const entries: PlainEntry[] = Array.from({ length: 5000 }, (_, index) => ({
      item: makeLogin({ title: `Login ${index}` }),
      privateKey: null,
    }));
    expect(plain(await read(await exportOf(entries)))).toHaveLength(5000);
  }, 30_000);
});

function readFixture(name: string) {
  const text = readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');
  return JSON.parse(text) as { password: string; container: string; entries: unknown[] };
}

/** Bytes as hexadecimal, as the fixture has them. */
function toJson({ item, privateKey }: ReturnType<typeof plain>[number]): unknown {
  const hex = (_: string, value: unknown) => (value instanceof Uint8Array ? toHex(value) : value);
  return JSON.parse(JSON.stringify({ item, privateKey }, hex));
}

async function* pieces(file: Buffer, size: number) {
  for (let at = 0; at < file.length; at += size) {
    yield await Promise.resolve(file.subarray(at, at + size));
  }
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
