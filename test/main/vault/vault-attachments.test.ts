// Files of items as streams: what was written is read, what was changed at rest is refused, and what was begun and not
// finished leaves nothing.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { CHUNK_BYTES, chunksFor } from '../../../src/main/vault/attachment-sealer.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import type { ItemId } from '../../../src/shared/brand.ts';
import { attach, attachmentOf, patternBytes, readAttached } from '../../support/attached-files.ts';
import { loginItem } from '../../support/canary-items.ts';
import { code } from '../../support/error-code.ts';
import { flipInPlace } from '../../support/flipped-bits.ts';
import { type MemoryVaultFile, MemoryVaultStore } from '../../support/memory-vault-store.ts';
import { checkAllRows, reopenTestVault, testVaultIn } from '../../support/vault-fixture.ts';

const damaged = code('vault/attachment-damaged');
const SIZES = [
  0,
  1,
  255,
  256,
  CHUNK_BYTES - 1,
  CHUNK_BYTES,
  CHUNK_BYTES + 1,
  3 * 1024 * 1024,
  2 ** 22 + 1,
];

async function openVault(seed: string) {
  const { tools, store, vault } = await testVaultIn(new MemoryVaultStore(), seed);
  const id = vault.newItemId();
  vault.save(loginItem(id));
  const reopen = () => reopenTestVault(new MemoryVaultStore(store.file), tools);
  return { vault, store, id, reopen };
}

function chunkNames(file: MemoryVaultFile): string[] {
  return [...file.chunks.keys()].sort();
}

describe('a file of an item', () => {
  it.each(SIZES)('of %i bytes comes back, over closing too', async (size) => {
    const { vault, store, id, reopen } = await openVault('size');
    const content = patternBytes(size);
    const name = attach(vault, id, content);
    expect(store.file.chunks.size).toBe(chunksFor(size));
    const check = (one: UnlockedVault): void => {
      using reader = one.attachments.read(id, name);
      expect(reader.head).toMatchObject({ sizeBytes: size, chunks: chunksFor(size) });
      expect(Buffer.compare(readAttached(one, id, name), content)).toBe(0);
      expect(one.get(id).attachments).toEqual([attachmentOf(name, size)]);
      expect(one.overview(id)?.attachments).toBe(1);
      expect(checkAllRows(one)).toBe('intact');
    };
    check(vault);
    vault.close();
    using again = await reopen();
    check(again);
  });

  it('is the same in whatever pieces it comes in', async () => {
    const { vault, id } = await openVault('pieces');
    const content = patternBytes(3 * CHUNK_BYTES + 17);
    for (const piece of [1000, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 100_000]) {
      const writer = vault.beginAttachment(id);
      for (let offset = 0; offset < content.length; offset += piece) {
        writer.write(content.subarray(offset, offset + piece));
        writer.write(new Uint8Array(0));
      }
      expect(writer.sizeBytes).toBe(content.length);
      vault.saveWithAttachment(vault.get(id), writer.finish());
      expect(Buffer.compare(readAttached(vault, id, writer.id), content)).toBe(0);
    }
    expect(content).toEqual(patternBytes(3 * CHUNK_BYTES + 17));
  });

  it('stays readable through changes of its item, and is listed with the vault’s', async () => {
    const { vault, id } = await openVault('changes');
    const one = attach(vault, id, patternBytes(10, 'one'));
    const other = attach(vault, id, patternBytes(10, 'other'));
    vault.save({ ...vault.get(id), title: 'changed' });
    expect(readAttached(vault, id, one)).toEqual(patternBytes(10, 'one'));
    expect(readAttached(vault, id, other)).toEqual(patternBytes(10, 'other'));
    const names = [one, other].sort();
    expect(vault.attachments.rows(id).map((row) => row.id)).toEqual(names);
    expect(Array.from(vault.attachments.all(), (row) => row.id)).toEqual(names);
  });

  it('goes for good when it is removed, and others stay', async () => {
    const { vault, store, id, reopen } = await openVault('remove');
    const gone = attach(vault, id, patternBytes(200_000));
    const kept = attach(vault, id, patternBytes(100_000));
    vault.save({ ...vault.get(id), attachments: [attachmentOf(kept, 100_000)] });
    vault.attachments.remove(vault.attachments.rows(id).filter((row) => row.id === gone));
    vault.attachments.remove([]);
    expect(() => vault.attachments.read(id, gone)).toThrow(code('vault/attachment-not-found'));
    expect(store.file.chunks.size).toBe(2);
    vault.close();
    using again = await reopen();
    expect(readAttached(again, id, kept)).toEqual(patternBytes(100_000));
    expect(checkAllRows(again)).toBe('intact');
  });

  it('that is not there is said not to be', async () => {
    const { vault, id } = await openVault('missing');
    attach(vault, id, patternBytes(1));
    const missing = code('vault/attachment-not-found');
    expect(() => vault.attachments.read(id, 'ff'.repeat(16))).toThrow(missing);
    expect(() => vault.attachments.read('ff'.repeat(16) as ItemId, 'ff'.repeat(16))).toThrow(
      missing,
    );
    expect(vault.attachments.rows('ff'.repeat(16) as ItemId)).toEqual([]);
    expect(() => vault.beginAttachment('ff'.repeat(16) as ItemId)).toThrow(
      code('vault/item-not-found'),
    );
  });

  it('does not begin for an item that cannot be read', async () => {
    const { vault, store, id, reopen } = await openVault('broken');
    vault.close();
    const [row] = store.file.bodies;
    if (row) flipInPlace(row.body, 30);
    const keys = structuredClone(store.file.keys);
    for (const one of store.file.keys) flipInPlace(one.itemKey, 30);
    using again = await reopen();
    expect(() => again.beginAttachment(id)).toThrow(code('vault/item-damaged'));
    store.file.keys = keys;
    expect(store.file.chunks.size).toBe(0);
  });
});

