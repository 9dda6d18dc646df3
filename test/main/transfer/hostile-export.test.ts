// Exports made with the right password by somebody else: every rule of the format broken one at a time, sealed
// soundly by the independent implementation.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import type { PasswordKdf } from '../../../src/main/crypto/password-kdf.ts';
import { makeLogin, PASSWORD, plain, quickKdf, quickKey, read } from './export-fixtures.ts';
import {
  type Chunk,
  chunksOf,
  encodeContainer,
  encodeFields,
  type FieldsInput,
  manifestOf,
  padTo,
} from './independent-export.ts';

const keyOf = (fields: Uint8Array) =>
  quickKey(Buffer.from(PASSWORD), fields.subarray(25, 41), fields.subarray(11, 25));

const OVERVIEW = {
  createdAt: 1,
  favourite: false,
  kind: 'login',
  modifiedAt: 2,
  tags: [],
  title: 't',
  trashedAt: null,
  urls: [],
  username: 'u',
};
const DETAIL = { kind: 'login', note: 'n', password: 'p' };
const NO_BYTES = Buffer.alloc(0);
const LOGIN = entry(item(OVERVIEW, DETAIL));

function frame(part: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(part.length);
  return Buffer.concat([length, part]);
}

function item(overview: unknown, detail: unknown, inner = NO_BYTES): Buffer {
  const parts = [JSON.stringify(overview), JSON.stringify(detail)].map((text) => Buffer.from(text));
  const content = Buffer.concat([...parts, inner].map(frame));
  return padTo(content, Math.ceil((content.length + 4) / 256) * 256);
}

function entry(body: Buffer, key = NO_BYTES): Buffer {
  return Buffer.concat([frame(body), frame(key)]);
}

/** Manifest and body around `content`, with the parts of the manifest that are to be wrong. */
function parts(content: Buffer, manifest: Record<string, unknown> = {}) {
  const body = padTo(content, Math.ceil((content.length + 4) / 256) * 256);
  const told = {
    bodyBytes: body.length,
    counts: { login: 1, passkey: 0 },
    itemSchema: 1,
    schema: 1,
    ...manifest,
  };
  return { manifest: manifestOf(told), body };
}

function container(content: Buffer, manifest: Record<string, unknown> = {}): Buffer {
  const { manifest: first, body } = parts(content, manifest);
  return encodeContainer(keyOf, encodeFields(), chunksOf(first, body));
}

function withChunks(change: (chunks: Chunk[]) => Chunk[]): Buffer {
  const { manifest, body } = parts(LOGIN);
  return encodeContainer(keyOf, encodeFields(), change(chunksOf(manifest, body)));
}

