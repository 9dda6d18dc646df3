// The folder of backups: drafts have names of their own, and nobody who begins one touches another's.
// SPDX-License-Identifier: MIT

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeBackupFiles } from '../../../src/main/storage/node-backup-files.ts';

const at = { madeAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678), revision: 9 };

let folder: string;
let vaultPath: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-backup-files-'));
  vaultPath = join(folder, 'Test.latchkey');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const names = (): readonly string[] => readdirSync(join(folder, 'Test.backups'));

describe('drafts of backups', () => {
  it('leave each other alone, and are published each under its name', () => {
    const [one, other] = ['one', 'other'].map((content) => {
      const draft = nodeBackupFiles.draftFor(vaultPath);
      writeFileSync(draft, content);
      return draft;
    });
    nodeBackupFiles.publish(vaultPath, one ?? '', at);
    nodeBackupFiles.publish(vaultPath, other ?? '', { ...at, revision: 10 });
    expect(names()).toEqual([
      '2026-01-02T03-04-05Z-10.latchkey',
      '2026-01-02T03-04-05Z-9.latchkey',
    ]);
    expect(nodeBackupFiles.list(vaultPath).map(({ sizeBytes }) => sizeBytes)).toEqual([5, 3]);
  });

  it('are no backups until they are published, and go when they are cleared', () => {
    const draft = nodeBackupFiles.draftFor(vaultPath);
    for (const suffix of ['', '-wal', '-shm', '-journal']) writeFileSync(draft + suffix, 'half');
    const kept = ['notes.txt', '.part', '.zz112233aabbccdd.part', '.00112233aabbccdd.party'];
    for (const name of kept) writeFileSync(join(folder, 'Test.backups', name), 'not ours');
    expect(nodeBackupFiles.list(vaultPath)).toEqual([]);
    nodeBackupFiles.clearDrafts(vaultPath);
    expect([...names()].sort()).toEqual([...kept].sort());
  });

  it('cannot be cleared where there is no folder, nor published where there is no draft', () => {
    nodeBackupFiles.clearDrafts(vaultPath);
    expect(readdirSync(folder)).toEqual([]);
    const draft = nodeBackupFiles.draftFor(vaultPath);
    expect(() => {
      nodeBackupFiles.publish(vaultPath, draft, at);
    }).toThrow(expect.objectContaining({ code: 'vault/write-failed' }));
  });
});
