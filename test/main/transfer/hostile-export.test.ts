// Exports made with the right password by somebody else: every rule of the format broken one at a time, sealed
// soundly by the independent implementation.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import type { PasswordKdf } from '../../../src/main/crypto/password-kdf.ts';
import { patternBytes } from '../../support/attached-files.ts';
import { canonical, type Json } from '../../support/independent/bytes.ts';
import { plain, quickKdf, quickKeyOf as keyOf, read } from './export-fixtures.ts';
import {
  bodyOf,
  type Chunk,
  chunksOf,
  encodeContainer,
  encodeFields,
  type FieldsInput,
  manifestFields,
  manifestOf,
} from './independent-export.ts';

const NO_BYTES = Buffer.alloc(0);
const LOGIN = {
  archivedAt: null,
  attachments: [],
  createdAt: 1,
  favourite: false,
  fields: { password: 'p', username: 'u' },
  formerPasswords: [],
  kind: 'login',
  modifiedAt: 2,
  note: 'n',
  oneTimeCode: null,
  sections: [],
  tags: [],
  title: 't',
  trashedAt: null,
  urls: [],
};
const PASSKEY = {
  ...LOGIN,
  ...{ kind: 'passkey', fields: {}, loginId: null, rpId: 'r', rpName: '', userName: 'u' },
  ...{ userHandle: 'AA', userDisplayName: '', credentialId: 'AAAA', algorithm: 'ES256' },
  ...{ backupEligible: true, backupState: false, signCount: 0 },
};
const KEY = Buffer.of(1, 2);
const ONE_LOGIN = entry(LOGIN);

const id = (number: number) => number.toString(16).padStart(32, '0');
const file = (number: number, sizeBytes: number, name = 'f') => ({
  ...{ addedAt: 3, id: id(number), name, sizeBytes },
});

function frame(part: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(part.length);
  return Buffer.concat([length, part]);
}

function entry(item: unknown, key: Uint8Array = NO_BYTES): Buffer {
  const json = Buffer.isBuffer(item) ? item : Buffer.from(canonical(item as Json));
  return Buffer.concat([frame(json), frame(key)]);
}

/** Manifest and body around entries and files, with the members of the manifest that are to be wrong. */
function parts(entries: Buffer, told: Record<string, unknown> = {}, files: Uint8Array = NO_BYTES) {
  const fields = {
    ...{ entryBytes: entries.length, fileBytes: files.length, files: 0, counts: { login: 1 } },
    ...told,
  } as Parameters<typeof manifestFields>[0];
  const manifest = manifestOf({ ...manifestFields(fields), ...without(told) });
  return { manifest, body: bodyOf(Buffer.concat([entries, files])) };
}

/** Counts that name no other kind are completed; all else is told as it is. */
function without(told: Record<string, unknown>): Record<string, unknown> {
  const { counts: _, ...rest } = told;
  return rest;
}

function container(...content: Parameters<typeof parts>): Buffer {
  const { manifest, body } = parts(...content);
  return encodeContainer(keyOf, encodeFields(), chunksOf(manifest, body));
}

function withChunks(change: (chunks: Chunk[]) => Chunk[]): Buffer {
  const { manifest, body } = parts(ONE_LOGIN);
  return encodeContainer(keyOf, encodeFields(), change(chunksOf(manifest, body)));
}

async function expectDamaged(bytes: Buffer): Promise<void> {
  await expect(read(bytes)).rejects.toMatchObject({ code: 'transfer/damaged' });
}

