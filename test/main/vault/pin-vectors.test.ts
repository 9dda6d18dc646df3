// The vectors of pins, read by the product and by the second implementation; and 10,000 pins that one writes and the
// other reads.
// SPDX-License-Identifier: MIT

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deriveKey, type VaultRootKey } from '../../../src/main/crypto/keys.ts';
import { SecretBytes } from '../../../src/main/crypto/secret-bytes.ts';
import { encodePin, isAuthenticPin, parsePin } from '../../../src/main/vault/pin.ts';
import { fromHex } from '../../../src/shared/bytes.ts';
import { type FoundPin, kdfBlockOf, readPin, writePin } from '../../support/independent/pin.ts';
import {
  type PinFamily,
  pinFamily,
  printPinFamily,
} from '../../support/independent/vectors/pin-records.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const FILE = join(import.meta.dirname, '..', '..', 'vectors', 'vault', 'pin.json');
const text = readFileSync(FILE, 'utf8');
const family = JSON.parse(text) as PinFamily;
const vaultId = fromHex(family.vaultId);
const rootKey = fromHex(family.rootKey);

function keyOf(root: Uint8Array, id: Uint8Array) {
  const parent = SecretBytes.take(Uint8Array.from(root)) as VaultRootKey;
  return deriveKey(parent, { label: 'pins', salt: id });
}

function productSays(record: Uint8Array, id: Uint8Array, root: Uint8Array): FoundPin | 'damaged' {
  const pin = parsePin(record, id);
  if (pin === null) return 'damaged';
  const { generation, epoch, lamport, seenAt, kdf } = pin;
  const isAuthentic = isAuthenticPin(pin, keyOf(root, id));
  return { generation, epoch, lamport, seenAt, cost: kdf, isAuthentic };
}

describe('the vectors of pins', () => {
  it('are those that their script makes', () => {
    expect(text).toBe(printPinFamily(pinFamily()));
  });

  it('are four bad ones for every good one at least, each of a name of its own', () => {
    const good = family.vectors.filter((one) => one.expect !== 'damaged' && one.expect.isAuthentic);
    expect(new Set(family.vectors.map(({ name }) => name)).size).toBe(family.vectors.length);
    expect(good.length).toBeGreaterThan(0);
    expect(family.vectors.length - good.length).toBeGreaterThanOrEqual(4 * good.length);
  });

  it.each(family.vectors.map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    const record = fromHex(vector.record);
    expect(readPin(record, vaultId, rootKey)).toEqual(vector.expect);
    expect(productSays(record, vaultId, rootKey)).toEqual(vector.expect);
  });
});

describe('10,000 pins', () => {
  it('are the same bytes from both implementations, and read by both', () => {
    const random = seededRandom('pins of both');
    const number = (below: number): number =>
      Number(new DataView(random.bytes(8).buffer).getBigUint64(0) % BigInt(below));
    for (let count = 0; count < 10_000; count += 1) {
      const [id, root] = [random.bytes(32), random.bytes(32)];
      const cost = {
        memoryKib: 65_536 + number(196_608),
        passes: 3 + number(14),
        lanes: 1 + number(8),
      };
      const numbers = {
        generation: 1 + number(2 ** 32 - 1),
        epoch: 1 + number(2 ** 32 - 1),
        lamport: number(2 ** 53),
        seenAt: number(8.64e15),
      };
      const record = encodePin({ vaultId: id, ...numbers, kdf: cost }, keyOf(root, id));
      const other = writePin({ vaultId: id, ...numbers, kdfBlock: kdfBlockOf(cost) }, root);
      if (!Buffer.from(record).equals(other)) throw new Error(`pin ${count}: other bytes`);
      const expected = { ...numbers, cost, isAuthentic: true };
      if (count % 10 > 0) continue;
      expect(readPin(record, id, root)).toEqual(expected);
      expect(productSays(other, id, root)).toEqual(expected);
    }
  });
});
