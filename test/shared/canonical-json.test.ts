import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCanonicalJson } from '../../src/shared/canonical-json.ts';

describe('toCanonicalJson', () => {
  it('gives one text whatever the order of the keys', () => {
    expect(toCanonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe(
      '{"a":true,"b":[1,{"c":"x","d":null}]}',
    );
    expect(toCanonicalJson({ a: 1, b: 2 })).toBe(toCanonicalJson({ b: 2, a: 1 }));
  });

  it('is JSON that reads back as the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(toCanonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('gives different texts for different values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const isSame =
          JSON.stringify(JSON.parse(toCanonicalJson(a))) ===
          JSON.stringify(JSON.parse(toCanonicalJson(b)));
        expect(toCanonicalJson(a) === toCanonicalJson(b)).toBe(isSame);
      }),
    );
  });

  it.each([
    ['undefined', undefined],
    ['NaN', Number.NaN],
    ['Infinity', Infinity],
    ['bytes', Uint8Array.of(1)],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a bigint', 1n],
    ['a member that is undefined', { a: undefined }],
  ])('refuses %s, which JSON would change in silence', (_name, value) => {
    expect(() => toCanonicalJson(value)).toThrow(TypeError);
  });
});
