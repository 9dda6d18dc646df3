// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveVaultKeys, randomVaultRootKey } from '../../../src/main/crypto/keys.ts';
import {
  digestRow,
  encodeManifest,
  hashHeader,
  type Manifest,
  type ManifestRow,
  NO_ROWS,
  parseManifest,
  RowFold,
  sameRows,
} from '../../../src/main/vault/manifest.ts';
import type { DeviceId, ItemId } from '../../../src/shared/brand.ts';
import { concatBytes, toHex } from '../../../src/shared/bytes.ts';
import { flipped } from '../../support/flipped-bits.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const random = seededRandom('manifest');
const vaultId = random.bytes(32);
const { manifest: key } = deriveVaultKeys(randomVaultRootKey(random), vaultId);
const { manifest: otherKey } = deriveVaultKeys(randomVaultRootKey(random), vaultId);
const revision = { lamport: 7, deviceId: 'dd'.repeat(16) as DeviceId };
const otherRevisions = [
  { ...revision, lamport: 8 },
  { ...revision, deviceId: 'de'.repeat(16) as DeviceId },
];
const id = 'aa'.repeat(16) as ItemId;
const bytes = random.bytes(80);
const other = flipped(bytes, 3);

const keyDevice = 'ee'.repeat(16) as DeviceId;
const body = { id, revision, schema: 1, keyVersion: 1, keyDevice, body: bytes };
const keys = {
  ...{ id, version: 1, deviceId: revision.deviceId, epoch: 1 },
  ...{ itemKey: bytes, passkeyKey: bytes },
};
const head = {
  ...{ number: 1, id: 'bb'.repeat(16), itemId: id },
  ...{ keyVersion: 1, keyDevice, revision, sealed: bytes },
};
const object = { role: 'meta' as const, revision, epoch: 1, sealed: bytes };
const pack = { number: 1, revision, epoch: 1, sealed: bytes };

/** One row of each table, and everything that can be changed of it. */
const rows: [ManifestRow, ManifestRow[]][] = [
  [
    { of: 'body', row: body },
    [
      ...otherRevisions.map((one) => ({ ...body, revision: one })),
      { ...body, id: 'ab'.repeat(16) as ItemId },
      { ...body, schema: 2 },
      { ...body, keyVersion: 2 },
      { ...body, keyDevice: revision.deviceId },
      { ...body, body: other },
      { ...body, body: bytes.subarray(1) },
    ].map((row) => ({ of: 'body', row })),
  ],
  [
    { of: 'keys', row: keys },
    [
      { ...keys, id: 'ab'.repeat(16) as ItemId },
      { ...keys, version: 2 },
      { ...keys, deviceId: 'de'.repeat(16) as DeviceId },
      { ...keys, epoch: 2 },
      { ...keys, itemKey: other },
      { ...keys, passkeyKey: other },
      { ...keys, itemKey: concatBytes(bytes, bytes.subarray(0, 1)), passkeyKey: bytes.subarray(1) },
    ].map((row) => ({ of: 'keys', row })),
  ],
  [
    { of: 'attachment', row: head },
    [
      ...otherRevisions.map((one) => ({ ...head, revision: one })),
      { ...head, number: 2 },
      { ...head, id: 'bc'.repeat(16) },
      { ...head, itemId: 'ab'.repeat(16) as ItemId },
      { ...head, keyVersion: 2 },
      { ...head, keyDevice: revision.deviceId },
      { ...head, sealed: other },
    ].map((row) => ({ of: 'attachment', row })),
  ],
  [
    { of: 'object', row: object },
    [
      ...otherRevisions.map((one) => ({ ...object, revision: one })),
      { ...object, role: 'slotNames' as const },
      { ...object, epoch: 2 },
      { ...object, sealed: other },
    ].map((row) => ({ of: 'object', row })),
  ],
  [
    { of: 'pack', row: pack },
    [
      ...otherRevisions.map((one) => ({ ...pack, revision: one })),
      { ...pack, number: 2 },
      { ...pack, epoch: 2 },
      { ...pack, sealed: other },
    ].map((row) => ({ of: 'pack', row })),
  ],
];

