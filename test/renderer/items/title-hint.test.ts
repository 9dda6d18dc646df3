// What a form calls an item that has no title yet.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { newDraft, type FormDraft } from '../../../src/renderer/items/form/form-draft.ts';
import { titleHint } from '../../../src/renderer/items/form/title-hint.ts';
import { FIELD_LIMITS } from '../../../src/shared/model/field-limits.ts';
import type { ItemKind } from '../../../src/shared/model/item-kinds.ts';

const hintOf = (kind: ItemKind, part: Partial<FormDraft>): string =>
  titleHint({ ...newDraft(kind), ...part }, { is: 'empty' });

const at = (url: string, match: 'domain' | 'regex' = 'domain'): Partial<FormDraft> => ({
  urls: [{ key: 'a', url, match }],
});

describe('titleHint', () => {
  it.each([
    ['https://www.github.com/login', 'github.com'],
    [' nordbank.example ', 'nordbank.example'],
    ['http://localhost:3000/x', 'localhost:3000'],
  ])('names a login after %s', (url, hint) => {
    expect(hintOf('login', at(url))).toBe(hint);
  });

  it.each(['', 'git', 'github.', 'https://', 'two words.example', 'mailto:anna@example.org'])(
    'makes nothing of %j',
    (url) => {
      expect(hintOf('login', at(url))).toBe('');
    },
  );

  it('makes nothing of a regular expression', () => {
    expect(hintOf('login', at('https://a.example', 'regex'))).toBe('');
  });

  it.each([
    ['identity', { firstName: 'Anna', lastName: ' Klein ' }, 'Anna Klein'],
    ['identity', { firstName: '', lastName: 'Klein' }, 'Klein'],
    ['card', { bank: 'Nordbank', brand: 'Visa' }, 'Nordbank Visa'],
    ['wifi', { ssid: 'Hafen 12' }, 'Hafen 12'],
    ['licence', { product: 'Typesetter Pro' }, 'Typesetter Pro'],
    ['note', {}, ''],
  ] as const)('names an item of the kind %s after what is in it', (kind, fields, hint) => {
    expect(hintOf(kind, { fields })).toBe(hint);
  });

  it('is no longer than a title may be, and cuts no character in two', () => {
    const firstName = 'a'.repeat(FIELD_LIMITS.title - 1);
    expect(hintOf('identity', { fields: { firstName: `${firstName}bcd` } })).toBe(`${firstName}b`);
    expect(hintOf('identity', { fields: { firstName: `${firstName}🔑` } })).toBe(firstName);
    const long = { firstName, lastName: 'x'.repeat(FIELD_LIMITS.value) };
    expect(hintOf('identity', { fields: long })).toBe(firstName);
    expect(hintOf('wifi', { fields: { ssid: 'n'.repeat(5_000) } })).toHaveLength(
      FIELD_LIMITS.title,
    );
  });
});
