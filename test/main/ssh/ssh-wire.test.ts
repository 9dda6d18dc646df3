// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitLength } from '../../../src/main/ssh/key-material.ts';
import {
  encodeMpint,
  encodeString,
  encodeUint32,
  SshReader,
} from '../../../src/main/ssh/ssh-wire.ts';
import { concatBytes, fromHex, toHex } from '../../../src/shared/bytes.ts';

const reader = (hex: string): SshReader => new SshReader(fromHex(hex), 'test');

describe('mpint', () => {
  // RFC 4251, section 5.
  it.each([
    ['09a378f9b2e332a7', '0000000809a378f9b2e332a7'],
    ['80', '000000020080'],
    ['00000080', '000000020080'],
    ['', '00000000'],
    ['0000', '00000000'],
  ])('writes %s as %s', (unsigned, encoded) => {
    expect(toHex(encodeMpint(fromHex(unsigned)))).toBe(encoded);
  });

  it('reads back every positive number', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 70 }), (bytes) => {
        fc.pre(bytes[0] !== 0);
        const read = new SshReader(encodeMpint(bytes), 'test');
        expect(read.mpint()).toEqual(bytes);
        read.end();
      }),
    );
  });

  it.each([
    ['zero', '00000000'],
    ['a zero byte', '0000000100'],
    ['a negative number', '0000000180'],
    ['a number with a zero too many', '00000002007f'],
    ['a number cut off', '0000000301ff'],
  ])('refuses %s', (_, hex) => {
    expect(() => reader(hex).mpint()).toThrow('test: expected');
  });
});

describe('SshReader', () => {
  it('reads one value after the other', () => {
    const bytes = concatBytes(encodeUint32(0xfffffffe), encodeString('name'), fromHex('0102'));
    const read = new SshReader(bytes, 'test');
    expect(read.uint32()).toBe(0xfffffffe);
    expect(read.name()).toBe('name');
    expect(toHex(read.rest())).toBe('0102');
    read.end();
  });

  it.each([
    ['an empty name', '00000000'],
    ['a name with a space', '00000003612062'],
    ['a name beyond ASCII', '00000002c3a4'],
    ['a name of 65 characters', `00000041${'61'.repeat(65)}`],
  ])('refuses %s', (_, hex) => {
    expect(() => reader(hex).name()).toThrow('test: expected a name');
  });

  it.each([
    ['a uint32 of three bytes', '000000', (read: SshReader) => read.uint32()],
    ['a string beyond the end', '0000000201', (read: SshReader) => read.string()],
    ['a string of another length', '0000000101', (read: SshReader) => read.fixedString(2)],
  ])('refuses %s', (_, hex, action) => {
    expect(() => action(reader(hex))).toThrow('test: expected');
  });

  it('refuses to end before the end', () => {
    expect(() => {
      reader('00').end();
    }).toThrow('got 1 bytes more');
  });
});

describe('bitLength', () => {
  it.each([
    ['', 0],
    ['00', 0],
    ['01', 1],
    ['80', 8],
    ['0080', 8],
    ['0100', 9],
  ])('of %s is %i', (hex, bits) => {
    expect(bitLength(fromHex(hex))).toBe(bits);
  });
});
