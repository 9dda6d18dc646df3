// Backups that cannot be read or brought to the present ways in: nothing of them is ever given up by itself.
// SPDX-License-Identifier: MIT

import { existsSync, writeFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BackupWorld } from '../../support/backup-world.ts';
import { NEXT_PASSWORD, password } from '../../support/presented-secrets.ts';

let world: BackupWorld;

beforeEach(async () => {
  world = await BackupWorld.withLogin();
});
afterEach(() => {
  world.end();
});

function spoilManifest(path: string): void {
  const sqlite = new Sqlite(path);
  sqlite.prepare('UPDATE objects SET sealed = randomblob(length(sealed)) WHERE role = 6').run();
  sqlite.close();
}

describe('a backup whose manifest does not open', () => {
  it('stays when the password is changed, is told of, and gives back what it has', async () => {
    const spoiled = await world.makeBackup();
    const whole = await world.makeBackup();
    spoilManifest(spoiled);
    await world.changePassword();
    expect([existsSync(spoiled), existsSync(whole)]).toEqual([true, true]);
    expect(await world.backupStates()).toEqual(['ready', 'unchecked']);
    const key = (await world.call('backups:list', {})).at(-1)?.key ?? '';
    expect(await world.call('backups:compare', { key })).toMatchObject({ total: 1, same: 1 });
  });

  it('stays when the vault is opened again', async () => {
    const spoiled = await world.makeBackup();
    spoilManifest(spoiled);
    await world.changePassword();
    await world.reopen(NEXT_PASSWORD);
    expect(existsSync(spoiled)).toBe(true);
    expect(await world.backupStates()).toContain('unchecked');
  });

  it('does not give way to newer ones, while those that are ready do', async () => {
    const spoiled = await world.makeBackup();
    spoilManifest(spoiled);
    await world.changePassword();
    const first = await world.makeBackup();
    for (let n = 0; n < 10; n += 1) await world.makeBackup();
    expect([existsSync(spoiled), existsSync(first)]).toEqual([true, false]);
    expect((await world.backupStates()).filter((state) => state === 'ready')).toHaveLength(10);
  });

  it('goes with the others when the vault gets a new key: what was leaked opens nothing more', async () => {
    const spoiled = await world.makeBackup();
    spoilManifest(spoiled);
    await world.call('keys:rekey', { secrets: [password()] });
    expect(existsSync(spoiled)).toBe(false);
    expect(await world.backupStates()).toEqual(['ready']);
  });
});

describe('a file among the backups that is no backup of the vault', () => {
  it.each([
    ['is no vault', 'not a vault at all'],
    ['is empty', ''],
  ])('%s: stays, whatever becomes of the ways in', async (_, content) => {
    const path = world.backupPath('2020-01-01T00-00-00Z-7.latchkey');
    await world.makeBackup();
    writeFileSync(path, content);
    await world.changePassword();
    await world.call('keys:rekey', { secrets: [password(NEXT_PASSWORD)] });
    expect(existsSync(path)).toBe(true);
    expect(await world.backupStates()).toEqual(['ready', 'unreadable']);
  });
});