describe('readExport on what the independent implementation writes', () => {
  it('takes a sound container, so that each refusal below is for its own reason', async () => {
    const expected = [{ item: LOGIN, privateKey: null, files: [] }];
    expect(await plain(await read(container(ONE_LOGIN)))).toEqual(expected);
    expect(await plain(await read(withChunks((chunks) => chunks)))).toEqual(expected);
  });

  it('takes sound files, a sound passkey and the login that it belongs to', async () => {
    const content = patternBytes(70_000);
    const login = { ...LOGIN, attachments: [file(1, 69_999), file(2, 0)] };
    const passkey = { ...PASSKEY, loginId: id(1), attachments: [file(3, 1)] };
    const entries = Buffer.concat([entry(login), entry(passkey, KEY)]);
    const told = { counts: { login: 1, passkey: 1 }, files: 3 };
    expect(await plain(await read(container(entries, told, content)))).toMatchObject([
      { files: [content.subarray(0, 69_999), new Uint8Array()] },
      { item: { loginId: id(1) }, privateKey: Uint8Array.from(KEY), files: [content.subarray(-1)] },
    ]);
  });

  it.each<[string, FieldsInput]>([
    ['memory below the floor', { memoryKib: 65_535 }],
    ['memory above the ceiling', { memoryKib: 1_048_577 }],
    ['memory of four tebibytes', { memoryKib: 0xffff_ffff }],
    ['passes below the floor', { passes: 2 }],
    ['passes above the ceiling', { passes: 17 }],
    ['no lane', { lanes: 0 }],
    ['lanes above the ceiling', { lanes: 9 }],
    ['too much work altogether', { memoryKib: 1_048_576, passes: 5 }],
  ])('refuses a KDF with %s before it runs', async (_, input) => {
    let runs = 0;
    const counting: PasswordKdf = (...args) => {
      runs++;
      return quickKdf(...args);
    };
    const bytes = encodeContainer(keyOf, encodeFields(input), []);
    await expect(read(bytes, counting)).rejects.toMatchObject({
      code: 'transfer/damaged',
      cause: { code: 'crypto/parameters-refused' },
    });
    expect(runs).toBe(0);
  });

  it.each<[string, FieldsInput, object]>([
    ['a newer version', { version: 2 }, { version: 2, suite: 1 }],
    ['version 0', { version: 0 }, { version: 0, suite: 1 }],
    ['another suite', { suite: 2 }, { version: 1, suite: 2 }],
  ])('refuses %s by name, however short the file is', async (_, input, details) => {
    const fields = encodeFields(input);
    for (const bytes of [encodeContainer(keyOf, fields, []), fields.subarray(0, 11)]) {
      await expect(read(bytes)).rejects.toMatchObject({
        code: 'transfer/unsupported-version',
        details,
      });
    }
  });

  it('refuses a time that cannot be counted', async () => {
    await expectDamaged(encodeContainer(keyOf, encodeFields({ created: 2n ** 53n }), []));
  });

  it.each<[string, (chunks: Chunk[]) => Chunk[]]>([
    ['an empty last chunk', ([a, b]) => seq(a, b, chunk('', 2, true))],
    ['an empty last chunk after the digest', (all) => [...all, chunk('', 3, true)]],
    ['two last chunks', (all) => [...all, ...all.slice(-1)]],
    ['no last chunk', (all) => all.slice(0, -1)],
    ['a last chunk that is not marked as such', (all) => all.map((c) => ({ ...c, final: false }))],
    ['chunks that all say they are the last', (all) => all.map((c) => ({ ...c, final: true }))],
    ['a first chunk that says it is the last', ([a, ...rest]) => [...mark(a), ...rest]],
    ['indices from one', (all) => all.map((c) => ({ ...c, index: c.index + 1 }))],
    ['one index twice', (all) => all.map((c) => ({ ...c, index: Math.min(c.index, 1) }))],
    ['a digest of other content', ([a, b]) => seq(a, b, chunk('x'.repeat(32), 2, true))],
    ['no manifest', (all) => all.slice(1)],
    ['no chunk at all', () => []],
  ])('refuses %s', async (_, change) => {
    await expect(read(withChunks(change))).rejects.toMatchObject({
      code: expect.stringMatching(/^transfer\/(damaged|truncated)$/) as string,
    });
  });

  it.each<[string, Record<string, unknown>]>([
    ['that promises more logins', { counts: { login: 2 } }],
    ['that promises fewer', { counts: {} }],
    ['that calls a login a passkey', { counts: { passkey: 1 } }],
    ['that calls a login a card', { counts: { card: 1 } }],
    ['that promises a note besides', { counts: { login: 1, note: 1 } }],
    ['that promises a file', { files: 1 }],
    ['with a field that is not known', { comment: 'x' }],
    ['with negative entries', { entryBytes: -1 }],
    ['with half a length', { entryBytes: 0.5 }],
    ['with negative files', { fileBytes: -1 }],
    ['with more files than can be counted', { fileBytes: 2 ** 50 }],
    ['without entries', { entryBytes: 0 }],
    ['with one byte fewer of entries', { entryBytes: ONE_LOGIN.length - 1 }],
    ['with one byte more of entries', { entryBytes: ONE_LOGIN.length + 1 }],
    ['with a byte of a file that nobody names', { fileBytes: 1 }],
    ['with schema 0', { schema: 0 }],
    ['with a schema in words', { schema: 'one' }],
    ['with item schema 0', { itemSchema: 0 }],
  ])('refuses a manifest %s', async (_, told) => {
    await expectDamaged(container(ONE_LOGIN, told));
  });

  it.each<[string, unknown]>([
    ['a kind that is not known', { ...counts(1), bookmark: 0 }],
    ['a kind missing', lacking(counts(1), 'wifi')],
    ['counts that are a list', [1]],
    ['a count in words', { ...counts(1), card: '0' }],
    ['a count that is negative', { ...counts(1), card: -1 }],
  ])('refuses a manifest with %s', async (_, told) => {
    const { body } = parts(ONE_LOGIN);
    const fields = manifestFields({ entryBytes: ONE_LOGIN.length });
    const manifest = manifestOf({ ...fields, counts: told });
    await expectDamaged(encodeContainer(keyOf, encodeFields(), chunksOf(manifest, body)));
  });

  it('says truncated where the manifest promises a longer body', async () => {
    for (const fileBytes of [1024, 1 << 20, 2 ** 45]) {
      await expect(read(container(ONE_LOGIN, { fileBytes }))).rejects.toMatchObject({
        code: 'transfer/truncated',
      });
    }
  });

  it('says too large where the entries are more than are ever held in memory, and holds none', async () => {
    for (const entryBytes of [512 * 1024 * 1024 + 1, 0xffff_ffff]) {
      await expect(read(container(ONE_LOGIN, { entryBytes }))).rejects.toMatchObject({
        code: 'transfer/too-large',
      });
    }
  });

  it.each([
    ['schema', { schema: 2, anything: true }],
    ['item schema', { itemSchema: 2 }],
  ])('names a newer %s as such', async (_, told) => {
    await expect(read(container(ONE_LOGIN, told))).rejects.toMatchObject({
      code: 'transfer/unsupported-version',
    });
  });

  it('says damaged and not too new where a file of a newer item schema is also damaged', async () => {
    const { manifest, body } = parts(ONE_LOGIN, { itemSchema: 2 });
    const chunks = chunksOf(manifest, body);
    await expectDamaged(
      encodeContainer(keyOf, encodeFields(), [
        ...chunks.slice(0, -1),
        chunk('x'.repeat(32), chunks.length - 1, true),
      ]),
    );
  });

  it.each([
    ['not JSON', manifestOf('{')],
    ['no object', manifestOf('7')],
    ['JSON that is not canonical', manifestOf(' {}')],
    [
      'bytes after the padding began',
      Buffer.concat([manifestOf({}).subarray(0, 511), Buffer.of(1)]),
    ],
    ['an impossible length', Buffer.alloc(512, 0xff)],
    ['another size', Buffer.concat([parts(ONE_LOGIN).manifest, Buffer.alloc(1)])],
    ['half its size', parts(ONE_LOGIN).manifest.subarray(0, 256)],
  ])('refuses a first chunk with %s', async (_, manifest) => {
    const { body } = parts(ONE_LOGIN);
    const bytes = encodeContainer(keyOf, encodeFields(), chunksOf(manifest, body));
    await expect(read(bytes)).rejects.toMatchObject({
      code: expect.stringMatching(/^transfer\/(damaged|truncated)$/) as string,
    });
  });

  it.each([
    ['a cut entry', ONE_LOGIN.subarray(0, -1)],
    ['a cut length', Buffer.concat([ONE_LOGIN, Buffer.of(0, 0, 0)])],
    ['an item alone', ONE_LOGIN.subarray(0, -4)],
    ['a length beyond the end', Buffer.from('ffffffff', 'hex')],
    ['a length one beyond the end', Buffer.from('0000000100', 'hex').subarray(0, 4)],
    ['zeros between entries', Buffer.concat([Buffer.alloc(8), ONE_LOGIN])],
    ['a login with a private key', entry(LOGIN, Buffer.of(1))],
    ['a kind that is not known', entry({ ...LOGIN, kind: 'bookmark' })],
    ['a kind that is a list', entry({ ...LOGIN, kind: ['login'] })],
    ['the fields of another kind', entry({ ...LOGIN, kind: 'card' })],
    ['a field that is not known', entry({ ...LOGIN, id: 'x' })],
    ['an own field that is not known', entry({ ...LOGIN, fields: { ...LOGIN.fields, pin: '1' } })],
    ['a missing own field', entry({ ...LOGIN, fields: { username: 'u' } })],
    ['a field of another type', entry({ ...LOGIN, title: 7 })],
    ['a missing field', entry(lacking(LOGIN, 'sections'))],
    ['a match mode that is not known', entry({ ...LOGIN, urls: [{ match: 'any', url: 'u' }] })],
    ['a URL as a text', entry({ ...LOGIN, urls: ['https://example.com/'] })],
    ['a time before all times', entry({ ...LOGIN, createdAt: -1 })],
    ['half a millisecond', entry({ ...LOGIN, trashedAt: 1.5 })],
    ['a code of a kind that is not known', entry({ ...LOGIN, oneTimeCode: { type: 'sms' } })],
    ['a section without id', entry({ ...LOGIN, sections: [{ fields: [], title: '' }] })],
    ['prototype pollution', entry(Buffer.from('{"__proto__":{"kind":"login"}}'))],
    ['a null', entry(null)],
    ['bytes that are no UTF-8', entry(Buffer.from([0x7b, 0xff, 0x7d]))],
    ['an empty item', entry(NO_BYTES)],
  ])('refuses a body with %s', async (_, content) => {
    await expectDamaged(container(content));
  });

  it.each<[string, unknown, Uint8Array, number]>([
    ['without a private key', PASSKEY, NO_BYTES, 1],
    ['that is bound to its device', { ...PASSKEY, backupEligible: false }, KEY, 1],
    ['whose credential id is not base64url', { ...PASSKEY, credentialId: 'A=' }, KEY, 1],
    ['of a login that is none', { ...PASSKEY, loginId: id(0) }, KEY, 1],
    ['of a login that comes after it', { ...PASSKEY, loginId: id(3) }, KEY, 1],
    ['of itself', { ...PASSKEY, loginId: id(2) }, KEY, 1],
    ['of a login far outside', { ...PASSKEY, loginId: id(2 ** 47) }, KEY, 1],
    ['of a login by another id', { ...PASSKEY, loginId: 'ab'.repeat(16) }, KEY, 1],
    ['of a login by a text', { ...PASSKEY, loginId: '1' }, KEY, 1],
  ])('refuses a passkey %s', async (_, passkey, key, passkeys) => {
    const entries = Buffer.concat([ONE_LOGIN, entry(passkey, key), ONE_LOGIN]);
    await expectDamaged(container(entries, { counts: { login: 2, passkey: passkeys } }));
  });

  it('refuses a passkey that belongs to something else than a login', async () => {
    const note = entry({ ...LOGIN, kind: 'note', fields: {} });
    const passkey = entry({ ...PASSKEY, loginId: id(1) }, KEY);
    const told = { counts: { note: 1, passkey: 1 } };
    await expectDamaged(container(Buffer.concat([note, passkey]), told));
  });

  it.each<[string, readonly object[], number, number]>([
    ['numbered from zero', [file(0, 5), file(1, 5)], 2, 10],
    ['numbered from two', [file(2, 5), file(3, 5)], 2, 10],
    ['of one number', [file(1, 5), file(1, 5)], 2, 10],
    ['in another order', [file(2, 5), file(1, 5)], 2, 10],
    ['that overlap', [file(1, 10), file(2, 10)], 2, 10],
    ['that leave bytes over', [file(1, 4), file(2, 5)], 2, 10],
    ['that reach into the padding', [file(1, 5), file(2, 6)], 2, 10],
    ['of a size that is negative', [file(1, 15), file(2, -5)], 2, 10],
    ['of half a size', [file(1, 4.5), file(2, 5.5)], 2, 10],
    ['of which there are more than promised', [file(1, 5), file(2, 5)], 1, 10],
    ['of which there are fewer than promised', [file(1, 5), file(2, 5)], 3, 10],
    ['without a name', [{ addedAt: 3, id: id(1), sizeBytes: 10 }], 1, 10],
  ])('refuses files %s', async (_, attachments, files, bytes) => {
    const entries = entry({ ...LOGIN, attachments });
    await expectDamaged(container(entries, { files }, patternBytes(bytes)));
  });

  it('refuses a body whose padding is not zeros or not of its bucket', async () => {
    const { manifest, body } = parts(ONE_LOGIN);
    const last = Buffer.from(body);
    last[last.length - 1] = 1;
    const first = Buffer.from(body);
    first[ONE_LOGIN.length] = 1;
    for (const dirty of [last, first]) {
      await expectDamaged(encodeContainer(keyOf, encodeFields(), chunksOf(manifest, dirty)));
    }
    const longer = Buffer.concat([body, Buffer.alloc(256)]);
    await expectDamaged(encodeContainer(keyOf, encodeFields(), chunksOf(manifest, longer)));
    const shorter = body.subarray(0, -1);
    await expect(
      read(encodeContainer(keyOf, encodeFields(), chunksOf(manifest, shorter))),
    ).rejects.toMatchObject({ code: 'transfer/truncated' });
  });

  it('keeps the content of a damaged item out of its errors', async () => {
    const items = [
      entry({ ...LOGIN, title: 'canary', id: 'canary' }),
      entry(Buffer.from('{"title":"canary",')),
      entry({ ...PASSKEY, title: 'canary' }, Buffer.from('canary').subarray(0, 0)),
    ];
    for (const content of items) {
      const error: unknown = await read(container(content)).catch((reason: unknown) => reason);
      let text = '';
      for (let cause = error; cause instanceof Error; cause = cause.cause) {
        text += `${cause.message} ${String(cause.stack)} ${JSON.stringify(cause)}`;
      }
      expect(text).toContain('transfer/damaged');
      expect(text).not.toContain('canary');
    }
  });
});

function counts(login: number): Record<string, number> {
  return manifestFields({ counts: { login }, entryBytes: 0 }).counts as Record<string, number>;
}

function lacking(object: object, name: string): object {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
}

function chunk(text: string, index: number, final: boolean): Chunk {
  return { plaintext: Buffer.from(text), index, final };
}

const seq = (...chunks: readonly (Chunk | undefined)[]): Chunk[] =>
  chunks.filter((one) => one !== undefined);

const mark = (one: Chunk | undefined): Chunk[] => (one ? [{ ...one, final: true }] : []);
