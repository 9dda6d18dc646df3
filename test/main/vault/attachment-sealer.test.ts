// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { readyAead } from '../../../src/main/crypto/aead.ts';
import { randomItemKey } from '../../../src/main/crypto/keys.ts';
import {
  AttachmentSealer,
  assertWhole,
  CHUNK_BYTES,
  ChunkDigest,
  chunkLength,
  chunksFor,
  paddedLength,
  sealedSize,
} from '../../../src/main/vault/attachment-sealer.ts';
import { u32, u64 } from '../../../src/main/vault/fixed-width.ts';
import type { DeviceId, ItemId } from '../../../src/shared/brand.ts';
import { concatBytes, equalBytes } from '../../../src/shared/bytes.ts';
import { patternBytes } from '../../support/attached-files.ts';
import { flippedBit } from '../../support/flipped-bits.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const random = seededRandom('attachment');
const aead = await readyAead();
const context = { aead, vaultId: random.bytes(32), random };
const key = randomItemKey(random);
const itemKey = {
  ...{ key, madeIn: 2, isInUse: true, mayHold: () => true },
  [Symbol.dispose]: () => undefined,
};
const named = { itemId: 'aa'.repeat(16) as ItemId, id: 'bb'.repeat(16), itemKey };
const sealer = new AttachmentSealer(context, named);
const revision = { lamport: 4, deviceId: 'dd'.repeat(16) as DeviceId };
const keyDevice = revision.deviceId;
const row = { number: 3, id: named.id, itemId: named.itemId, keyVersion: 1, keyDevice, revision };
const damaged = expect.objectContaining({ code: 'vault/attachment-damaged' }) as Error;

const others = [
  new AttachmentSealer(context, { ...named, itemId: 'ab'.repeat(16) as ItemId }),
  new AttachmentSealer(context, { ...named, id: 'bc'.repeat(16) }),
  new AttachmentSealer(context, { ...named, itemKey: { ...itemKey, madeIn: 3 } }),
  new AttachmentSealer(context, { ...named, itemKey: { ...itemKey, key: randomItemKey(random) } }),
  new AttachmentSealer({ ...context, vaultId: random.bytes(32) }, named),
];

/** A file's plaintext chunk as a writer makes it. */
function padded(content: Uint8Array, index: number): Uint8Array {
  const chunk = new Uint8Array(paddedLength(content.length, index));
  chunk.set(content.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES));
  return chunk;
}

describe('chunks', () => {
  it('come back at every length, the file padded as a whole', () => {
    const lengths = [0, 1, 255, 256, 257, 5000, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1];
    for (const length of [...lengths, 3 * CHUNK_BYTES + 17, 2 ** 22 + 1]) {
      const content = patternBytes(length);
      const chunks = chunksFor(length);
      let size = 0;
      for (let index = 0; index < chunks; index += 1) {
        const sealed = sealer.sealChunk(index, padded(content, index), index === chunks - 1);
        const part = content.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES);
        expect(equalBytes(sealer.openChunk(sealed, index, length), part)).toBe(true);
        size += sealed.length;
      }
      expect(content).toEqual(patternBytes(length));
      expect(size).toBe(sealedSize(length));
    }
  });

  it('are refused in another place, with another end, of another length', () => {
    const content = patternBytes(CHUNK_BYTES + 300);
    const sealed = sealer.sealChunk(1, patternBytes(CHUNK_BYTES), false);
    const last = sealer.sealChunk(1, padded(content, 1), true);
    const { length } = content;
    const attempts: [Uint8Array, number, number][] = [
      [sealed, 0, 3 * CHUNK_BYTES],
      [sealed, 2, 4 * CHUNK_BYTES],
      [sealed, 1, 2 * CHUNK_BYTES],
      [last, 1, 3 * CHUNK_BYTES],
      [last, 0, 300],
      [last, 1, length + 2048],
      [last, 1, length - 1],
      [last, 1, CHUNK_BYTES],
      [last.subarray(0, 39), 1, length],
      [last.subarray(0, -1), 1, length],
      [new Uint8Array(0), 1, length],
      [sealer.sealChunk(1, patternBytes(300), true), 1, length],
      [sealer.sealChunk(1, padded(content, 1).subarray(0, 512), true), 1, length],
    ];
    expect(sealer.openChunk(last, 1, length)).toEqual(content.subarray(CHUNK_BYTES));
    for (const [bytes, index, size] of attempts) {
      expect(() => sealer.openChunk(bytes, index, size)).toThrow(damaged);
    }
  });

  it('of padding alone have to be zeros', () => {
    const size = 2 ** 22 + 1;
    expect([chunksFor(size), chunkLength(size, 64), chunkLength(size, 65)]).toEqual([66, 1, 0]);
    const zeros = new Uint8Array(CHUNK_BYTES);
    expect(sealer.openChunk(sealer.sealChunk(65, zeros, true), 65, size)).toHaveLength(0);
    for (const at of [0, 1000, CHUNK_BYTES - 1]) {
      const forged = sealer.sealChunk(65, zeros.with(at, 1), true);
      expect(() => sealer.openChunk(forged, 65, size)).toThrow(damaged);
    }
  });

  it('are refused with any bit flipped, and by every other sealer', () => {
    const sealed = sealer.sealChunk(0, padded(patternBytes(20), 0), true);
    expect(sealer.openChunk(sealed, 0, 20)).toEqual(patternBytes(20));
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = flippedBit(sealed, bit);
      expect(() => sealer.openChunk(changed, 0, 20)).toThrow(damaged);
    }
    for (const other of others) expect(() => other.openChunk(sealed, 0, 20)).toThrow(damaged);
  });

  it('that are short have to be the last', () => {
    expect(() => sealer.sealChunk(0, patternBytes(10), false)).toThrow('short chunk');
  });
});

