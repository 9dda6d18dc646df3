// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { pad, unpad } from '../../../src/main/crypto/padding.ts';
import { u32 } from '../../../src/main/vault/fixed-width.ts';
import { decodeItem, encodeItem, ITEM_SCHEMA } from '../../../src/main/vault/item-codec.ts';
import { fieldValue, type Item } from '../../../src/main/vault/item.ts';
import type { ItemId } from '../../../src/shared/brand.ts';
import { concatBytes, fromUtf8, toUtf8 } from '../../../src/shared/bytes.ts';
import { fieldsOf, ITEM_KINDS } from '../../../src/shared/model/item-kinds.ts';
import { fullItem, loginItem, passkeyItem } from '../../support/canary-items.ts';
import { code } from '../../support/error-code.ts';

const id = 'ab'.repeat(16) as ItemId;
const damaged = code('vault/item-damaged');
const body = (...parts: readonly string[]): Uint8Array =>
  pad(concatBytes(...parts.map(toUtf8).flatMap((part) => [u32(part.length), part])));

/** The item's part of an encoded body as text. */
function jsonOf(item: Item): string {
  const content = unpad(encodeItem(item, null));
  const view = new DataView(content.buffer, content.byteOffset);
  return fromUtf8(content.subarray(4, 4 + view.getUint32(0)));
}

const decode = (json: string, key = ''): Item => decodeItem(id, ITEM_SCHEMA, body(json, key)).item;

describe('encodeItem and decodeItem', () => {
  const empty = { title: '', fields: { username: '', password: '' }, urls: [], note: '', tags: [] };
  const items: [string, Item][] = [
    ...ITEM_KINDS.map((kind): [string, Item] => [`a full ${kind}`, fullItem(kind, id)]),
    ['an empty login', loginItem(id, empty)],
    ['odd text', loginItem(id, { title: '\0‮\u{1f511}"\\', note: '\r\n\t'.repeat(2000) })],
    ['a trashed passkey', passkeyItem(id, { trashedAt: 5, userHandle: new Uint8Array(200) })],
    ['a passkey of a login', passkeyItem(id, { loginId: 'cd'.repeat(16) as ItemId })],
  ];

  it.each(items)('give back %s', (_, item) => {
    const sealedPrivateKey = item.kind === 'passkey' ? Uint8Array.of(1, 2, 3) : null;
    const plaintext = encodeItem(item, sealedPrivateKey);
    expect(decodeItem(id, ITEM_SCHEMA, plaintext)).toEqual({ item, sealedPrivateKey });
  });

  it('give back an item under the id that it is asked for', () => {
    const other = 'ef'.repeat(16) as ItemId;
    const plaintext = encodeItem(loginItem(id), null);
    expect(decodeItem(other, ITEM_SCHEMA, plaintext).item).toEqual(loginItem(other));
  });

  it('fill a bucket whose size says nothing about the password', () => {
    const sizes = ['', 'short', 'x'.repeat(100)].map(
      (password) => encodeItem(loginItem(id, { fields: { password }, note: '' }), null).length,
    );
    expect(new Set(sizes).size).toBe(1);
    expect(encodeItem(loginItem(id, { note: 'n'.repeat(10_000) }), null).length).toBe(10_752);
  });

  it('write one item the same way every time, whatever the order of its fields', () => {
    const item = fullItem('card', id);
    const turned = Object.fromEntries(Object.entries(item).reverse()) as unknown as Item;
    expect(jsonOf(turned)).toBe(jsonOf(item));
  });

  it('write nothing that could not be read back', () => {
    const bad: unknown[] = [
      loginItem(id, { createdAt: Number.NaN }),
      loginItem(id, { modifiedAt: -1 }),
      loginItem(id, { modifiedAt: 1.5 }),
      loginItem(id, { archivedAt: -1 }),
      passkeyItem(id, { signCount: 2 ** 32 }),
      passkeyItem(id, { loginId: 'no id' as ItemId }),
      { ...loginItem(id), title: 7 },
      { ...loginItem(id), kind: 'another' },
      { ...loginItem(id), kind: '__proto__' },
      { ...loginItem(id), fields: { username: '' } },
      { ...loginItem(id), fields: { username: '', password: '', pin: '' } },
      { ...loginItem(id), urls: ['https://example.org'] },
      { ...loginItem(id), urls: [{ url: '', match: 'fuzzy' }] },
      { ...loginItem(id), sections: [{ id: 'short', title: '', fields: [] }] },
      { ...loginItem(id), attachments: [{ id: '00', name: '', sizeBytes: 1, addedAt: 1 }] },
      { ...loginItem(id), oneTimeCode: { type: 'totp' } },
      { ...fullItem('note', id), fields: { text: '' } },
    ];
    for (const item of bad) {
      expect(() => encodeItem(item as Item, null)).toThrow('does not fit schema 1');
    }
  });

  it('say where an item does not fit, and not what is there', () => {
    const item = { ...loginItem(id), title: { value: 'canary-title' } } as unknown as Item;
    expect(() => encodeItem(item, null)).toThrow(/^item: does not fit schema 1 at title$/);
  });
});

