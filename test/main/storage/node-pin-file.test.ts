// SPDX-License-Identifier: MIT

import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodePinFiles } from '../../../src/main/storage/node-pin-file.ts';
import { toHex } from '../../../src/shared/bytes.ts';
import { describePinStore } from '../../conformance/pin-store.suite.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const random = seededRandom('node-pin-file');

function openPlace() {
  const root = mkdtempSync(join(tmpdir(), 'latchkey-pins-'));
  const folder = join(root, 'pins');
  const fileOf = (id: Uint8Array): string => join(folder, `${toHex(id)}.pin`);
  const replaced = (id: Uint8Array, make: (path: string) => void): void => {
    rmSync(fileOf(id), { force: true });
    make(fileOf(id));
  };
  return {
    ...{ root, folder, fileOf, replaced },
    store: nodePinFiles(folder),
    reopen: () => nodePinFiles(folder),
    spoil: (id: Uint8Array) => {
      replaced(id, (path) => mkdirSync(path));
    },
    // Whoever is root is stopped by no permission; a folder where the draft has to be stops everyone.
    block: () => {
      for (const name of readdirSync(folder)) mkdirSync(join(folder, `${name}.new`));
    },
    [Symbol.dispose]: () => {
      rmSync(root, { recursive: true });
    },
  };
}

describePinStore('nodePinFiles', openPlace);

describe('nodePinFiles', () => {
  it.skipIf(process.platform === 'win32')('is for its owner alone', () => {
    using place = openPlace();
    const id = random.bytes(32);
    place.store.save(id, random.bytes(146));
    expect(statSync(place.fileOf(id)).mode & 0o777).toBe(0o600);
    expect(statSync(place.folder).mode & 0o777).toBe(0o700);
  });

  it('leaves nothing beside the records, and minds nothing that was left', () => {
    using place = openPlace();
    const id = random.bytes(32);
    mkdirSync(place.folder);
    writeFileSync(`${place.fileOf(id)}.new`, random.bytes(50));
    place.store.save(id, random.bytes(146));
    expect(readdirSync(place.folder)).toEqual([`${toHex(id)}.pin`]);
  });

  it.each([0, 1, 145, 147, 4096])('gives %i bytes as they are, to be judged', (length) => {
    using place = openPlace();
    const id = random.bytes(32);
    const bytes = random.bytes(length);
    place.store.save(id, bytes);
    expect(place.store.load(id)).toEqual(bytes);
  });

  it.each([4097, 2 ** 31, 2 ** 40])('does not read a file of %i bytes', (length) => {
    using place = openPlace();
    const id = random.bytes(32);
    place.store.save(id, random.bytes(146));
    truncateSync(place.fileOf(id), length);
    expect(place.store.load(id)).toBe('unreadable');
    place.store.save(id, Uint8Array.of(1));
    expect(place.store.load(id)).toEqual(Uint8Array.of(1));
  });

  it.skipIf(process.platform === 'win32')('follows no link and waits at no pipe', () => {
    using place = openPlace();
    const id = random.bytes(32);
    place.store.save(id, random.bytes(146));
    const elsewhere = join(place.root, 'elsewhere');
    renameSync(place.fileOf(id), elsewhere);
    place.replaced(id, (path) => {
      symlinkSync(elsewhere, path);
    });
    expect(place.store.load(id)).toBe('unreadable');
    place.replaced(id, (path) => execFileSync('mkfifo', [path]));
    expect(place.store.load(id)).toBe('unreadable');
  });

  it('is unreadable where its folder is a file, and cannot be saved into', () => {
    using place = openPlace();
    writeFileSync(place.folder, '');
    const id = random.bytes(32);
    expect(place.store.load(id)).toBe('unreadable');
    expect(() => {
      place.store.save(id, random.bytes(146));
    }).toThrow(expect.objectContaining({ code: 'vault/write-failed' }) as Error);
  });
});