describe('a file that is given up', () => {
  it('leaves nothing, however far it had come', async () => {
    const { vault, store, id } = await openVault('abort');
    for (const size of [0, 10, CHUNK_BYTES + 1, 40 * CHUNK_BYTES]) {
      for (const isFinished of [false, true]) {
        const writer = vault.beginAttachment(id);
        writer.write(patternBytes(size));
        if (isFinished) writer.finish();
        writer.abort();
        expect(chunkNames(store.file)).toEqual([]);
        expect(vault.attachments.rows(id)).toEqual([]);
      }
    }
    expect(checkAllRows(vault)).toBe('intact');
  });

  it('leaves nothing where its head cannot be saved', async () => {
    const { vault, store, id } = await openVault('unsaved');
    const writer = vault.beginAttachment(id);
    writer.write(patternBytes(100_000));
    const head = writer.finish();
    expect(() => {
      vault.saveWithAttachment(loginItem(id, { createdAt: -1 }), head);
    }).toThrow();
    writer.abort();
    expect(chunkNames(store.file)).toEqual([]);
    expect(vault.get(id)).toEqual(loginItem(id));
  });

  it('by a crash leaves strays that are dropped, and nothing else is', async () => {
    const { vault, store, id, reopen } = await openVault('crash');
    const kept = attach(vault, id, patternBytes(100_000));
    const between = vault.beginAttachment(id);
    between.write(patternBytes(40 * CHUNK_BYTES));
    const behind = vault.beginAttachment(id);
    behind.write(patternBytes(100_000));
    // Written to the end; what is missing is the transaction that names it.
    behind.finish();
    expect(store.file.chunks.size).toBeGreaterThan(30);
    // The process is gone: nothing is closed.
    const again = await reopen();
    again.dropStrayChunks();
    expect(store.file.chunks.size).toBe(2);
    expect(readAttached(again, id, kept)).toEqual(patternBytes(100_000));
    expect(checkAllRows(again)).toBe('intact');
    const fresh = attach(again, id, patternBytes(50));
    expect(readAttached(again, id, fresh)).toEqual(patternBytes(50));
    again.close();
  });
});