describe('decodeItem', () => {
  it('refuses an unknown schema', () => {
    const plaintext = encodeItem(loginItem(id), null);
    for (const schema of [0, 2, 65_535]) {
      expect(() => decodeItem(id, schema, plaintext)).toThrow(code('vault/unsupported-version'));
    }
  });

  it.each(ITEM_KINDS)('refuses a %s with a field too many, too few, or of another type', (kind) => {
    const json = jsonOf(fullItem(kind, id));
    const record = JSON.parse(json) as Record<string, unknown>;
    expect(decode(json)).toEqual(fullItem(kind, id));
    expect(() => decode(json.replace('{', '{"admin":true,'))).toThrow(damaged);
    for (const name of Object.keys(record)) {
      const { [name]: _gone, ...less } = record;
      expect(() => decode(JSON.stringify(less)), `without ${name}`).toThrow(damaged);
      const other = JSON.stringify({ ...record, [name]: { of: 'another type' } });
      expect(() => decode(other), `other ${name}`).toThrow(damaged);
    }
  });

  it('refuses what is no JSON and no object', () => {
    const marked = String.fromCharCode(0xfeff) + jsonOf(loginItem(id));
    for (const bad of ['{', '[]', 'null', '', '"x"', '7', 'true', '{}', marked]) {
      expect(() => decode(bad)).toThrow(damaged);
    }
  });

  it('refuses the fields of one kind in an item of another', () => {
    for (const kind of ITEM_KINDS) {
      for (const other of ITEM_KINDS) {
        const record = { ...(JSON.parse(jsonOf(fullItem(kind, id))) as object), kind: other };
        const isSame = fieldsOf(kind).length === 0 && fieldsOf(other).length === 0;
        const isPasskey = (kind === 'passkey') !== (other === 'passkey');
        if (kind === other || (isSame && !isPasskey)) continue;
        expect(() => decode(JSON.stringify(record)), `${kind} as ${other}`).toThrow(damaged);
      }
    }
  });

  it('refuses parts that are missing, left over or longer than the body', () => {
    const json = jsonOf(loginItem(id));
    const tooLong = pad(concatBytes(u32(0xffff_ffff), toUtf8(json)));
    for (const bad of [body(), body(json), body(json, '', ''), tooLong]) {
      expect(() => decodeItem(id, ITEM_SCHEMA, bad)).toThrow(damaged);
    }
  });

  it('refuses padding that is not ours', () => {
    const plaintext = encodeItem(loginItem(id), null);
    plaintext[plaintext.length - 1] = 1;
    expect(() => decodeItem(id, ITEM_SCHEMA, plaintext)).toThrow(damaged);
    expect(() => decodeItem(id, ITEM_SCHEMA, new Uint8Array(0))).toThrow(damaged);
  });

  it('refuses text that is not UTF-8', () => {
    const json = Uint8Array.from(toUtf8(jsonOf(loginItem(id))));
    json[20] = 0xff;
    const content = pad(concatBytes(u32(json.length), json, u32(0)));
    expect(() => decodeItem(id, ITEM_SCHEMA, content)).toThrow(damaged);
  });

  it('does not let a body reach the prototype', () => {
    const json = jsonOf(loginItem(id));
    const hostile = [
      json.replace('{', '{"__proto__":{"kind":"passkey"},'),
      json.replace('"fields":{', '"fields":{"__proto__":{"password":"x"},'),
      json.replace('"kind":"login"', '"kind":"constructor"'),
    ];
    for (const one of hostile) expect(() => decode(one)).toThrow(damaged);
  });
});

describe('fieldValue', () => {
  it('gives an own field of the kind and nothing for any other name', () => {
    expect(fieldValue(loginItem(id), 'username')).toBe('canary-user@example.org');
    for (const name of ['pin', 'title', 'toString', '__proto__', '']) {
      expect(fieldValue(loginItem(id), name)).toBe('');
    }
  });
});
