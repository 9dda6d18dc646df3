// Backups once a person has accepted damage and opened the vault anew, when no check of the rows tells of it any more: what
// was made before the damage stays for as long as something does not open, and the list says what that is.
// SPDX-License-Identifier: MIT

import { existsSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ItemId } from '../../../src/shared/brand.ts';
import { BackupWorld } from '../../support/backup-world.ts';
import { password } from '../../support/presented-secrets.ts';

let world: BackupWorld;
let damaged: ItemId;
let whole: string;

beforeEach(async () => {
  world = new BackupWorld();
  await world.make();
  damaged = await world.addLogin('Damaged');
  whole = await world.makeBackup();
  await world.addLogin('Whole');
  await world.close();
  const sqlite = new Sqlite(world.path);
  const spoil = sqlite.prepare(
    'UPDATE items SET body = randomblob(length(body)) WHERE item_id = ?',
  );
  expect(spoil.run(Buffer.from(damaged, 'hex')).changes).toBe(1);
  sqlite.close();
  await world.unlockAndCheck();
  await world.call('vault:accept-damage', { present: password() });
  await world.reopen();
});
afterEach(() => {
  world.end();
});

async function makeBackups(count: number): Promise<readonly string[]> {
  const made: string[] = [];
  while (made.length < count) made.push(await world.makeBackup());
  return made;
}

async function marked(): Promise<readonly string[]> {
  const query = { section: { in: 'all' }, text: 'is:damaged', sort: 'title' } as const;
  const { items } = await world.call('items:list', { ...query, offset: 0, limit: 9 });
  return items.map(({ title }) => title);
}

describe('an accepted damage, after the vault was opened anew', () => {
  it('keeps what was made before it from being rotated away, and is marked in the list', async () => {
    expect(await marked()).toEqual([]);
    await makeBackups(11);
    expect(existsSync(whole)).toBe(true);
    expect(await marked()).toEqual(['Damaged']);
  });

  it('keeps the ten oldest and the ten newest, and no more', async () => {
    const made = await makeBackups(21);
    expect(world.backupNames()).toHaveLength(20);
    for (const path of [whole, ...made.slice(0, 3), ...made.slice(-10)]) {
      expect(existsSync(path)).toBe(true);
    }
  });

  it('keeps nothing any more once what does not open is gone', async () => {
    await makeBackups(11);
    await world.call('items:erase', { ids: [damaged], present: password() });
    await makeBackups(1);
    expect(existsSync(whole)).toBe(false);
    expect(world.backupNames()).toHaveLength(10);
  });
});
