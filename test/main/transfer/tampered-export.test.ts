// Exports that were damaged, cut, mixed up or never were exports: noticed, each by its name, and nothing given out.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import type { SecretBytes } from '../../../src/main/crypto/secret-bytes.ts';
import { readExport } from '../../../src/main/transfer/encrypted-export.ts';
import { type ImportSource, sourceOf } from '../../../src/main/transfer/import-source.ts';
import { TransferError } from '../../../src/main/transfer/transfer-error.ts';
import {
  asRead,
  exportOf,
  LARGE,
  PASSWORD,
  plain,
  quickKdf,
  read,
  secretOf,
  SMALL,
  spyKdf,
  watch,
} from './export-fixtures.ts';
import {
  CHUNK_BYTES,
  HEADER_BYTES,
  LAST_SEALED_BYTES,
  MANIFEST_SEALED_BYTES,
} from './independent-export.ts';

const SEALED_CHUNK = CHUNK_BYTES + 40;

describe('readExport', () => {
  it('answers a wrong password after one run of the KDF', async () => {
    const file = await exportOf(SMALL);
    for (const password of ['', PASSWORD.toUpperCase(), `${PASSWORD} `]) {
      const spy = spyKdf();
      expect(await read(file, spy.derive, password)).toBe('wrong-password');
      expect(spy.runs).toBe(1);
    }
  });

  it('notices every single flipped bit', async () => {
    const file = await exportOf(SMALL);
    const codes = new Map<string, number>();
    for (let bit = 0; bit < file.length * 8; bit++) {
      const byte = bit >> 3;
      file.writeUInt8(file.readUInt8(byte) ^ (1 << (bit & 7)), byte);
      const code = await codeOf(file);
      const expected =
        byte < 8
          ? 'transfer/not-recognised'
          : byte < 11
            ? 'transfer/unsupported-version'
            : 'transfer/damaged';
      if (code !== expected) throw new Error(`bit ${bit}: expected ${expected}, got ${code}`);
      codes.set(code, (codes.get(code) ?? 0) + 1);
      file.writeUInt8(file.readUInt8(byte) ^ (1 << (bit & 7)), byte);
    }
    expect(codes.get('transfer/damaged')).toBe((file.length - 11) * 8);
    expect(await plain(await read(file))).toEqual(asRead(SMALL));
  }, 60_000);

  it('notices a cut at every chunk boundary, beside it, and at every 997th byte', async () => {
    const file = await exportOf(LARGE);
    const boundaries = boundariesOf(file).flatMap((at) => [at - 1, at, at + 1]);
    const everywhere = Array.from(
      { length: Math.floor(file.length / 997) },
      (_, n) => (n + 1) * 997,
    );
    const cuts = [...boundaries, ...everywhere].filter((at) => at < file.length);
    for (const at of cuts) {
      expect([at, await codeOf(file.subarray(0, at))]).toEqual([at, 'transfer/truncated']);
    }
    expect(cuts.length).toBeGreaterThan(200);
  }, 60_000);

  it('notices a cut at every byte of a small export', async () => {
    const file = await exportOf(SMALL);
    for (let at = 1; at < file.length; at++) {
      expect([at, await codeOf(file.subarray(0, at))]).toEqual([at, 'transfer/truncated']);
    }
  }, 60_000);

  it.each([1, 2, 40, 72, SEALED_CHUNK])('notices %i bytes after the end', async (count) => {
    const file = await exportOf(SMALL);
    expect(await codeOf(Buffer.concat([file, Buffer.alloc(count)]))).toBe('transfer/damaged');
  });

  it('notices chunks that were swapped, doubled in place, or taken from another export', async () => {
    const file = await exportOf(LARGE);
    const other = await exportOf(LARGE);
    const bounds = boundariesOf(file);
    // Any of the full chunks fits in the place of any other.
    const full = bounds.slice(1, -2).map((at) => [at, at + SEALED_CHUNK] as const);
    expect(full).toHaveLength(4);
    for (const [a] of full) {
      for (const [b, end] of full) {
        if (a === b) continue;
        const doubled = Buffer.from(file);
        file.copy(doubled, a, b, end);
        expect(await codeOf(doubled)).toBe('transfer/damaged');
        const swapped = Buffer.from(doubled);
        file.copy(swapped, b, a, a + SEALED_CHUNK);
        expect(await codeOf(swapped)).toBe('transfer/damaged');
      }
      const foreign = Buffer.from(file);
      other.copy(foreign, a, a, a + SEALED_CHUNK);
      expect(await codeOf(foreign)).toBe('transfer/damaged');
    }
  });

  it('notices a missing, a repeated and a doubled last chunk', async () => {
    const file = await exportOf(LARGE);
    const [, second = 0, third = 0] = boundariesOf(file);
    const without = Buffer.concat([file.subarray(0, second), file.subarray(third)]);
    const repeated = Buffer.concat([file.subarray(0, third), file.subarray(second)]);
    const doubledLast = Buffer.concat([file, file.subarray(-LAST_SEALED_BYTES)]);
    expect(await codeOf(without)).toBe('transfer/truncated');
    expect(await codeOf(repeated)).toBe('transfer/damaged');
    expect(await codeOf(doubledLast)).toBe('transfer/damaged');
  });

  it('does not take the header of another export with the same password', async () => {
    const [a, b] = await Promise.all([exportOf(SMALL), exportOf(SMALL)]);
    const mixed = Buffer.concat([a.subarray(0, HEADER_BYTES), b.subarray(HEADER_BYTES)]);
    expect(await codeOf(mixed)).toBe('transfer/damaged');
  });

  it.each([
    ['a CSV', Buffer.from('name,url,username,password\n')],
    ['a PNG', Buffer.from('89504e470d0a1a0a', 'hex')],
    ['an export that was sent as text', Buffer.from('894c4b450a1a0a', 'hex')],
    ['an empty file', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(4096)],
  ])('does not recognise %s', async (_, file) => {
    const spy = spyKdf();
    await expect(read(file, spy.derive)).rejects.toMatchObject({ code: 'transfer/not-recognised' });
    expect(spy.runs).toBe(0);
  });

  it('knows a file that is too long before it has read it', async () => {
    const file = await exportOf(SMALL);
    let bytesRead = 0;
    const source: ImportSource = {
      sizeBytes: 2 ** 40,
      read: (offset, length) => {
        bytesRead += length;
        return sourceOf(file).read(offset, length);
      },
    };
    await expect(read(source)).rejects.toMatchObject({ code: 'transfer/damaged' });
    expect(bytesRead).toBeLessThan(1024);
  });

  it('says what the source says where it cannot be read', async () => {
    const file = await exportOf(LARGE);
    for (const broken of [0, 200, 1_000, file.length - 10]) {
      const source: ImportSource = {
        sizeBytes: file.length,
        read: (offset, length) =>
          offset + length > broken
            ? Promise.reject(new TransferError('transfer/read-failed', 'test'))
            : sourceOf(file).read(offset, length),
      };
      await expect(read(source)).rejects.toMatchObject({ code: 'transfer/read-failed' });
    }
  });

  it.each([
    ['shrinks', (file: Buffer) => file.subarray(0, file.length - 100_000), 'transfer/truncated'],
    ['is emptied', () => Buffer.alloc(0), 'transfer/truncated'],
    ['becomes another export', () => exportOf(LARGE), 'transfer/damaged'],
    ['is damaged', (file: Buffer) => flipped(file, file.length - 40_000), 'transfer/damaged'],
    ['loses its place', (file: Buffer) => Buffer.concat([Buffer.of(0), file]), 'transfer/damaged'],
  ])('notices that a file %s between being verified and being taken', async (_, change, code) => {
    const whole = await exportOf(LARGE);
    let now: Buffer = whole;
    using password = secretOf(PASSWORD);
    const source: ImportSource = {
      sizeBytes: whole.length,
      read: (offset, length) => sourceOf(now).read(offset, length),
    };
    const contents = await readExport(source, password, { derive: quickKdf });
    if (contents === 'wrong-password') throw new Error('expected the right password');
    now = await change(whole);
    const readAll = async () => {
      for await (const _piece of contents.files.read(1));
    };
    await expect(readAll()).rejects.toMatchObject({ code });
    contents.files[Symbol.dispose]();
  });

  it('leaves nothing of the keys behind when the stream is damaged', async () => {
    const file = await exportOf(SMALL);
    file.writeUInt8(file.readUInt8(file.length - 1) ^ 1, file.length - 1);
    const handed: SecretBytes[] = [];
    await expect(read(file, watch(quickKdf, handed))).rejects.toMatchObject({
      code: 'transfer/damaged',
    });
    expect(handed.map(({ isDisposed }) => isDisposed)).toEqual([true]);
  });
});

function flipped(file: Buffer, at: number): Buffer {
  const copy = Buffer.from(file);
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
  return copy;
}

/** Where chunks begin: after the header, after the manifest, every body chunk, and the last. */
function boundariesOf(file: Buffer): readonly number[] {
  const bounds = [HEADER_BYTES];
  const last = file.length - LAST_SEALED_BYTES;
  for (let at = HEADER_BYTES + MANIFEST_SEALED_BYTES; at < last; at += SEALED_CHUNK)
    bounds.push(at);
  return [...bounds, last];
}

async function codeOf(file: Buffer): Promise<string> {
  try {
    const contents = await read(file);
    return contents === 'wrong-password' ? contents : 'accepted';
  } catch (error) {
    return String((error as { code?: unknown }).code ?? error);
  }
}
