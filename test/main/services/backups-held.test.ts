// Backups that cannot be looked at for a while, or whose time is not to be believed: they keep nothing from the others.
// SPDX-License-Identifier: MIT

import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BackupWorld } from '../../support/backup-world.ts';
import { DAY_MS } from '../../support/checked-world.ts';
import { NEXT_PASSWORD, PASSWORD, password } from '../../support/presented-secrets.ts';

let world: BackupWorld;

beforeEach(async () => {
  world = await BackupWorld.withLogin();
});
afterEach(() => {
  world.end();
});

const exist = (paths: readonly string[]) => paths.map((path) => existsSync(path));

/** As another program would hold it. */
function hold(path: string): () => void {
  const sqlite = new Sqlite(path);
  sqlite.pragma('locking_mode = EXCLUSIVE');
  sqlite.exec('BEGIN EXCLUSIVE');
  return () => {
    sqlite.exec('ROLLBACK');
    sqlite.close();
  };
}

describe.each(['oldest', 'newest'])('the %s backup, held by another program', (which) => {
  let held: string;
  let others: string[];
  let letGo: () => void;

  beforeEach(async () => {
    const all = [await world.makeBackup(), await world.makeBackup(), await world.makeBackup()];
    held = (which === 'oldest' ? all[0] : all.at(-1)) ?? '';
    others = all.filter((one) => one !== held);
    letGo = hold(held);
  });

  it('is told of as what cannot be looked at now', async () => {
    expect((await world.backupStates()).at(which === 'oldest' ? -1 : 0)).toBe('unavailable');
    expect((await world.backupStates()).filter((state) => state === 'ready')).toHaveLength(2);
    letGo();
    expect(await world.backupStates()).toEqual(['ready', 'ready', 'ready']);
  });

  it('keeps no other of a former key from going, and goes itself at a later unlocking', async () => {
    await expect(world.call('keys:rekey', { secrets: [password()] })).rejects.toMatchObject({
      code: 'keys/backups-behind',
    });
    expect(exist([held, ...others])).toEqual([true, false, false]);
    letGo();
    await world.reopen();
    expect(existsSync(held)).toBe(false);
    expect(await world.backupStates()).toEqual(['ready']);
  });

  it('keeps no other from the new password, and takes it itself at a later unlocking', async () => {
    await expect(world.changePassword()).rejects.toMatchObject({ code: 'keys/backups-behind' });
    letGo();
    expect((await world.backupStates()).toSorted()).toEqual(['ready', 'ready', 'unchecked']);
    await world.reopen(NEXT_PASSWORD);
    expect(await world.backupStates()).toEqual(['ready', 'ready', 'ready']);
    await world.close();
    await expect(world.unlock(PASSWORD, held)).rejects.toMatchObject({
      code: 'vault/wrong-password',
    });
  });
});

describe('the daily backup', () => {
  it('is made where the last one cannot be read', async () => {
    writeFileSync(await world.makeBackup(), 'not a vault at all');
    await world.reopen(PASSWORD, 2 * DAY_MS);
    expect(await world.backupStates()).toEqual(['ready', 'unreadable']);
  });

  it('is made where a foreign file has a time that has not come yet, once a day', async () => {
    await world.makeBackup();
    writeFileSync(world.backupPath('2999-01-01T00-00-00Z-7.latchkey'), 'not a vault at all');
    await world.addLogin('Two');
    await world.reopen(PASSWORD, 2 * DAY_MS);
    expect(await world.backupStates()).toEqual(['unreadable', 'ready', 'ready']);
    await world.addLogin('Three');
    await world.reopen();
    expect(await world.backupStates()).toHaveLength(3);
  });

  it('is made, and made known, where the clock ran ahead for a while', async () => {
    const early = await world.makeBackup();
    const later = world.backupPath(basename(early).replace(/^\d{4}/, '2999'));
    renameSync(early, later);
    await world.addLogin('Two');
    await world.reopen(PASSWORD, 2 * DAY_MS);
    expect(await world.backupStates()).toEqual(['ready', 'ready']);
    const made = await world.call('backups:make', {});
    expect(new Date(made.madeAt).getUTCFullYear()).toBe(2026);
  });

  it('is not made where nothing has changed since the last that can be read', async () => {
    await world.makeBackup();
    await world.reopen(PASSWORD, 2 * DAY_MS);
    expect(await world.backupStates()).toEqual(['ready']);
  });
});

describe('backups from a time that has not come yet', () => {
  it('give way before those that are made now', async () => {
    for (let n = 0; n < 10; n += 1) {
      const path = await world.makeBackup();
      renameSync(path, world.backupPath(basename(path).replace(/^\d{4}/, '2999')));
    }
    const made = await world.makeBackup();
    expect(existsSync(made)).toBe(true);
    expect(await world.backupStates()).toHaveLength(10);
  });
});
