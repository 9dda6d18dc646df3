// Backups that cannot be read or brought to the present ways in: nothing of them is ever given up by itself.
// SPDX-License-Identifier: MIT

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import { HandClock } from '../../support/hand-clock.ts';
import { draftOf } from '../../support/item-drafts.ts';
import { VaultWorld } from '../../support/vault-world.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

let clock: HandClock;
let world: VaultWorld;

beforeEach(async () => {
  clock = new HandClock();
  world = new VaultWorld(clock);
  await world.create();
  clock.turn(1);
  await world.checked();
  await world.call('items:save', draftOf('login', { title: 'One' }));
});
afterEach(() => {
  expect(world.bugs).toEqual([]);
  world[Symbol.dispose]();
});

const password = (text = 'test password') =>
  ({ type: 'password', password: toUtf8(text) }) as const;
const states = async () => (await world.call('backups:list', {})).map(({ state }) => state);
const pathOf = (name: string): string => join(world.folder, 'Test.backups', name);

async function makeOne(): Promise<string> {
  const before = existsSync(pathOf('.')) ? world.backupNames() : [];
  clock.turn(DAY_MS);
  await world.call('backups:make', {});
  const name = world.backupNames().find((one) => !before.includes(one));
  if (name === undefined) throw new Error('fixture: no new backup');
  return pathOf(name);
}

function spoilManifest(path: string): void {
  const sqlite = new Sqlite(path);
  sqlite.prepare('UPDATE objects SET sealed = randomblob(length(sealed)) WHERE role = 6').run();
  sqlite.close();
}

async function changePassword(): Promise<void> {
  const next = toUtf8('another password');
  await world.call('keys:change-password', { present: password(), password: next });
}

describe('a backup whose manifest does not open', () => {
  it('stays when the password is changed, is told of, and gives back what it has', async () => {
    const spoiled = await makeOne();
    const whole = await makeOne();
    spoilManifest(spoiled);
    await changePassword();
    expect([existsSync(spoiled), existsSync(whole)]).toEqual([true, true]);
    expect(await states()).toEqual(['ready', 'unchecked']);
    const key = (await world.call('backups:list', {})).at(-1)?.key ?? '';
    expect(await world.call('backups:compare', { key })).toMatchObject({ total: 1, same: 1 });
  });

  it('stays when the vault is opened again', async () => {
    const spoiled = await makeOne();
    spoilManifest(spoiled);
    await changePassword();
    await world.close();
    await world.unlock('another password');
    clock.turn(1);
    await world.checked(2);
    await world.settled();
    expect(existsSync(spoiled)).toBe(true);
    expect(await states()).toContain('unchecked');
  });

  it('does not give way to newer ones, while those that are ready do', async () => {
    const spoiled = await makeOne();
    spoilManifest(spoiled);
    await changePassword();
    const first = await makeOne();
    for (let n = 0; n < 10; n += 1) await makeOne();
    expect([existsSync(spoiled), existsSync(first)]).toEqual([true, false]);
    expect((await states()).filter((state) => state === 'ready')).toHaveLength(10);
  });

  it('goes with the others when the vault gets a new key: what was leaked opens nothing more', async () => {
    const spoiled = await makeOne();
    spoilManifest(spoiled);
    await world.call('keys:rekey', { secrets: [password()] });
    expect(existsSync(spoiled)).toBe(false);
    expect(await states()).toEqual(['ready']);
  });
});

describe('a file among the backups that is no backup of the vault', () => {
  it.each([
    ['is no vault', 'not a vault at all'],
    ['is empty', ''],
  ])('%s: stays, whatever becomes of the ways in', async (_, content) => {
    const path = pathOf('2020-01-01T00-00-00Z-7.latchkey');
    await makeOne();
    writeFileSync(path, content);
    await changePassword();
    await world.call('keys:rekey', { secrets: [password('another password')] });
    expect(existsSync(path)).toBe(true);
    expect(await states()).toEqual(['ready', 'unreadable']);
  });
});
