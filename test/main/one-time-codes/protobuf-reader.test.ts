// Well-formed messages of every wire type, and each way to be malformed.
// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readProtobuf } from '../../../src/main/one-time-codes/protobuf-reader.ts';
import { fromHex } from '../../../src/shared/bytes.ts';

describe('readProtobuf', () => {
  it.each([
    ['nothing', '', []],
    // Protocol Buffers, "Encoding": the two examples of the page.
    ['a varint', '089601', [{ number: 1, value: 150n }]],
    ['bytes', '120774657374696e67', [{ number: 2, value: fromHex('74657374696e67') }]],
    ['no bytes', '1200', [{ number: 2, value: new Uint8Array() }]],
    ['the highest number', '08ffffffffffffffffff01', [{ number: 1, value: 2n ** 64n - 1n }]],
    ['the highest field', 'f8ffffff0f01', [{ number: 2 ** 29 - 1, value: 1n }]],
    ['a fixed 32 bit number', '1d01020304', [{ number: 3, value: null }]],
    ['a fixed 64 bit number', '190102030405060708', [{ number: 3, value: null }]],
    [
      'several, one of them twice',
      '0801080210031200',
      [
        { number: 1, value: 1n },
        { number: 1, value: 2n },
        { number: 2, value: 3n },
        { number: 2, value: new Uint8Array() },
      ],
    ],
  ])('reads %s', (_, hex, fields) => {
    expect(readProtobuf(fromHex(hex))).toEqual(fields);
  });

  it.each([
    ['a tag without a value', '08'],
    ['a number that is cut', '0896'],
    ['a number of eleven bytes', '08ffffffffffffffffffff01'],
    ['a number above 64 bits', '08ffffffffffffffffff02'],
    ['bytes that are cut', '120774657374'],
    ['bytes of a length beyond everything', '12ffffffffffffffffff01'],
    ['a fixed 32 bit number that is cut', '1d010203'],
    ['a fixed 64 bit number that is cut', '1901020304050607'],
    ['field number 0', '0001'],
    ['a field number above 29 bits', '808080801001'],
    ['the start of a group', '0b0c'],
    ['the end of a group', '0c'],
    ['wire type 6', '0e01'],
    ['wire type 7', '0f01'],
  ])('refuses %s', (_, hex) => {
    expect(() => readProtobuf(fromHex(hex))).toThrow(TypeError);
  });

  it('answers any bytes with fields inside them or a TypeError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        let fields: ReturnType<typeof readProtobuf>;
        try {
          fields = readProtobuf(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
          return;
        }
        expect(fields.length).toBeLessThanOrEqual(bytes.length);
        for (const { value } of fields) {
          if (value instanceof Uint8Array) expect(value.buffer).toBe(bytes.buffer);
        }
      }),
      { numRuns: 5000 },
    );
  });
});