describe('heads', () => {
  const digest = random.bytes(32);
  const head = { sizeBytes: 70_000, chunks: 2, digest };
  const sealed = sealer.sealHead(row, head);

  it('come back, and are refused in the row of another', () => {
    expect(sealer.openHead(sealed)).toEqual(head);
    expect(sealer.openHead({ ...sealed, number: 4 })).toEqual(head);
    const changes = [
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
      const changed = flippedBit(sealed.sealed, bit);
      expect(() => sealer.openHead({ ...sealed, sealed: changed })).toThrow(damaged);
    }
  });

  it('are refused where size and number of chunks do not belong together', () => {
    for (const wrong of [
      { sizeBytes: 70_000, chunks: 1 },
      { sizeBytes: 0, chunks: 0 },
      { sizeBytes: 65_536, chunks: 2 },
      { sizeBytes: 2 ** 22 + 1, chunks: 65 },
      { sizeBytes: 2 ** 34 + 1, chunks: chunksFor(2 ** 34 + 1) },
    ]) {
      expect(() => sealer.openHead(sealer.sealHead(row, { ...wrong, digest }))).toThrow(damaged);
    }
  });

  it('are refused where the key of a former epoch does not name them', () => {
    const former = { ...itemKey, isInUse: false, mayHold: (bytes: Uint8Array) => bytes === known };
    const known = sealed.sealed;
    const reader = new AttachmentSealer(context, { ...named, itemKey: former });
    expect(reader.openHead(sealed)).toEqual(head);
    const forged = reader.sealHead(row, head);
    expect(sealer.openHead(forged)).toEqual(head);
    expect(() => reader.openHead(forged)).toThrow(damaged);
  });

  it('of another form are refused as damage, whoever sealed them', () => {
    // What only a holder of the key can write: too short, too long.
    for (const content of [
      new Uint8Array(0),
      u64(5),
      concatBytes(u64(5), u32(1)),
      concatBytes(u64(5), u32(1), digest.subarray(1)),
      concatBytes(u64(5), u32(1), digest, u32(0)),
    ]) {
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

  it('tell little: at most an eighth more, and the same for many files', () => {
    for (let size = 4097; size < 2 ** 34; size = Math.ceil(size * 1.37)) {
      const total = sealedSize(size) - chunksFor(size) * 40;
      expect(total).toBeGreaterThanOrEqual(size);
      expect(total).toBeLessThanOrEqual(size * 1.12);
    }
    const sizes = [901_121, 905_000, 910_000, 917_504].map(sealedSize);
    expect(new Set(sizes).size).toBe(1);
  });

  it('of chunks say in order what was sealed', () => {
    const digest = (...chunks: readonly Uint8Array[]): Uint8Array => {
      const one = new ChunkDigest();
      for (const chunk of chunks) one.add(chunk);
      return one.value;
    };
    const [a, b] = [patternBytes(70, 'a'), patternBytes(70, 'b')];
    const head = { sizeBytes: 140, chunks: 1, digest: digest(a, b) };
    for (const wrong of [digest(b, a), digest(a), digest(), digest(a, b, new Uint8Array(0))]) {
      expect(wrong).not.toEqual(head.digest);
    }
    const [right, cut] = [new ChunkDigest(), new ChunkDigest()];
    for (const one of [right, cut]) one.add(a);
    right.add(b);
    assertWhole(head, right);
    expect(() => assertWhole(head, cut)).toThrow(damaged);
  });
});
