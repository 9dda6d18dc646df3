// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { pad, unpad } from '../../../src/main/crypto/padding.ts';
import {
  decodeItem,
  decodeOverview,
  encodeItem,
  ITEM_SCHEMA,
  overviewOf,
} from '../../../src/main/vault/item-codec.ts';
import { hostOf } from '../../../src/main/vault/item-overview.ts';
import type { Item } from '../../../src/main/vault/item.ts';
import { u32 } from '../../../src/main/vault/fixed-width.ts';
import type { ItemId } from '../../../src/shared/brand.ts';
import { concatBytes, fromUtf8, toUtf8 } from '../../../src/shared/bytes.ts';
import { loginItem, passkeyItem } from '../../support/vault-fixture.ts';

const id = 'ab'.repeat(16) as ItemId;
const code = (value: string): Error => expect.objectContaining({ code: value }) as Error;
const body = (...parts: readonly string[]): Uint8Array =>
  pad(concatBytes(...parts.map(toUtf8).flatMap((part) => [u32(part.length), part])));

/** The three parts of an encoded body as text. */
function partsOf(item: Item): [string, string, string] {
  const content = unpad(encodeItem(item, null));
  const view = new DataView(content.buffer, content.byteOffset);
  const overviewEnd = 4 + view.getUint32(0);
  const detailEnd = overviewEnd + 4 + view.getUint32(overviewEnd);
  return [
    fromUtf8(content.subarray(4, overviewEnd)),
    fromUtf8(content.subarray(overviewEnd + 4, detailEnd)),
    '',
  ];
}

describe('encodeItem and decodeItem', () => {
  const items: [string, Item][] = [
    ['a login', loginItem(id)],
    [
      'an empty login',
      loginItem(id, { title: '', username: '', password: '', urls: [], note: '' }),
    ],
    ['odd text', loginItem(id, { title: '\0‮\ud800\u{1f511}"\\', note: '\r\n\t'.repeat(2000) })],
    ['a passkey', passkeyItem(id)],
    ['a trashed passkey', passkeyItem(id, { trashedAt: 5, userHandle: new Uint8Array(200) })],
  ];

  it.each(items)('give back %s', (_, item) => {
    const sealedPrivateKey = item.kind === 'passkey' ? Uint8Array.of(1, 2, 3) : null;
    const plaintext = encodeItem(item, sealedPrivateKey);
    expect(decodeItem(id, ITEM_SCHEMA, plaintext)).toEqual({ item, sealedPrivateKey });
    expect(decodeOverview(id, ITEM_SCHEMA, plaintext)).toEqual(overviewOf(item));
  });

  it('fill a bucket whose size says nothing about the password', () => {
    const sizes = ['', 'short', 'x'.repeat(100)].map(
      (password) => encodeItem(loginItem(id, { password, note: '' }), null).length,
    );
    expect(new Set(sizes).size).toBe(1);
    expect(encodeItem(loginItem(id, { note: 'n'.repeat(10_000) }), null).length).toBe(10_752);
  });

  it('keep every secret out of the overview', () => {
    const [overview] = partsOf(loginItem(id));
    expect(overview).not.toContain('canary-password');
    expect(overview).not.toContain('canary-note');
    expect(JSON.stringify(overviewOf(loginItem(id)))).not.toContain('canary-password');
  });

  it('write nothing that could not be read back', () => {
    const bad: Item[] = [
      loginItem(id, { createdAt: Number.NaN }),
      loginItem(id, { modifiedAt: -1 }),
      loginItem(id, { modifiedAt: 1.5 }),
      passkeyItem(id, { signCount: 2 ** 32 }),
      { ...loginItem(id), title: 7 } as unknown as Item,
    ];
    for (const item of bad) expect(() => encodeItem(item, null)).toThrow('does not fit schema 1');
  });

  it('say where an item does not fit, and not what is there', () => {
    const item = { ...loginItem(id), password: { value: 'canary-password' } } as unknown as Item;
    expect(() => encodeItem(item, null)).toThrow(/^item: does not fit schema 1 at password$/);
  });
});

