// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { encodeCbor, type CborValue } from '../../../src/main/codec/cbor.ts';
import { CodecError } from '../../../src/main/codec/codec-error.ts';
import {
  encodeCoseKey,
  fromUncompressedPoint,
  parseCoseKey,
  assertCoseAlgorithm,
  toAlgorithmIdentifier,
  toAlgorithmName,
  toUncompressedPoint,
} from '../../../src/main/codec/cose.ts';
import { fromHex, toHex } from '../../../src/shared/bytes.ts';

const X = 'afefa16f97ca9b2d23eb86ccb64098d20db90856062eb249c33a9b672f26df61';
const Y = '930a56b87a2fca66334b03458abf879717c12cc68ed73290af2e2664796b9220';
const COSE_KEY = `a5010203262001215820${X}225820${Y}`;

function key(changes: readonly (readonly [number, CborValue])[]): Uint8Array {
  const map = new Map<number, CborValue>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, fromHex(X)],
    [-3, fromHex(Y)],
    ...changes,
  ]);
  return encodeCbor(map);
}

describe('COSE_ALGORITHMS', () => {
  it('names ES256 and nothing that is unknown', () => {
    expect([toAlgorithmName(-7), toAlgorithmName(-257), toAlgorithmName(0)]).toEqual([
      'ES256',
      null,
      null,
    ]);
    expect(toAlgorithmIdentifier('ES256')).toBe(-7);
  });

  it('takes its own names and no other, not those of every object either', () => {
    assertCoseAlgorithm('ES256');
    for (const name of ['', 'es256', 'RS256', 'toString', '__proto__', 'constructor']) {
      expect(() => {
        assertCoseAlgorithm(name);
      }).toThrow(CodecError);
    }
  });
});

describe('parseCoseKey', () => {
  it('reads and writes an ES256 key', () => {
    const parsed = parseCoseKey(fromHex(COSE_KEY));
    expect(parsed).toEqual({ kty: 'EC2', algorithm: 'ES256', x: fromHex(X), y: fromHex(Y) });
    expect(toHex(encodeCoseKey(parsed))).toBe(COSE_KEY);
  });

  it.each([
    ['bytes left over', fromHex(`${COSE_KEY}00`)],
    ['bytes cut off', fromHex(COSE_KEY.slice(0, -2))],
    ['something other than a map', encodeCbor([1])],
    ['an unknown algorithm', key([[3, -8]])],
    ['an algorithm as text', key([[3, 'ES256']])],
    ['another key type', key([[1, 1]])],
    ['another curve', key([[-1, 2]])],
    ['a short coordinate', key([[-2, fromHex(X.slice(2))]])],
    ['a long coordinate', key([[-3, fromHex(`00${Y}`)]])],
    ['a compressed point (a boolean y)', key([[-3, true]])],
    ['a label more', key([[2, Uint8Array.of(1)]])],
  ])('refuses %s', (_, bytes) => {
    expect(() => parseCoseKey(bytes)).toThrow(CodecError);
  });
});

describe('fromUncompressedPoint', () => {
  it('is undone by toUncompressedPoint', () => {
    const point = fromHex(`04${X}${Y}`);
    expect(toUncompressedPoint(fromUncompressedPoint('ES256', point))).toEqual(point);
  });

  it.each([
    ['a compressed point', `02${X}`],
    ['a point without its first byte', `${X}${Y}`],
    ['a hybrid point', `06${X}${Y}`],
    ['a byte too many', `04${X}${Y}00`],
    ['nothing', ''],
  ])('refuses %s', (_, hex) => {
    expect(() => fromUncompressedPoint('ES256', fromHex(hex))).toThrow(CodecError);
  });
});
