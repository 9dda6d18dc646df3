// The byte frame of the stand-in's IPC.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { packClone, unpackClone } from './page/clone.ts';

function roundTrip(value: unknown): unknown {
  return unpackClone(packClone(value));
}

describe('packClone and unpackClone', () => {
  it.each([
    ['text', 'déjà \u{1f511}'],
    ['numbers', [0, -0, 1.5, NaN, Infinity, -Infinity, 2 ** 60]],
    ['bigints', 123456789012345678901234567890n],
    ['nothing', [undefined, null]],
    ['nested objects', { a: { b: [1, { c: 'd' }] }, e: undefined }],
    ['maps and sets', new Map<unknown, unknown>([[{ key: 1 }, new Set(['x', 2])]])],
    ['dates', [new Date(0), new Date(NaN)]],
    ['regular expressions', /a+b/giu],
    ['bytes', Uint8Array.of(0, 1, 255)],
    ['other views', [Float64Array.of(1.5), Uint16Array.of(513), new DataView(new ArrayBuffer(2))]],
    ['buffers', Uint8Array.of(1, 2, 3).buffer],
    ['boxed values', [Object(1), Object('x'), Object(true)]],
    ['keys that name the prototype', JSON.parse('{"__proto__":{"polluted":true}}') as unknown],
  ])('carries %s', (_name, value) => {
    expect(roundTrip(value)).toEqual(value);
  });

  it('carries errors with their name, message and cause', () => {
    const error = roundTrip(new TypeError('wrong', { cause: new Error('why') })) as TypeError;
    expect(error).toBeInstanceOf(TypeError);
    expect([error.message, (error.cause as Error).message]).toEqual(['wrong', 'why']);
  });

  it('keeps cycles, shared references and holes', () => {
    const shared = { n: 1 };
    const value: Record<string, unknown> = { one: shared, two: shared, list: [1, , 3] };
    value.self = value;
    const got = roundTrip(value) as Record<string, unknown>;
    expect(got.self).toBe(got);
    expect(got.one).toBe(got.two);
    expect(1 in (got.list as unknown[])).toBe(false);
  });

  it('drops the prototype of a class instance', () => {
    class Point {
      readonly x = 1;
    }
    expect(roundTrip(new Point())).toStrictEqual({ x: 1 });
  });

  it('carries a view alone, not the buffer it looks into', () => {
    const bytes = new Uint8Array(1024).fill(7);
    const got = roundTrip(bytes.subarray(0, 2)) as Uint8Array;
    expect([got.length, got.buffer.byteLength]).toEqual([2, 2]);
    expect(packClone(bytes.subarray(0, 2)).length).toBeLessThan(200);
  });

  it('leaves the bytes of the caller alone', () => {
    const bytes = Uint8Array.of(1, 2, 3);
    packClone({ bytes });
    expect(bytes).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('puts bytes into the frame as they are, and nowhere as text', () => {
    const frame = Buffer.from(packClone({ secret: Buffer.from('correct horse battery') }));
    expect(frame.includes('correct horse battery')).toBe(true);
    expect(frame.includes(Buffer.from('correct horse').toString('base64'))).toBe(false);
    expect(frame.includes('99,111,114')).toBe(false);
  });

  it.each([
    ['functions', () => 1],
    ['symbols', Symbol('s')],
    ['promises', Promise.resolve()],
    ['weak maps', new WeakMap()],
    ['a function deep inside', { list: [{ f: () => 1 }] }],
  ])('refuses %s', (_name, value) => {
    expect(() => packClone(value)).toThrow('An object could not be cloned.');
  });

  it('refuses a frame that was cut short', () => {
    const frame = packClone({ text: 'x'.repeat(100) });
    expect(() => unpackClone(frame.subarray(0, 40))).toThrow();
  });
});
