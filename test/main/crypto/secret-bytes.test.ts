import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { SecretBytes } from '../../../src/main/crypto/secret-bytes.ts';

describe('SecretBytes', () => {
  it('takes ownership: the argument is zeroed, the content kept', () => {
    const given = Uint8Array.of(1, 2, 3);
    using secret = SecretBytes.take(given);
    expect(given).toEqual(new Uint8Array(3));
    expect(secret.use((bytes) => Uint8Array.from(bytes))).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('zeroes on dispose and refuses any later use', () => {
    const secret = SecretBytes.take(Uint8Array.of(9));
    const lent = secret.use((bytes) => bytes);
    secret.dispose();
    secret.dispose();
    expect(lent).toEqual(new Uint8Array(1));
    expect(secret.isDisposed).toBe(true);
    expect(() => secret.use(() => 0)).toThrow('used after dispose');
    expect(() => secret.length).toThrow();
    expect(() => secret.clone()).toThrow();
  });

  it('prints as a mark in every way a log could print it', () => {
    using secret = SecretBytes.take(new TextEncoder().encode('canary'));
    const printed = [
      String(secret),
      secret.toString(),
      JSON.stringify({ secret }),
      inspect(secret),
      inspect({ deep: { secret } }, { depth: 9, showHidden: true }),
    ].join('\n');
    expect(printed).not.toMatch(/canary|99, 97|63 61/);
    expect(printed.split('[secret]')).toHaveLength(6);
  });

  it('clones an independent owner', () => {
    const first = SecretBytes.take(Uint8Array.of(5));
    using second = first.clone();
    first.dispose();
    expect(second.use((bytes) => bytes[0])).toBe(5);
  });
});
