// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeWords } from '../../../src/renderer/items/code-words.ts';
import { toPieces, toUrlParts } from '../../../src/renderer/items/detail/url-value.tsx';
import { isExpired, valueWords } from '../../../src/renderer/items/detail/value-words.ts';
import { fieldLabel, inSentence } from '../../../src/renderer/items/field-labels.ts';
import { hostOf } from '../../../src/renderer/items/host-of.ts';
import {
  parseMonth,
  toShortMonth,
  urlProblem,
  valueProblem,
} from '../../../src/renderer/items/form/value-problems.ts';
import { isDate } from '../../../src/renderer/items/form/date-text.ts';
import { emptyItem, idOf } from '../support/stored-items.ts';

describe('valueProblem', () => {
  it.each([
    ['email', 'anna@example.org'],
    ['url', 'example.org/login'],
    ['url', 'https://example.org'],
    ['date', '2024-02-29'],
    ['month', '2029-04'],
    ['number', '-3,5'],
    ['number', '12.'],
    ['phone', '+49 (40) 123'],
    ['text', 'anything'],
    ['date', ''],
  ] as const)('has nothing against the %s %s', (type, value) => {
    expect(valueProblem(type, value)).toBeNull();
  });

  it.each([
    ['email', 'anna'],
    ['email', 'anna@'],
    ['email', 'a b@c'],
    ['url', 'two words'],
    ['url', 'https://'],
    ['date', '2023-02-29'],
    ['date', '03/04/2024'],
    ['month', '2029-13'],
    ['month', '13/29'],
    ['number', 'twelve'],
    ['number', '1.2.3'],
    ['phone', 'unknown'],
  ] as const)('says what is wrong with the %s %s', (type, value) => {
    expect(valueProblem(type, value)).toMatch(/\.$/);
  });
});

describe('urlProblem', () => {
  it('reads a regular expression as one', () => {
    expect(urlProblem('^https://(www\\.)?a b', 'regex')).toBeNull();
    expect(urlProblem('^https://(www', 'regex')).toBe('This is no regular expression.');
  });
});

describe('months', () => {
  it.each([
    ['4/29', '2029-04'],
    ['04 / 2029', '2029-04'],
    ['12-31', '2031-12'],
    ['2029-04', '2029-04'],
    ['13/29', null],
    ['0/29', null],
    ['4/9', null],
    ['april', null],
  ])('%s', (text, month) => {
    expect(parseMonth(text)).toBe(month);
  });

  it('are shown as on a card, and anything else as it is', () => {
    expect([toShortMonth('2029-04'), toShortMonth('soon')]).toEqual(['04/29', 'soon']);
  });
});

describe('isDate', () => {
  it.each(['2026-00-10', '2026-13-01', '2026-04-31', '2026-4-1', '', 'x2026-04-01'])(
    'refuses %j',
    (text) => {
      expect(isDate(text)).toBe(false);
    },
  );
});

describe('valueWords', () => {
  it.each([
    [{ type: 'date' }, '2026-03-03', '3 March 2026'],
    [{ type: 'date' }, 'some day', 'some day'],
    [{ type: 'month' }, '2029-04', '04/29, April 2029'],
    [{ type: 'month' }, '4/29', '4/29'],
    [{ type: 'boolean' }, 'true', 'Yes'],
    [{ type: 'boolean' }, '', 'No'],
    [{ type: 'choice', choices: { wpa: 'WPA2' } }, 'wpa', 'WPA2'],
    [{ type: 'choice', choices: { wpa: 'WPA2' } }, 'other', 'other'],
    [{ type: 'number' }, '1', '1'],
  ] as const)('%j %s', (spec, value, words) => {
    expect(valueWords(spec, value)).toBe(words);
  });
});

describe('isExpired', () => {
  const at = (text: string): number => new Date(`${text}T12:00:00`).getTime();
  it.each([
    ['card', 'expires', '2026-03', '2026-03-31', false],
    ['card', 'expires', '2026-03', '2026-04-01', true],
    ['card', 'validFrom', '2020-01', '2026-04-01', false],
    ['licence', 'expiresOn', '2026-04-01', '2026-04-01', false],
    ['licence', 'expiresOn', '2026-03-31', '2026-04-01', true],
    ['licence', 'purchasedOn', '2020-01-01', '2026-04-01', false],
    ['card', 'expires', 'never', '2026-04-01', false],
  ] as const)('%s %s %s on %s', (...given) => {
    const [kind, name, value, day, expired] = given;
    expect(isExpired({ kind }, name, value, at(day))).toBe(expired);
  });
});

describe('toPieces', () => {
  it.each([
    ['/login', ['/', 'login']],
    ['/a/b-c?d=e&f#g', ['/', 'a/', 'b-', 'c?', 'd=', 'e&', 'f#', 'g']],
    ['?to=https%3A%2F%2Fx', ['?', 'to=', 'https', '%3A', '%2F', '%2Fx']],
    ['//two', ['//', 'two']],
    ['nowhere', ['nowhere']],
    ['', ['']],
  ])('of %j', (text, pieces) => {
    expect(toPieces(text)).toEqual(pieces);
  });

  it('lose nothing of an address', () => {
    fc.assert(fc.property(fc.webUrl(), (url) => toPieces(url).join('') === url));
  });
});

describe('toUrlParts', () => {
  it.each([
    ['https://github.com/login', ['https://', 'github.com', '/login']],
    ['github.com', ['', 'github.com', '']],
    ['https://user@github.com:8443?x', ['https://user@', 'github.com:8443', '?x']],
    ['https://good.example@evil.example/', ['https://good.example@', 'evil.example', '/']],
    ['', ['', '', '']],
  ])('%s', (url, parts) => {
    expect(toUrlParts(url)).toEqual(parts);
  });
});

describe('hostOf', () => {
  it.each([
    ['https://a.example/x', 'a.example'],
    ['a.example/x', 'a.example'],
    ['not a url', 'not a url'],
  ])('%s', (url, host) => {
    expect(hostOf(url)).toBe(host);
  });
});

describe('field labels', () => {
  const item = {
    ...emptyItem(idOf(1), 'card', 'Visa'),
    sections: [
      {
        ...{ id: '1', title: '' },
        fields: [
          { id: 'ab', label: 'Limit', type: 'number', value: '1', hasValue: true },
          { id: 'cd', label: '', type: 'text', value: '1', hasValue: true },
        ],
      },
    ],
  } as const;

  it.each([
    ['number', 'Card number'],
    ['note', 'Note'],
    ['custom:ab', 'Limit'],
    ['custom:cd', 'Field'],
    ['custom:zz', 'Field'],
    ['toString', 'Field'],
  ])('%s', (field, label) => {
    expect(fieldLabel(item, field)).toBe(label);
  });

  it('stand in a sentence', () => {
    expect(['User name', 'PIN', 'E-mail', ''].map(inSentence)).toEqual([
      ...['user name', 'PIN', 'e-mail', ''],
    ]);
  });
});

describe('codeWords', () => {
  const code = { type: 'totp', issuer: 'GitHub', account: 'anna', digits: 6, period: 30 } as const;
  it.each([
    [code, 'GitHub, anna: 6 digits every 30 s'],
    [{ ...code, issuer: '', account: '' }, '6 digits every 30 s'],
    [{ ...code, type: 'hotp', period: 0, issuer: '' } as const, 'anna: 6 digits, counted'],
    [
      { ...code, type: 'steam', digits: 5 } as const,
      'GitHub, anna: Steam Guard, 5 characters every 30 s',
    ],
  ])('%j', (given, words) => {
    expect(codeWords(given)).toBe(words);
  });
});