describe('readExport on what the independent implementation writes', () => {
  it('takes a sound container, so that each refusal below is for its own reason', async () => {
    const { id: _, ...login } = makeLogin({
      title: 't',
      username: 'u',
      password: 'p',
      note: 'n',
      urls: [],
      createdAt: 1,
      modifiedAt: 2,
    });
    expect(plain(await read(container(LOGIN)))).toEqual([{ item: login, privateKey: null }]);
    expect(plain(await read(withChunks((chunks) => chunks)))).toHaveLength(1);
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
    const file = encodeContainer(keyOf, encodeFields(input), []);
    await expect(read(file, counting)).rejects.toMatchObject({
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
    for (const file of [encodeContainer(keyOf, fields, []), fields.subarray(0, 11)]) {
      await expect(read(file)).rejects.toMatchObject({
        code: 'transfer/unsupported-version',
        details,
      });
    }
  });

  it('refuses a time that cannot be counted', async () => {
    const file = encodeContainer(keyOf, encodeFields({ created: 2n ** 53n }), []);
    await expect(read(file)).rejects.toMatchObject({ code: 'transfer/damaged' });
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
    const file = withChunks(change);
    await expect(read(file)).rejects.toMatchObject({
      code: expect.stringMatching(/^transfer\/(damaged|truncated)$/) as string,
    });
  });

  it.each<[string, Record<string, unknown>]>([
    ['that promises more logins', { counts: { login: 2, passkey: 0 } }],
    ['that promises fewer', { counts: { login: 0, passkey: 0 } }],
    ['that calls a login a passkey', { counts: { login: 0, passkey: 1 } }],
    ['with a kind that is not known', { counts: { login: 1, passkey: 0, card: 0 } }],
    ['with a field that is not known', { comment: 'x' }],
    ['with a negative length', { bodyBytes: -1 }],
    ['with half a length', { bodyBytes: 0.5 }],
    ['without a body', { bodyBytes: 0 }],
    ['with a shorter body', { bodyBytes: 256 }],
    ['with schema 0', { schema: 0 }],
    ['with a schema in words', { schema: 'one' }],
  ])('refuses a manifest %s', async (_, manifest) => {
    await expect(read(container(LOGIN, manifest))).rejects.toMatchObject({
      code: 'transfer/damaged',
    });
  });

  it('says truncated where the manifest promises a longer body', async () => {
    for (const bodyBytes of [1024, 1 << 20, 0xffff_ffff]) {
      await expect(read(container(LOGIN, { bodyBytes }))).rejects.toMatchObject({
        code: 'transfer/truncated',
      });
    }
  });

  it.each([
    ['schema', { schema: 2, anything: true }],
    ['item schema', { itemSchema: 2 }],
  ])('names a newer %s as such', async (_, manifest) => {
    await expect(read(container(LOGIN, manifest))).rejects.toMatchObject({
      code: 'transfer/unsupported-version',
    });
  });

  it.each([
    ['not JSON', manifestOf('{')],
    ['no object', manifestOf('7')],
    ['JSON that is not canonical', manifestOf(' {}')],
    [
      'bytes after the padding began',
      Buffer.concat([manifestOf({}).subarray(0, 255), Buffer.of(1)]),
    ],
    ['an impossible length', Buffer.alloc(256, 0xff)],
  ])('refuses a first chunk with %s', async (_, manifest) => {
    const { body } = parts(LOGIN);
    const file = encodeContainer(keyOf, encodeFields(), chunksOf(manifest, body));
    await expect(read(file)).rejects.toMatchObject({ code: 'transfer/damaged' });
  });

  it.each([
    ['a cut entry', LOGIN.subarray(0, -1)],
    ['a cut length', Buffer.concat([LOGIN, Buffer.of(0, 0, 0)])],
    ['an item alone', LOGIN.subarray(0, -4)],
    ['a length beyond the end', Buffer.from('ffffffff', 'hex')],
    ['a login with a private key', entry(item(OVERVIEW, DETAIL), Buffer.of(1))],
    ['a private key inside the item', entry(item(OVERVIEW, DETAIL, Buffer.of(1)))],
    ['a kind that is not known', entry(item({ ...OVERVIEW, kind: 'card' }, DETAIL))],
    ['a field that is not known', entry(item({ ...OVERVIEW, id: 'x' }, DETAIL))],
    ['a field of another type', entry(item(OVERVIEW, { ...DETAIL, password: 7 }))],
    ['a missing field', entry(item(OVERVIEW, { kind: 'login', note: '' }))],
    ['prototype pollution', entry(item(OVERVIEW, JSON.parse('{"__proto__":{"a":1}}')))],
    ['an item that is not padded', entry(Buffer.from('{}'))],
    ['an empty item', entry(NO_BYTES)],
  ])('refuses a body with %s', async (_, content) => {
    await expect(read(container(content))).rejects.toMatchObject({ code: 'transfer/damaged' });
  });

  it('refuses a passkey without a private key', async () => {
    const { username: _, urls: __, ...base } = OVERVIEW;
    const overview = { ...base, kind: 'passkey', rpId: 'r', userName: 'u', credentialId: 'AAAA' };
    const detail = {
      kind: 'passkey',
      note: '',
      rpName: '',
      userHandle: 'AA',
      userDisplayName: '',
      algorithm: 'ES256',
      backupEligible: true,
      backupState: false,
      signCount: 0,
    };
    const counts = { counts: { login: 0, passkey: 1 } };
    const sound = entry(item(overview, detail), Buffer.of(1, 2));
    expect(plain(await read(container(sound, counts)))).toMatchObject([
      { privateKey: Uint8Array.of(1, 2) },
    ]);
    const without = entry(item(overview, detail));
    await expect(read(container(without, counts))).rejects.toMatchObject({
      code: 'transfer/damaged',
    });
  });

  it('refuses a body whose padding is not zeros or not of its bucket', async () => {
    const { manifest, body } = parts(LOGIN);
    const dirty = Buffer.from(body);
    dirty[dirty.length - 1] = 1;
    const longer = Buffer.concat([body, Buffer.alloc(256)]);
    const first = parts(LOGIN, { bodyBytes: longer.length }).manifest;
    for (const chunks of [chunksOf(manifest, dirty), chunksOf(first, longer)]) {
      await expect(read(encodeContainer(keyOf, encodeFields(), chunks))).rejects.toMatchObject({
        code: 'transfer/damaged',
      });
    }
  });

  it('keeps the content of a damaged item out of its errors', async () => {
    const file = container(entry(item({ ...OVERVIEW, title: 'canary', id: 'canary' }, DETAIL)));
    const error: unknown = await read(file).catch((reason: unknown) => reason);
    let text = '';
    for (let cause = error; cause instanceof Error; cause = cause.cause) {
      text += `${cause.message} ${String(cause.stack)} ${JSON.stringify(cause)}`;
    }
    expect(text).toContain('transfer/damaged');
    expect(text).not.toContain('canary');
  });
});

function chunk(text: string, index: number, final: boolean): Chunk {
  return { plaintext: Buffer.from(text), index, final };
}

const seq = (...chunks: readonly (Chunk | undefined)[]): Chunk[] =>
  chunks.filter((one) => one !== undefined);

const mark = (one: Chunk | undefined): Chunk[] => (one ? [{ ...one, final: true }] : []);