describe('decodeItem', () => {
  const damaged = code('vault/item-damaged');

  it('refuses an unknown schema', () => {
    const plaintext = encodeItem(loginItem(id), null);
    for (const schema of [0, 2, 65_535]) {
      expect(() => decodeItem(id, schema, plaintext)).toThrow(code('vault/unsupported-version'));
      expect(() => decodeOverview(id, schema, plaintext)).toThrow(
        code('vault/unsupported-version'),
      );
    }
  });

  it('refuses what is no JSON, no object, or has a field too many or too few', () => {
    const [overview, detail] = partsOf(loginItem(id));
    const more = (json: string): string => json.replace('{', '{"admin":true,');
    const less = (json: string): string => json.replace(/"favourite":false,/, '');
    for (const bad of [more(overview), less(overview), '{', '[]', 'null', '', '"x"', '﻿{}']) {
      expect(() => decodeItem(id, ITEM_SCHEMA, body(bad, detail, ''))).toThrow(damaged);
      expect(() => decodeOverview(id, ITEM_SCHEMA, body(bad, detail, ''))).toThrow(damaged);
    }
    for (const bad of [more(detail), '{}', '', '7']) {
      expect(() => decodeItem(id, ITEM_SCHEMA, body(overview, bad, ''))).toThrow(damaged);
    }
    expect(decodeItem(id, ITEM_SCHEMA, body(overview, detail, '')).item).toEqual(loginItem(id));
  });

  it('refuses the overview of one kind with the detail of the other', () => {
    const [loginOverview, loginDetail] = partsOf(loginItem(id));
    const [passkeyOverview, passkeyDetail] = partsOf(passkeyItem(id));
    for (const [overview, detail] of [
      [loginOverview, passkeyDetail],
      [passkeyOverview, loginDetail],
    ] as const) {
      expect(() => decodeItem(id, ITEM_SCHEMA, body(overview, detail, ''))).toThrow(damaged);
    }
  });

  it('refuses parts that are missing, left over or longer than the body', () => {
    const [overview, detail] = partsOf(loginItem(id));
    const tooLong = pad(concatBytes(u32(0xffff_ffff), toUtf8(overview)));
    for (const bad of [body(overview, detail), body(overview, detail, '', ''), tooLong]) {
      expect(() => decodeItem(id, ITEM_SCHEMA, bad)).toThrow(damaged);
    }
  });

  it('refuses padding that is not ours', () => {
    const plaintext = encodeItem(loginItem(id), null);
    plaintext[plaintext.length - 1] = 1;
    expect(() => decodeItem(id, ITEM_SCHEMA, plaintext)).toThrow(damaged);
    expect(() => decodeItem(id, ITEM_SCHEMA, new Uint8Array(0))).toThrow(damaged);
  });

  it('does not let a body reach the prototype', () => {
    const [overview, detail] = partsOf(loginItem(id));
    const hostile = overview.replace('{', '{"__proto__":{"kind":"passkey"},');
    expect(() => decodeItem(id, ITEM_SCHEMA, body(hostile, detail, ''))).toThrow(damaged);
  });
});

describe('hostOf', () => {
  it.each([
    ['https://login.example.org/x?y', 'login.example.org'],
    ['example.org/path', 'example.org'],
    ['http://user:word@[::1]:8080/', '[::1]'],
    ['android://hash@com.example.app/', 'com.example.app'],
    ['EXAMPLE.org', 'example.org'],
    ['', ''],
    ['not a url', ''],
    ['https://', ''],
  ])('of %s is %s', (url, host) => {
    expect(hostOf(url)).toBe(host);
  });

  it('of nothing is nothing', () => {
    expect(hostOf(undefined)).toBe('');
  });
});
