import { createPrivateKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type HpkeReceiver, newHpkeReceiver, openHpke } from '../../../src/main/crypto/hpke.ts';
import { toBase64Url, toHex } from '../../../src/shared/bytes.ts';
import { flippedBit } from '../../support/flipped-bits.ts';
import { HPKE_VECTOR, SMALL_ORDER } from '../../support/hpke-vector.ts';

const { info, aad, ciphertext, plaintext, ephemeral } = HPKE_VECTOR;
const enc = ephemeral.publicKey;
const receiver: HpkeReceiver = {
  privateKey: createPrivateKey({
    format: 'jwk',
    key: {
      ...{ kty: 'OKP', crv: 'X25519' },
      x: toBase64Url(HPKE_VECTOR.receiver.publicKey),
      d: toBase64Url(HPKE_VECTOR.receiver.privateKey),
    },
  }),
  publicKey: HPKE_VECTOR.receiver.publicKey,
};
const message = { enc, info, aad, ciphertext };
const REFUSED = expect.objectContaining({ code: 'crypto/authentication-failed' }) as Error;

describe('openHpke', () => {
  it('opens the published vector of RFC 9180', () => {
    expect(toHex(openHpke(receiver, message))).toBe(toHex(plaintext));
  });

  it('leaves what it was given as it was', () => {
    openHpke(receiver, message);
    expect(toHex(openHpke(receiver, message))).toBe(toHex(plaintext));
  });

  it('refuses every flipped bit of the ciphertext and its tag', () => {
    for (let bit = 0; bit < ciphertext.length * 8; bit += 1) {
      const wrong = { ...message, ciphertext: flippedBit(ciphertext, bit) };
      expect(() => openHpke(receiver, wrong)).toThrow(REFUSED);
    }
  });

  it('refuses every flipped bit of info and aad', () => {
    for (const part of ['info', 'aad'] as const) {
      for (let bit = 0; bit < message[part].length * 8; bit += 1) {
        const wrong = { ...message, [part]: flippedBit(message[part], bit) };
        expect(() => openHpke(receiver, wrong)).toThrow(REFUSED);
      }
    }
  });

  it('refuses every flipped bit of the ephemeral key, the one that X25519 ignores among them', () => {
    for (let bit = 0; bit < enc.length * 8; bit += 1) {
      expect(() => openHpke(receiver, { ...message, enc: flippedBit(enc, bit) })).toThrow(REFUSED);
    }
  });

  it('refuses whatever was cut off, at either end', () => {
    for (let length = 0; length < ciphertext.length; length += 1) {
      const wrong = { ...message, ciphertext: ciphertext.subarray(0, length) };
      expect(() => openHpke(receiver, wrong)).toThrow(REFUSED);
    }
    const wrong = { ...message, ciphertext: ciphertext.subarray(1) };
    expect(() => openHpke(receiver, wrong)).toThrow(REFUSED);
  });

  it.each([0, 31, 33, 64])('refuses an ephemeral key of %i bytes', (length) => {
    expect(() => openHpke(receiver, { ...message, enc: new Uint8Array(length) })).toThrow(REFUSED);
  });

  it.each(SMALL_ORDER.map((point) => [toHex(point), point] as const))(
    'refuses the point %s of small order',
    (_hex, point) => {
      expect(() => openHpke(receiver, { ...message, enc: point })).toThrow(REFUSED);
    },
  );

  it('opens nothing with another key, nor with the right one under another public key', () => {
    expect(() => openHpke(newHpkeReceiver(), message)).toThrow(REFUSED);
    const { publicKey } = newHpkeReceiver();
    expect(() => openHpke({ ...receiver, publicKey }, message)).toThrow(REFUSED);
  });
});

describe('newHpkeReceiver', () => {
  it('makes another pair each time', () => {
    const [one, two] = [newHpkeReceiver(), newHpkeReceiver()];
    expect(one.publicKey).toHaveLength(32);
    expect(toHex(one.publicKey)).not.toBe(toHex(two.publicKey));
  });
});
