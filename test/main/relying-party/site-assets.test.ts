// SPDX-License-Identifier: MIT

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSiteAssets } from '../../../src/main/relying-party/site-assets.ts';
import { fromUtf8 } from '../../../src/shared/bytes.ts';

const FILES = ['index.html', 'site.css', 'site.js'];

async function inFolder(
  files: readonly string[],
  check: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-site-'));
  try {
    for (const file of files) await writeFile(join(folder, file), file);
    await check(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('readSiteAssets', () => {
  it('reads the three files that the build leaves, and no other', async () => {
    await inFolder([...FILES, 'secret.txt'], async (folder) => {
      const assets = await readSiteAssets(folder);
      expect([...assets].map(([path, { bytes, type }]) => [path, fromUtf8(bytes), type])).toEqual([
        ['/', 'index.html', 'text/html; charset=utf-8'],
        ['/site.css', 'site.css', 'text/css; charset=utf-8'],
        ['/site.js', 'site.js', 'text/javascript; charset=utf-8'],
      ]);
    });
  });

  it.each(FILES)('rejects when %s is missing', async (missing) => {
    await inFolder(
      FILES.filter((file) => file !== missing),
      async (folder) => {
        await expect(readSiteAssets(folder)).rejects.toThrow('ENOENT');
      },
    );
  });
});
