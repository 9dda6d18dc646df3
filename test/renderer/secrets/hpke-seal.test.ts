// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newHpkeReceiver, openHpke } from '../../../src/main/crypto/hpke.ts';
import { sealHpke } from '../../../src/renderer/secrets/hpke-seal.ts';
import { toBase64Url, toHex } from '../../../src/shared/bytes.ts';
import { HPKE_VECTOR, SMALL_ORDER } from '../../support/hpke-vector.ts';

const { info, aad, ciphertext, plaintext, receiver } = HPKE_VECTOR;
const message = { info, aad, plaintext };

async function vectorPair(): Promise<CryptoKeyPair> {
  const { publicKey, privateKey } = HPKE_VECTOR.ephemeral;
  const open = { kty: 'OKP', crv: 'X25519', x: toBase64Url(publicKey) };
  const closed = { ...open, d: toBase64Url(privateKey) };
  const x25519 = { name: 'X25519' };
  return {
    publicKey: await crypto.subtle.importKey('jwk', open, x25519, true, []),
    privateKey: await crypto.subtle.importKey('jwk', closed, x25519, false, ['deriveBits']),
  };
}

describe('sealHpke', () => {
  it('gives the published vector of RFC 9180', async () => {
    const sealed = await sealHpke(receiver.publicKey, message, await vectorPair());
    expect(toHex(sealed.enc)).toBe(toHex(HPKE_VECTOR.ephemeral.publicKey));
    expect(toHex(sealed.ciphertext)).toBe(toHex(ciphertext));
  });

  it('is opened by the other side, whatever it holds', async () => {
    const mine = newHpkeReceiver();
    const bytes = fc.uint8Array({ maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(bytes, bytes, bytes, async (secret, boundInfo, boundAad) => {
        const sealed = await sealHpke(Uint8Array.from(mine.publicKey), {
          info: boundInfo,
          aad: Uint8Array.from(boundAad),
          plaintext: Uint8Array.from(secret),
        });
        const opened = openHpke(mine, { ...sealed, info: boundInfo, aad: boundAad });
        expect(toHex(opened)).toBe(toHex(secret));
      }),
      { numRuns: 50 },
    );
  });

  it('seals the same twice under different keys', async () => {
    const [one, two] = [
      await sealHpke(receiver.publicKey, message),
      await sealHpke(receiver.publicKey, message),
    ];
    expect(toHex(one.enc)).not.toBe(toHex(two.enc));
    expect(toHex(one.ciphertext)).not.toBe(toHex(two.ciphertext));
  });

  it.each(SMALL_ORDER.map((point) => [toHex(point), point] as const))(
    'seals nothing to the point %s of small order',
    async (_hex, point) => {
      await expect(sealHpke(Uint8Array.from(point), message)).rejects.toThrow();
    },
  );

  it.each([0, 31, 33])('seals nothing to a key of %i bytes', async (length) => {
    await expect(sealHpke(new Uint8Array(length), message)).rejects.toThrow();
  });
});