describe('a file that was meddled with', () => {
  const SIZE = 3 * CHUNK_BYTES + 100;
  const [A, B] = ['1', '2'];
  const chunk = (file: MemoryVaultFile, number: string, index: number): Uint8Array => {
    const found = file.chunks.get(`${number}/${String(index)}`);
    if (!found) throw new Error('the fixture has no such chunk');
    return found;
  };
  const meddlings: [string, (file: MemoryVaultFile) => void][] = [
    [
      'two chunks swapped',
      (file) => {
        const [one, other] = [chunk(file, A, 0), chunk(file, A, 1)];
        file.chunks.set(`${A}/0`, other).set(`${A}/1`, one);
      },
    ],
    ['a chunk doubled', (file) => file.chunks.set(`${A}/1`, chunk(file, A, 0))],
    ['the last chunk doubled', (file) => file.chunks.set(`${A}/2`, chunk(file, A, 3))],
    ['the last chunk gone', (file) => file.chunks.delete(`${A}/3`)],
    ['a chunk in the middle gone', (file) => file.chunks.delete(`${A}/1`)],
    [
      'every chunk gone',
      (file) => {
        file.chunks.clear();
      },
    ],
    ['a chunk cut', (file) => file.chunks.set(`${A}/1`, chunk(file, A, 1).subarray(0, -1))],
    ['the last chunk cut to nothing', (file) => file.chunks.set(`${A}/3`, new Uint8Array(0))],
    [
      'a bit flipped',
      (file) => {
        const bytes = chunk(file, A, 2);
        flipInPlace(bytes, 5000);
      },
    ],
    ['a chunk of another file', (file) => file.chunks.set(`${A}/1`, chunk(file, B, 1))],
    ['the last chunk of another file', (file) => file.chunks.set(`${A}/3`, chunk(file, B, 3))],
    ['a chunk in the place of the last', (file) => file.chunks.set(`${A}/3`, chunk(file, A, 2))],
    [
      'the head of another file',
      (file) => {
        const [a, b] = ['1', '2'].map((number) =>
          file.attachments.find((row) => row.number === Number(number)),
        );
        if (a && b) file.attachments = [{ ...a, sealed: b.sealed }, b];
      },
    ],
    [
      'the head damaged',
      (file) => {
        for (const row of file.attachments) flipInPlace(row.sealed, 30);
      },
    ],
    [
      'another number in the head',
      (file) => {
        const [row] = file.attachments.filter(({ number }) => number === 1);
        file.attachments = file.attachments.map((one) =>
          one === row ? { ...one, number: 9 } : one,
        );
      },
    ],
  ];

  it.each(meddlings)('with %s is refused', async (_, meddle) => {
    const { vault, store, id } = await openVault('meddled');
    const name = attach(vault, id, patternBytes(SIZE, 'a'));
    attach(vault, id, patternBytes(SIZE, 'b'));
    meddle(store.file);
    expect(() => readAttached(vault, id, name)).toThrow(damaged);
    // The item is not the worse for it.
    expect(vault.get(id).title).toBe('Canary-title');
  });

  it('gives out no byte of a chunk before it is known to be right', async () => {
    const { vault, store, id } = await openVault('stream');
    const name = attach(vault, id, patternBytes(SIZE));
    const bytes = chunk(store.file, A, 2);
    flipInPlace(bytes, 40_000);
    using reader = vault.attachments.read(id, name);
    const read: number[] = [];
    expect(() => {
      for (const one of reader.chunks()) read.push(one.length);
    }).toThrow(damaged);
    expect(read).toEqual([CHUNK_BYTES, CHUNK_BYTES]);
  });

  it('by a chunk behind its end is as it was, and the chunk goes with it', async () => {
    const { vault, store, id } = await openVault('behind');
    const name = attach(vault, id, patternBytes(SIZE));
    store.file.chunks.set(`${A}/4`, chunk(store.file, A, 3));
    expect(readAttached(vault, id, name)).toEqual(patternBytes(SIZE));
    vault.attachments.remove(vault.attachments.rows(id));
    expect(store.file.chunks.size).toBe(0);
  });
});
