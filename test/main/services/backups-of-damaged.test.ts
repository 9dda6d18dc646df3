// Backups of a vault of which something does not open: a whole one is not given up for those that are made meanwhile, nor
// once a person has accepted the damage.
// SPDX-License-Identifier: MIT

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ItemId } from '../../../src/shared/brand.ts';
import { BackupWorld } from '../../support/backup-world.ts';
import { password } from '../../support/presented-secrets.ts';

let world: BackupWorld;
let item: ItemId;
let whole: string;

beforeEach(async () => {
  world = new BackupWorld();
  await world.make();
  item = await world.addLogin('One');
  const path = join(world.folder, 'letter.txt');
  writeFileSync(path, 'content');
  await world.call('attachments:add-file', { id: item, path });
  whole = await world.makeBackup();
});
afterEach(() => {
  world.end();
});

type Damage = 'body' | 'file';

const SPOIL: Readonly<Record<Damage, string>> = {
  body: 'UPDATE items SET body = randomblob(length(body))',
  file: 'UPDATE attachments SET sealed = randomblob(length(sealed))',
};

async function damage(what: Damage): Promise<void> {
  await world.close();
  const sqlite = new Sqlite(world.path);
  sqlite.prepare(SPOIL[what]).run();
  sqlite.close();
  await world.unlockAndCheck();
}

async function accept(): Promise<void> {
  await world.call('vault:accept-damage', { present: password() });
}

describe('backups of a damaged vault', () => {
  it('push out none that was made before the damage', async () => {
    await damage('body');
    for (let n = 0; n < 10; n += 1) await world.makeBackup();
    expect(existsSync(whole)).toBe(true);
    await accept();
    await world.makeBackup();
    expect(existsSync(whole)).toBe(true);
  });

  it.each<Damage>(['body', 'file'])(
    'of a former key stay after a damaged %s was accepted, and are not made anew each time',
    async (what) => {
      await damage(what);
      await world.call('keys:rekey', { secrets: [password()] });
      await accept();
      await world.reopen();
      expect(existsSync(whole)).toBe(true);
      const names = world.backupNames();
      await world.reopen();
      expect(world.backupNames()).toEqual(names);
    },
  );

  it('of a former key go once everything opens again', async () => {
    await damage('body');
    await world.call('keys:rekey', { secrets: [password()] });
    await accept();
    await world.call('items:erase', { ids: [item], present: password() });
    await world.reopen();
    expect(existsSync(whole)).toBe(false);
    expect(await world.backupStates()).toContain('ready');
  });
});
