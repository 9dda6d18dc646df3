import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../src/shared/bytes.ts';
import { padSecret, unpadSecret } from '../../src/shared/sealed-secret.ts';

describe('padSecret', () => {
  it('is undone by unpadSecret', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (secret) => {
        const padded = padSecret(secret);
        expect(padded.length % 64).toBe(0);
        expect(toHex(unpadSecret(padded) ?? new Uint8Array(1))).toBe(toHex(secret));
      }),
    );
  });
});

describe('unpadSecret', () => {
  const padded = padSecret(Uint8Array.of(1, 2, 3));
  const changed = (at: number, byte: number): Uint8Array => {
    const copy = Uint8Array.from(padded);
    copy[at] = byte;
    return copy;
  };

  it('reads a view as it reads an array of its own', () => {
    const wide = new Uint8Array(70);
    wide.set(padded, 5);
    expect(unpadSecret(wide.subarray(5, 69))).toEqual(Uint8Array.of(1, 2, 3));
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['less than a length', new Uint8Array(3)],
    ['less than a bucket', padded.subarray(0, 63)],
    ['more than a bucket', new Uint8Array(128)],
    ['a length beyond its end', changed(2, 1)],
    ['a giant length', changed(0, 0xff)],
    ['something in the padding', changed(63, 1)],
    ['something right behind the secret', changed(7, 1)],
  ])('refuses %s', (_name, bytes) => {
    expect(unpadSecret(bytes)).toBeNull();
  });
});