describe('digestRow', () => {
  it('is the same for one row and another for every field, table and key', () => {
    const all = rows.flatMap(([row, changed]) => [row, ...changed]);
    const digests = all.map((row) => toHex(digestRow(key, row)));
    expect(new Set(digests).size).toBe(all.length);
    expect(all.map((row) => toHex(digestRow(key, row)))).toEqual(digests);
    const others = all.map((row) => toHex(digestRow(otherKey, row)));
    expect(others.filter((digest) => digests.includes(digest))).toEqual([]);
  });
});

describe('RowFold', () => {
  const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });

  it('says the same whatever the order, and forgets what was taken out', () => {
    fc.assert(
      fc.property(fc.array(digest), fc.array(digest), (kept, gone) => {
        const one = new RowFold();
        for (const row of [...kept, ...gone]) one.add(row);
        for (const row of gone) one.remove(row);
        const other = new RowFold();
        for (const row of kept.toReversed()) other.add(row);
        expect(sameRows(one.set, other.set)).toBe(true);
        expect(one.set.count).toBe(kept.length);
      }),
    );
  });

  it('goes on from a set that was stored', () => {
    const digests = rows.map(([row]) => digestRow(key, row));
    const whole = new RowFold();
    for (const one of digests) whole.add(one);
    const first = new RowFold();
    for (const one of digests.slice(0, 2)) first.add(one);
    const rest = new RowFold(first.set);
    for (const one of digests.slice(2)) rest.add(one);
    expect(sameRows(rest.set, whole.set)).toBe(true);
    expect(first.set.count).toBe(2);
  });

  it('notices a row that is doubled, one that is missing, and two in place of none', () => {
    const [a, b] = rows.map(([row]) => digestRow(key, row));
    if (!a || !b) throw new Error('the fixture has no rows');
    const fold = (...digests: Uint8Array[]) => {
      const one = new RowFold();
      for (const digest of digests) one.add(digest);
      return one.set;
    };
    expect(sameRows(fold(a, b), fold(b, a))).toBe(true);
    expect(sameRows(fold(a, b), fold(a))).toBe(false);
    expect(sameRows(fold(a, b), fold(a, b, b))).toBe(false);
    // Doubled twice, a fold alone would say the same: the count tells.
    expect(sameRows(fold(a, b), fold(a, b, b, b))).toBe(false);
    expect(sameRows(fold(a, a), NO_ROWS)).toBe(false);
  });

  it('never counts below nothing, and never changes the empty set', () => {
    const fold = new RowFold();
    fold.remove(new Uint8Array(32).fill(1));
    expect(fold.set.count).toBe(0);
    expect(NO_ROWS).toEqual({ count: 0, fold: new Uint8Array(32) });
  });
});

describe('encodeManifest and parseManifest', () => {
  const manifest: Manifest = {
    headerHash: hashHeader(random.bytes(300)),
    read: { count: 5, fold: random.bytes(32) },
    rows: { count: 0xffff_ffff, fold: random.bytes(32) },
    isSuspect: false,
  };

  it('give the manifest back in 105 bytes', () => {
    for (const isSuspect of [false, true]) {
      const encoded = encodeManifest({ ...manifest, isSuspect });
      expect(encoded).toHaveLength(105);
      expect(parseManifest(encoded)).toEqual({ ...manifest, isSuspect });
    }
  });

  it('refuse every other length and unknown flags', () => {
    const encoded = encodeManifest(manifest);
    for (let length = 0; length < encoded.length; length += 1) {
      expect(() => parseManifest(encoded.subarray(0, length))).toThrow(TypeError);
    }
    expect(() => parseManifest(concatBytes(encoded, new Uint8Array(1)))).toThrow(TypeError);
    for (const flags of [2, 3, 128]) {
      expect(() => parseManifest(encoded.with(0, flags))).toThrow(TypeError);
    }
  });
});
