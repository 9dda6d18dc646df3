// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { readyAead } from '../../../src/main/crypto/aead.ts';
import { randomItemKey } from '../../../src/main/crypto/keys.ts';
import {
  AttachmentSealer,
  CHUNK_BYTES,
  chunkLength,
  chunksFor,
  sealedSize,
} from '../../../src/main/vault/attachment-sealer.ts';
import { u32, u64 } from '../../../src/main/vault/fixed-width.ts';
import type { DeviceId, ItemId } from '../../../src/shared/brand.ts';
import { concatBytes } from '../../../src/shared/bytes.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { patternBytes } from '../../support/vault-fixture.ts';

const random = seededRandom('attachment');
const aead = await readyAead();
const context = { aead, vaultId: random.bytes(32), random };
const key = randomItemKey(random);
const itemKey = { key, madeIn: 2, [Symbol.dispose]: () => undefined };
const named = { itemId: 'aa'.repeat(16) as ItemId, id: 'bb'.repeat(16), itemKey };
const sealer = new AttachmentSealer(context, named);
const revision = { lamport: 4, deviceId: 'dd'.repeat(16) as DeviceId };
const row = { number: 3, id: named.id, itemId: named.itemId, keyVersion: 1, revision };
const damaged = expect.objectContaining({ code: 'vault/attachment-damaged' }) as Error;

const others = [
  new AttachmentSealer(context, { ...named, itemId: 'ab'.repeat(16) as ItemId }),
  new AttachmentSealer(context, { ...named, id: 'bc'.repeat(16) }),
  new AttachmentSealer(context, { ...named, itemKey: { ...itemKey, madeIn: 3 } }),
  new AttachmentSealer(context, { ...named, itemKey: { ...itemKey, key: randomItemKey(random) } }),
  new AttachmentSealer({ ...context, vaultId: random.bytes(32) }, named),
];

describe('chunks', () => {
  it('come back at every length, the last in a bucket', () => {
    for (const length of [0, 1, 255, 256, 257, 5000, CHUNK_BYTES - 1, CHUNK_BYTES]) {
      const content = patternBytes(length);
      const sealed = sealer.sealChunk(7, content, true);
      expect(content).toEqual(patternBytes(length));
      expect(sealer.openChunk(sealed, { index: 7, isLast: true, length })).toEqual(content);
      expect(sealed).toHaveLength(sealedSize(length));
    }
    const whole = patternBytes(CHUNK_BYTES);
    const sealed = sealer.sealChunk(0, whole, false);
    const place = { index: 0, isLast: false, length: CHUNK_BYTES };
    expect(sealer.openChunk(sealed, place)).toEqual(whole);
    expect(sealed).toHaveLength(CHUNK_BYTES + 40);
  });

  it('are refused in another place, with another end, of another length', () => {
    const sealed = sealer.sealChunk(1, patternBytes(CHUNK_BYTES), false);
    const last = sealer.sealChunk(1, patternBytes(300), true);
    const attempts: [Uint8Array, Parameters<typeof sealer.openChunk>[1]][] = [
      [sealed, { index: 0, isLast: false, length: CHUNK_BYTES }],
      [sealed, { index: 2, isLast: false, length: CHUNK_BYTES }],
      [sealed, { index: 1, isLast: true, length: CHUNK_BYTES }],
      [last, { index: 1, isLast: false, length: CHUNK_BYTES }],
      [last, { index: 0, isLast: true, length: 300 }],
      [last, { index: 1, isLast: true, length: 600 }],
      [last, { index: 1, isLast: true, length: 10 }],
      [last.subarray(0, 39), { index: 1, isLast: true, length: 300 }],
      [last.subarray(0, -1), { index: 1, isLast: true, length: 300 }],
      [new Uint8Array(0), { index: 1, isLast: true, length: 300 }],
    ];
    for (const [bytes, place] of attempts) {
      expect(() => sealer.openChunk(bytes, place)).toThrow(damaged);
    }
  });

  it('are refused with any bit flipped, and by every other sealer', () => {
    const place = { index: 0, isLast: true, length: 20 };
    const sealed = sealer.sealChunk(0, patternBytes(20), true);
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const flipped = sealed.with(bit >> 3, (sealed[bit >> 3] ?? 0) ^ (1 << (bit & 7)));
      expect(() => sealer.openChunk(flipped, place)).toThrow(damaged);
    }
    for (const other of others) expect(() => other.openChunk(sealed, place)).toThrow(damaged);
  });

  it('that are short have to be the last', () => {
    expect(() => sealer.sealChunk(0, patternBytes(10), false)).toThrow('short chunk');
  });
});

describe('heads', () => {
  const head = { sizeBytes: 70_000, chunks: 2 };
  const sealed = sealer.sealHead(row, head);

  it('come back, and are refused in the row of another', () => {
    expect(sealer.openHead(sealed)).toEqual(head);
    const changes = [
      { number: 4 },
      { revision: { ...revision, lamport: 5 } },
      { revision: { ...revision, deviceId: 'de'.repeat(16) as DeviceId } },
      { sealed: sealed.sealed.subarray(1) },
      { sealed: new Uint8Array(0) },
    ];
    for (const change of changes)
      expect(() => sealer.openHead({ ...sealed, ...change })).toThrow(damaged);
    for (const other of others) expect(() => other.openHead(sealed)).toThrow(damaged);
  });

  it('are refused with any bit flipped', () => {
    for (let bit = 0; bit < sealed.sealed.length * 8; bit += 1) {
      const flipped = sealed.sealed.with(
        bit >> 3,
        (sealed.sealed[bit >> 3] ?? 0) ^ (1 << (bit & 7)),
      );
      expect(() => sealer.openHead({ ...sealed, sealed: flipped })).toThrow(damaged);
    }
  });

  it('are refused where size and number of chunks do not belong together', () => {
    for (const wrong of [
      { sizeBytes: 70_000, chunks: 1 },
      { sizeBytes: 0, chunks: 0 },
      { sizeBytes: 65_536, chunks: 2 },
    ]) {
      expect(() => sealer.openHead(sealer.sealHead(row, wrong))).toThrow(damaged);
    }
  });

  it('of another form are refused as damage, whoever sealed them', () => {
    // What only a holder of the key can write: too short, too long.
    for (const content of [new Uint8Array(0), u64(5), concatBytes(u64(5), u32(1), u32(0))]) {
      const forged = {
        ...aead,
        seal: (...[by, input]: Parameters<typeof aead.seal>) =>
          aead.seal(by, { ...input, plaintext: content }),
      };
      const forger = new AttachmentSealer({ ...context, aead: forged }, named);
      expect(() => sealer.openHead(forger.sealHead(row, head))).toThrow(damaged);
    }
  });
});

describe('sizes', () => {
  it('are counted in chunks, one at least', () => {
    const counts = [0, 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES].map(chunksFor);
    expect(counts).toEqual([1, 1, 1, 2, 3]);
    expect([0, 1].map((index) => chunkLength(CHUNK_BYTES + 1, index))).toEqual([CHUNK_BYTES, 1]);
    expect(chunkLength(0, 0)).toBe(0);
  });
});
