import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  concatBytes,
  equalBytes,
  fromBase64Url,
  fromHex,
  fromUtf8,
  toBase64Url,
  toHex,
  toUtf8,
} from '../../src/shared/bytes.ts';

const bytes = () => fc.uint8Array({ maxLength: 200 });

describe('base64url', () => {
  it('agrees with Node on every content, both ways', () => {
    fc.assert(
      fc.property(bytes(), (content) => {
        const text = Buffer.from(content).toString('base64url');
        expect(toBase64Url(content)).toBe(text);
        expect(fromBase64Url(text)).toEqual(content);
      }),
    );
  });

  it.each(['=', 'AA==', 'A', 'AAAAA', 'AB', 'AAB', 'A+AA', 'A/AA', 'AA AA', 'ÄAAA', 'AAAA\n'])(
    'refuses %j, which is not canonical',
    (text) => {
      expect(() => fromBase64Url(text)).toThrow(TypeError);
    },
  );
});

describe('hex', () => {
  it('goes there and back', () => {
    fc.assert(fc.property(bytes(), (content) => equalBytes(fromHex(toHex(content)), content)));
  });

  it('reads upper case', () => {
    expect(fromHex('FF0a')).toEqual(Uint8Array.of(255, 10));
  });

  it.each(['0', '0g', ' 00', '0x00', '00 '])('refuses %j', (text) => {
    expect(() => fromHex(text)).toThrow(TypeError);
  });
});

describe('utf8', () => {
  it('keeps every well-formed text, a byte order mark included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fromUtf8(toUtf8(`\uFEFF${text}`))).toBe(`\uFEFF${text}`);
      }),
    );
  });

  it.each([[[0xff]], [[0xc3]], [[0xc0, 0x80]], [[0xed, 0xa0, 0x80]]])(
    'refuses the bytes %j',
    (wrong) => {
      expect(() => fromUtf8(Uint8Array.from(wrong))).toThrow(TypeError);
    },
  );
});

describe('concatBytes and equalBytes', () => {
  it('joins copies in order', () => {
    const first = Uint8Array.of(1, 2);
    const joined = concatBytes(first, new Uint8Array(), Uint8Array.of(3));
    first.fill(0);
    expect(joined).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('tells length and content apart', () => {
    expect(equalBytes(Uint8Array.of(1), Uint8Array.of(1))).toBe(true);
    expect(equalBytes(Uint8Array.of(1), Uint8Array.of(2))).toBe(false);
    expect(equalBytes(Uint8Array.of(1), Uint8Array.of(1, 0))).toBe(false);
  });
});
