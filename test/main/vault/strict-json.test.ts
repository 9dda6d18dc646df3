// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { readJson, writeJson } from '../../../src/main/vault/strict-json.ts';
import { fromUtf8, toUtf8 } from '../../../src/shared/bytes.ts';

const read = (text: string): unknown => readJson(toUtf8(text), (value) => value);

describe('JSON of the vault', () => {
  it('comes back as it was written', () => {
    const values = [null, true, 0, -1.5, 'é 漢 \ud83d', [], {}, { b: [1, { a: '' }], a: null }];
    for (const value of values) {
      const bytes = writeJson(value);
      expect(readJson(bytes, (found) => found)).toEqual(value);
      expect(fromUtf8(writeJson(readJson(bytes, (found) => found)))).toBe(fromUtf8(bytes));
    }
  });

  it('is refused where a member stands twice, whichever counts', () => {
    for (const text of ['{"a":1,"a":1}', '{"a":1,"a":2}', '{"a":{"b":0,"b":1}}', '[{"a":1,"a":1}]'])
      expect(() => read(text)).toThrow('not canonical');
  });

  it('is refused in every other form of the same value', () => {
    const others = [
      ' {}',
      '{} ',
      '{"b":1,"a":2}',
      '[1, 2]',
      '[1.0]',
      '[1e2]',
      '[-0]',
      '["\\u0061"]',
    ];
    for (const text of [...others, '["\\/"]', '["\\u00e9"]']) {
      expect(() => read(text)).toThrow('not canonical');
    }
  });

  it('is refused where it is none, or is not UTF-8', () => {
    for (const text of ['', '{', '{"a":1,}', '\ufeff{}', 'undefined']) {
      expect(() => read(text)).toThrow();
    }
    expect(() => readJson(Uint8Array.of(0x22, 0xff, 0x22), (value) => value)).toThrow();
  });

  it('says what its reader says before it looks at the form', () => {
    const refuse = () => {
      throw new TypeError('of another shape');
    };
    expect(() => readJson(toUtf8('[ 1 ]'), refuse)).toThrow('of another shape');
  });
});
