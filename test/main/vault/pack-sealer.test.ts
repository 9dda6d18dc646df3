// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { readyAead } from '../../../src/main/crypto/aead.ts';
import { deriveVaultKeys, randomVaultRootKey } from '../../../src/main/crypto/keys.ts';
import { bucketFor } from '../../../src/main/crypto/padding.ts';
import { PackSealer, type SealedPack } from '../../../src/main/vault/pack-sealer.ts';
import type { DeviceId } from '../../../src/shared/brand.ts';
import { patternBytes } from '../../support/attached-files.ts';
import { flippedBit } from '../../support/flipped-bits.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const random = seededRandom('packs');
const aead = await readyAead();
const vaultId = random.bytes(32);
const { pack: key } = deriveVaultKeys(randomVaultRootKey(random), vaultId);
const context = { aead, key, vaultId, epoch: 3, random };
const sealer = new PackSealer(context);
const revision = { lamport: 5, deviceId: 'dd'.repeat(16) as DeviceId };
const PACKS = 50;

describe('PackSealer', () => {
  it('gives back what it sealed, in buckets', () => {
    for (const length of [1, 250, 251, 252, 253, 9000]) {
      const content = patternBytes(length);
      const sealed = sealer.seal(7, revision, content);
      expect(sealer.open(sealed)).toEqual(content);
      expect(bucketFor(sealed.sealed.length - 40)).toBe(sealed.sealed.length - 40);
    }
  });

  it('leaves the content as it was', () => {
    const content = patternBytes(300);
    sealer.seal(0, revision, content);
    expect(content).toEqual(patternBytes(300));
  });

  it('refuses a pack in the place of any other', () => {
    const packs = Array.from({ length: PACKS }, (_, number) =>
      sealer.seal(
        number,
        { ...revision, lamport: 1 + (number % 7) },
        patternBytes(300, String(number)),
      ),
    );
    let swaps = 0;
    for (const one of packs) {
      for (const other of packs) {
        if (one === other) continue;
        swaps += 1;
        expect(sealer.open({ ...one, sealed: other.sealed })).toBeNull();
      }
    }
    expect(swaps).toBe(PACKS * (PACKS - 1));
  });

  it('refuses every field that was changed, every bit, and what is too short', () => {
    const pack = sealer.seal(7, revision, patternBytes(100));
    const changes: Partial<SealedPack>[] = [
      { number: 8 },
      { revision: { ...revision, lamport: 6 } },
      { revision: { ...revision, deviceId: 'ee'.repeat(16) as DeviceId } },
      { epoch: 2 },
      { epoch: 4 },
      { sealed: new Uint8Array(0) },
      { sealed: pack.sealed.subarray(0, 39) },
      { sealed: pack.sealed.subarray(0, -1) },
    ];
    for (const change of changes) expect(sealer.open({ ...pack, ...change })).toBeNull();
    for (let bit = 0; bit < pack.sealed.length * 8; bit += 1) {
      const sealed = flippedBit(pack.sealed, bit);
      expect(sealer.open({ ...pack, sealed })).toBeNull();
    }
  });

  it('refuses the packs of another epoch, another vault and another key', () => {
    const pack = sealer.seal(7, revision, patternBytes(100));
    const others = [
      { ...context, epoch: 4 },
      { ...context, vaultId: random.bytes(32) },
      { ...context, key: deriveVaultKeys(randomVaultRootKey(random), vaultId).pack },
    ];
    for (const other of others) expect(new PackSealer(other).open(pack)).toBeNull();
    expect(new PackSealer({ ...context, epoch: 4 }).open({ ...pack, epoch: 4 })).toBeNull();
  });
});
