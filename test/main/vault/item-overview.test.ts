// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import {
  decodeOverview,
  encodeOverview,
  hostOf,
  overviewOf,
  placeOf,
} from '../../../src/main/vault/item-overview.ts';
import type { ItemId } from '../../../src/shared/brand.ts';
import { fromUtf8, toUtf8 } from '../../../src/shared/bytes.ts';
import {
  fieldsOf,
  ITEM_KINDS,
  type ItemKind,
  URL_MATCHES,
  type UrlMatch,
} from '../../../src/shared/model/item-kinds.ts';
import { fullItem, loginItem, passkeyItem } from '../../support/canary-items.ts';

const id = 'ab'.repeat(16) as ItemId;
const damaged = expect.objectContaining({ code: 'vault/item-damaged' }) as Error;

describe('overviewOf', () => {
  it('says of a login what a list shows', () => {
    const login = loginItem(id);
    const { title, urls, tags, favourite, createdAt, modifiedAt } = login;
    expect(overviewOf(login)).toEqual({
      ...{ id, kind: 'login', title, subtitle: login.fields.username, urls, tags, favourite },
      ...{ createdAt, modifiedAt, archivedAt: null, trashedAt: null },
      ...{ hasOneTimeCode: false, attachments: 0, passkey: null },
    });
  });

  it('says of a passkey for whom it is', () => {
    const loginId = 'cd'.repeat(16) as ItemId;
    const passkey = passkeyItem(id, { loginId });
    const { rpId, credentialId } = passkey;
    expect(overviewOf(passkey).passkey).toEqual({ rpId, credentialId, loginId });
    expect(placeOf(overviewOf(passkey))).toBe(rpId);
  });

  it.each(ITEM_KINDS)(
    'holds no hidden field of a %s, no note, no code, no former password',
    (kind) => {
      const item = fullItem(kind, id);
      const text = fromUtf8(encodeOverview(overviewOf(item)));
      const hidden = fieldsOf(kind).filter(([, { type }]) => type === 'hidden');
      const secrets = hidden.map(([name]) => `canary-${name}`);
      const others = ['canary-note', 'JBSWY3DP', 'canary-former-password', 'canary-custom'];
      for (const secret of [...secrets, ...others]) expect(text).not.toContain(secret);
      expect(overviewOf(item)).toMatchObject({ hasOneTimeCode: true, attachments: 1 });
    },
  );

  it('tells cards by their last digits and by no more', () => {
    const subtitle = (number: string): string => {
      const card = fullItem('card', id);
      return overviewOf({ ...card, fields: { ...card.fields, number } } as typeof card).subtitle;
    };
    expect(subtitle('4111 1111 1111 1234')).toBe('•••• 1234');
    expect(subtitle('411111111234')).toBe('•••• 1234');
    for (const short of ['', '1234', '12345678901', 'no digits']) expect(subtitle(short)).toBe('');
  });
});

describe('encodeOverview and decodeOverview', () => {
  it.each(ITEM_KINDS)('give back that of a %s', (kind) => {
    const overview = overviewOf(fullItem(kind, id));
    expect(decodeOverview(id, encodeOverview(overview))).toEqual(overview);
  });

  it('give back every way to match a URL, and an overview of nothing', () => {
    const urls = Object.keys(URL_MATCHES).map((match) => ({ url: 'x', match: match as UrlMatch }));
    const empty = { title: '', urls: [], tags: [], fields: { username: '' }, createdAt: 0 };
    for (const item of [loginItem(id, { urls }), loginItem(id, empty)]) {
      const overview = overviewOf(item);
      expect(decodeOverview(id, encodeOverview(overview))).toEqual(overview);
    }
  });

  const members = (kind: ItemKind): unknown[] =>
    JSON.parse(fromUtf8(encodeOverview(overviewOf(fullItem(kind, id))))) as unknown[];
  const decode = (one: unknown) => () => decodeOverview(id, toUtf8(JSON.stringify(one)));

  it('refuse a member too many, too few or of another type', () => {
    for (const kind of ['login', 'passkey'] as const) {
      const list = members(kind);
      expect(decode(list)).not.toThrow();
      for (const wrong of [[], [...list, 0], { 0: list[0] }, list.slice(0, -1)]) {
        expect(decode(wrong)).toThrow(damaged);
      }
      for (const index of list.keys()) {
        for (const other of [{ of: 'another type' }, null, -1, 1.5, [[]]]) {
          expect(decode(list.with(index, other)), String(index)).toThrow(damaged);
        }
      }
    }
  });

  it('refuse unknown kinds, matches and flags, and a credential that is none', () => {
    const list = members('passkey');
    const wrong = [
      list.with(0, 'another'),
      list.with(0, '__proto__'),
      list.with(0, 'toString'),
      list.with(3, [['x', 'fuzzy']]),
      list.with(3, [['x', 'domain']]),
      list.with(3, [['x', 'host', 'more']]),
      list.with(3, [['x']]),
      list.with(5, 4),
      list.with(11, ['rp.example', 'A', 0]),
      list.with(11, ['rp.example', 'AAAA', 'no id']),
      list.with(11, ['rp.example', 'AAAA']),
      list.with(11, 1),
    ];
    for (const one of wrong) expect(decode(one), JSON.stringify(one)).toThrow(damaged);
  });

  it('refuse what is no JSON and no UTF-8', () => {
    const text = JSON.stringify(members('login'));
    for (const bad of ['', '{', 'null', '[]', `${text} x`, text.slice(0, -1)]) {
      expect(() => decodeOverview(id, toUtf8(bad))).toThrow(damaged);
    }
    expect(() => decodeOverview(id, Uint8Array.of(0xff, 0xfe))).toThrow(damaged);
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
