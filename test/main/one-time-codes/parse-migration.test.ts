// Exports of Google Authenticator: a published one, ones built here field by field, and what is none.
// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOneTimeCode } from '../../../src/main/one-time-codes/check-one-time-code.ts';
import { OneTimeCodeError } from '../../../src/main/one-time-codes/one-time-code-error.ts';
import { parseMigration } from '../../../src/main/one-time-codes/parse-migration.ts';
import { concatBytes, fromHex, toUtf8 } from '../../../src/shared/bytes.ts';
import type { OneTimeCode } from '../../../src/shared/model/one-time-code.ts';
import { hotpCode, mangled, refusalOf, SECRET, totp } from './one-time-code-fixtures.ts';

const HELLO = fromHex('48656c6c6f21deadbeef');

function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  do {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}

type Field = readonly [number: number, value: number | bigint | string | Uint8Array];

/** A protobuf message of varints and length-delimited fields. */
function message(...fields: readonly Field[]): Uint8Array {
  const written = fields.map(([number, value]) => {
    const tag = (wireType: bigint) => varint((BigInt(number) << 3n) | wireType);
    if (typeof value === 'number' || typeof value === 'bigint') {
      return concatBytes(tag(0n), varint(BigInt(value)));
    }
    const bytes = typeof value === 'string' ? toUtf8(value) : value;
    return concatBytes(tag(2n), varint(BigInt(bytes.length)), bytes);
  });
  return concatBytes(...written);
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const link = (payload: Uint8Array) =>
  `otpauth-migration://offline?data=${encodeURIComponent(base64(payload))}`;
/** An export of one code. */
const one = (...fields: readonly Field[]) => link(message([1, message(...fields)]));

describe('parseMigration', () => {
  it('reads the example that dim13/otpauth publishes (migration/convert_test.go)', () => {
    const text =
      'otpauth-migration://offline?data=CjEKCkhlbGxvId6tvu8SGEV4YW1wbGU6YWxpY2VAZ29vZ2xlLmNvbRoHRXhhbXBsZTAC';
    expect(parseMigration(text)).toEqual([
      totp({ issuer: 'Example', account: 'alice@google.com' }),
    ]);
  });

  it('reads every code, in order, and puts up with the fields of a batch and with later ones', () => {
    const payload = message(
      [1, message([1, HELLO], [2, 'a'], [3, 'E'], [4, 2], [5, 2], [6, 2], [8, 'an id'])],
      [1, message([1, HELLO], [2, 'E:b'], [4, 3], [5, 3], [6, 1], [7, 2n ** 53n - 1n])],
      [1, message([6, 2], [5, 1], [4, 1], [2, 'x'], [1, HELLO], [7, -5n])],
      [2, 1],
      [3, 2],
      [4, 0],
      [5, -1_930_694_549n],
      [99, 'later'],
    );
    const codes: readonly OneTimeCode[] = [
      totp({ issuer: 'E', account: 'a', algorithm: 'SHA-256', digits: 8 }),
      hotpCode({
        issuer: 'E',
        account: 'b',
        algorithm: 'SHA-512',
        digits: 7,
        counter: Number.MAX_SAFE_INTEGER,
      }),
      totp({ account: 'x' }),
    ];
    expect(parseMigration(link(payload))).toEqual(codes);
  });

  it('takes six digits, SHA-1 and TOTP for what was left out', () => {
    expect(parseMigration(one([1, HELLO]))).toEqual([totp()]);
    expect(parseMigration(one([1, HELLO], [4, 0], [5, 0], [6, 0]))).toEqual([totp()]);
    expect(parseMigration(one([1, HELLO], [6, 1]))).toEqual([hotpCode()]);
  });

  it.each([
    ['bare plus signs and slashes', (data: string) => data],
    ['percent-encoding', (data: string) => encodeURIComponent(data)],
    ['no padding', (data: string) => data.replace(/=+$/, '')],
    ['parameters beside it', (data: string) => `${data}&x=1`],
  ])('reads base64 with %s', (_, write) => {
    const payload = message([1, message([1, HELLO], [2, '\u{1f511}>>>???~~~\u07ff'])]);
    expect(base64(payload)).toMatch(/\+.*\/.*=$|\/.*\+.*=$/);
    const text = ` OTPAUTH-MIGRATION://offline?data=${write(base64(payload))}\n`;
    expect(parseMigration(text)).toEqual([totp({ account: '\u{1f511}>>>???~~~\u07ff' })]);
  });

  it('reads secrets of every length there may be', () => {
    for (const length of [1, 2, 3, 4, 5, 20, 64, 640]) {
      const [code] = parseMigration(one([1, new Uint8Array(length).fill(0xff)]));
      expect(code?.secret).toHaveLength(Math.ceil((length * 8) / 5));
    }
  });
});

const RAW = 'otpauth-migration://offline?data=';
const WRONG: readonly (readonly [what: string, text: string, reason: string])[] = [
  ['nothing', '', 'migration'],
  ['a secret', SECRET, 'migration'],
  ['a key URI', `otpauth://totp/a?secret=${SECRET}`, 'migration'],
  ['another scheme', 'otpauth-migrations://offline?data=CgA', 'migration'],
  ['another place', 'otpauth-migration://online?data=CgA', 'migration'],
  ['no data', 'otpauth-migration://offline', 'migration'],
  ['empty data', RAW, 'migration'],
  ['data twice', `${one([1, HELLO])}&data=CgA`, 'migration'],
  ['a cut percent sign', `${RAW}CgA%3`, 'migration'],
  [
    'base64url',
    link(message([1, message([1, HELLO], [2, '>>>???'])]))
      .replaceAll('%2F', '_')
      .replaceAll('%2B', '-'),
    'migration',
  ],
  ['a blank in base64', `${RAW}Cg A`, 'migration'],
  ['padding in the middle', `${RAW}Cg==CgA=`, 'migration'],
  ['padding that does not fit', `${RAW}CgA%3D%3D`, 'migration'],
  ['three signs of padding', `${RAW}C===`, 'migration'],
  ['base64 with stray bits', `${RAW}CgB`, 'migration'],
  ['base64 of an impossible length', `${RAW}CgAAA`, 'migration'],
  ['a text that is too long', `${RAW}${'A'.repeat(33_000)}`, 'migration'],
  ['no codes', link(message([2, 1], [3, 1])), 'migration'],
  ['bytes that are cut', link(message([1, message([1, HELLO])]).subarray(0, -1)), 'migration'],
  [
    'a byte too many',
    link(concatBytes(message([1, message([1, HELLO])]), fromHex('08'))),
    'migration',
  ],
  ['a code that is a number', link(message([1, 5])), 'migration'],
  ['a code that is no message', link(message([1, fromHex('ff')])), 'migration'],
  ['a group', link(fromHex('0b0c')), 'migration'],
  ['a secret that is a number', one([1, 5]), 'migration'],
  ['a secret of fixed width', link(message([1, fromHex('0d01020304')])), 'migration'],
  ['a type that is text', one([1, HELLO], [6, 'x']), 'migration'],
  ['two secrets', one([1, HELLO], [1, HELLO]), 'migration'],
  ['two counters', one([1, HELLO], [6, 1], [7, 1], [7, 2]), 'migration'],
  ['a name that is not UTF-8', one([1, HELLO], [2, fromHex('c3')]), 'migration'],
  ['an issuer that is not UTF-8', one([1, HELLO], [3, fromHex('eda080')]), 'migration'],
  ['an empty code', one(), 'secret'],
  ['no secret', one([2, 'a'], [6, 2]), 'secret'],
  ['an empty secret', one([1, new Uint8Array()]), 'secret'],
  ['a secret that is too long', one([1, new Uint8Array(641)]), 'secret'],
  ['MD5', one([1, HELLO], [4, 4]), 'algorithm'],
  ['a negative algorithm', one([1, HELLO], [4, -1]), 'algorithm'],
  ['digits that we do not know', one([1, HELLO], [5, 4]), 'digits'],
  ['digits as a count', one([1, HELLO], [5, 6]), 'digits'],
  ['a type that we do not know', one([1, HELLO], [6, 3]), 'type'],
  ['a negative counter', one([1, HELLO], [6, 1], [7, -1n]), 'counter'],
  ['a counter that a double rounds', one([1, HELLO], [6, 1], [7, 2n ** 53n]), 'counter'],
  ['a name that is too long', one([1, HELLO], [2, 'a'.repeat(1025)]), 'uri'],
  ['a control character in a name', one([1, HELLO], [2, 'a\0b']), 'uri'],
  [
    'one bad code among good ones',
    link(message([1, message([1, HELLO])], [1, message([1, HELLO], [4, 4])])),
    'algorithm',
  ],
];

describe('parseMigration, of anything else', () => {
  it.each(WRONG)('refuses %s', (_, text, reason) => {
    const { reason: given, printed } = refusalOf(() => parseMigration(text));
    expect(given).toBe(reason);
    if (text.length > 9) expect(printed).not.toContain(text);
    expect(printed).not.toContain(SECRET);
  });

  const valid = message(
    [1, message([1, HELLO], [2, 'E:a'], [3, 'E'], [4, 1], [5, 1], [6, 2])],
    [2, 1],
  );

  it.each<[string, fc.Arbitrary<string>]>([
    ['any bytes', fc.uint8Array({ maxLength: 200 }).map(link)],
    ['any code', fc.uint8Array({ maxLength: 60 }).map((bytes) => link(message([1, bytes])))],
    ['a link with faults', mangled(link(valid))],
    [
      'a payload with one byte changed',
      fc
        .tuple(fc.nat(valid.length - 1), fc.nat(255))
        .map(([at, byte]) => link(valid.with(at, byte))),
    ],
    ['a payload that is cut', fc.nat(valid.length).map((end) => link(valid.subarray(0, end)))],
  ])('answers %s with sound codes or a typed error', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        let codes: readonly OneTimeCode[];
        try {
          codes = parseMigration(text);
        } catch (error) {
          expect(error).toBeInstanceOf(OneTimeCodeError);
          return;
        }
        expect(codes.length).toBeGreaterThan(0);
        for (const code of codes) expect(checkOneTimeCode(code)).toBe(code);
      }),
      { numRuns: 2000 },
    );
  });

  it('is quick with as many codes as fit the longest text', () => {
    const codes = Array.from({ length: 2000 }, (): Field => [1, message([1, HELLO])]);
    const text = `${RAW}${base64(message(...codes.slice(0, 1700)))}`;
    expect(text.length).toBeGreaterThan(31_000);
    expect(text.length).toBeLessThanOrEqual(32_768);
    const start = performance.now();
    expect(parseMigration(text)).toHaveLength(1700);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
