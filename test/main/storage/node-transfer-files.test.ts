// Files as people carry them: read in ranges as long as they stay what they were, written whole or not at all, and nothing
// of a killed program left lying for ever.
// SPDX-License-Identifier: MIT

import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import { nodeTransferFiles } from '../../../src/main/storage/node-transfer-files.ts';
import { patternBytes } from '../../support/attached-files.ts';
import { VaultFolder } from '../../support/vault-folder.ts';

const files = nodeTransferFiles;
const NO_VAULT = '';
const DAY = 24 * 60 * 60;

let folder: VaultFolder;

beforeEach(() => {
  folder = new VaultFolder();
});
afterEach(() => {
  folder[Symbol.dispose]();
});

function write(name: string, bytes: Uint8Array | string): string {
  const path = folder.file(name);
  writeFileSync(path, bytes);
  return path;
}

async function* once(...chunks: readonly Uint8Array[]) {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

const readFailed = { code: 'transfer/read-failed' };

describe('a chosen file', () => {
  it('is read in any ranges, and not beyond its end', async () => {
    const bytes = patternBytes(100_000);
    const file = await files.choose(write('a', bytes), NO_VAULT);
    expect(file).toMatchObject({ name: 'a', sizeBytes: 100_000 });
    for (const [offset, length] of [
      [0, 10],
      [99_990, 10],
      [99_990, 100],
      [50_000, 0],
      [100_000, 5],
      [200_000, 5],
      [0, 2 ** 32],
    ] as const) {
      expect(await file.read(offset, length)).toEqual(bytes.slice(offset, offset + length));
    }
  });

  it.each<[string, (path: string) => void]>([
    ['is gone', (path) => rmSync(path)],
    ['has grown', (path) => appendFileSync(path, 'more')],
    ['was emptied', (path) => writeFileSync(path, '')],
    ['was written to', (path) => touch(path, () => writeFileSync(path, 'other'))],
    ['is another one of the same size', (path) => replaceByOther(path)],
    ['has become a folder', becomeFolder],
  ])('is read no more once it %s', async (_, change) => {
    const path = write('a', 'right');
    const file = await files.choose(path, NO_VAULT);
    expect(await file.read(0, 5)).toEqual(toUtf8('right'));
    change(path);
    await expect(file.read(0, 5)).rejects.toMatchObject(readFailed);
  });

  it('is refused where there is none, or a folder', async () => {
    await expect(files.choose(folder.file('none'), NO_VAULT)).rejects.toMatchObject(readFailed);
    await expect(files.choose(folder.path, NO_VAULT)).rejects.toMatchObject(readFailed);
  });

  it('is refused where it is the open vault, by whatever name', async () => {
    const vault = write('vault.latchkey', 'SQLite format 3\0');
    const link = folder.file('link');
    symlinkSync(vault, link);
    for (const path of [vault, link, join(folder.path, '.', 'vault.latchkey')]) {
      await expect(files.choose(path, vault)).rejects.toMatchObject({
        code: 'transfer/not-recognised',
      });
    }
    await expect(files.choose(write('other', 'x'), vault)).resolves.toMatchObject({
      name: 'other',
    });
  });
});

describe('a file that is written', () => {
  it('takes the place of the former one, whole', async () => {
    const path = write('out', 'former');
    const written = await files.replace(
      path,
      once(patternBytes(70_000), patternBytes(5)),
      NO_VAULT,
    );
    expect(written).toEqual({ name: 'out', sizeBytes: 70_005 });
    expect(readFileSync(path)).toHaveLength(70_005);
    expect(readdirSync(folder.path)).toEqual(['out']);
    expect(lstatSync(path).mode & 0o777).toBe(0o600);
  });

  it('leaves the former one, and nothing beside it, where its content fails', async () => {
    const path = write('out', 'former');
    const failing = (async function* () {
      yield await Promise.resolve(patternBytes(5));
      throw new Error('in the middle');
    })();
    await expect(files.replace(path, failing, NO_VAULT)).rejects.toMatchObject({
      code: 'transfer/write-failed',
    });
    expect(readFileSync(path, 'utf8')).toBe('former');
    expect(readdirSync(folder.path)).toEqual(['out']);
  });

  describe('beside what a killed program has left', () => {
    const OURS = '.latchkey-0123456789abcdef.part';

    function leave(name: string, ageSeconds: number): string {
      const path = write(name, 'left');
      const then = Date.now() / 1000 - ageSeconds;
      utimesSync(path, then, then);
      return path;
    }

    it('takes away what is ours and older than a day', async () => {
      const old = leave(OURS, DAY + 60);
      await files.replace(folder.file('out'), once(patternBytes(1)), NO_VAULT);
      expect(existsSync(old)).toBe(false);
    });

    it('takes it away before it writes, so that there is room', async () => {
      const old = leave(OURS, DAY + 60);
      const seen: boolean[] = [];
      const chunks = (async function* () {
        seen.push(existsSync(old));
        yield await Promise.resolve(patternBytes(1));
      })();
      await files.replace(folder.file('out'), chunks, NO_VAULT);
      expect(seen).toEqual([false]);
    });

    it('leaves what may still be written', async () => {
      const young = leave(OURS, DAY - 60);
      await files.replace(folder.file('out'), once(patternBytes(1)), NO_VAULT);
      expect(existsSync(young)).toBe(true);
    });

    it.each([
      'latchkey-0123456789abcdef.part',
      '.latchkey-0123456789abcde.part',
      '.latchkey-0123456789abcdef0.part',
      '.latchkey-0123456789ABCDEF.part',
      '.latchkey-0123456789abcdef.part.txt',
      '.latchkey-0123456789abcdef.PART',
      'x.latchkey-0123456789abcdef.part',
      '.0123456789abcdef.part',
      'thesis.part',
    ])('leaves %s, which is not ours', async (name) => {
      const other = leave(name, 10 * DAY);
      await files.replace(folder.file('out'), once(patternBytes(1)), NO_VAULT);
      expect(readFileSync(other, 'utf8')).toBe('left');
    });

    it('leaves folders and links of that name, and what links lead to', async () => {
      const target = leave('target', 10 * DAY);
      symlinkSync(target, folder.file(OURS));
      mkdirSync(folder.file('.latchkey-ffffffffffffffff.part'));
      utimesSync(folder.file('.latchkey-ffffffffffffffff.part'), 1, 1);
      await files.replace(folder.file('out'), once(patternBytes(1)), NO_VAULT);
      expect(readdirSync(folder.path).sort()).toEqual(
        ['.latchkey-ffffffffffffffff.part', OURS, 'out', 'target'].sort(),
      );
    });
  });
});

/** Another content of the same size, an hour later. */
function touch(path: string, change: () => void): void {
  change();
  const later = Date.now() / 1000 + 3600;
  utimesSync(path, later, later);
}

function becomeFolder(path: string): void {
  rmSync(path);
  mkdirSync(path);
}

function replaceByOther(path: string): void {
  const { atime, mtime } = lstatSync(path);
  writeFileSync(`${path}.new`, 'wrong');
  utimesSync(`${path}.new`, atime, mtime);
  renameSync(`${path}.new`, path);
}
