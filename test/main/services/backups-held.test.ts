// Backups that cannot be looked at for a while, or whose time is not to be believed: they keep nothing from the others.
// SPDX-License-Identifier: MIT

import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import { HandClock } from '../../support/hand-clock.ts';
import { draftOf } from '../../support/item-drafts.ts';
import { VaultWorld } from '../../support/vault-world.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

let clock: HandClock;
let world: VaultWorld;
let checks = 1;

beforeEach(async () => {
  clock = new HandClock();
  world = new VaultWorld(clock);
  await world.create();
  clock.turn(1);
  checks = 1;
  await world.checked();
  await world.settled();
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
const exist = (paths: readonly string[]) => paths.map((path) => existsSync(path));

async function makeOne(): Promise<string> {
  const before = existsSync(pathOf('.')) ? world.backupNames() : [];
  clock.turn(DAY_MS);
  await world.call('backups:make', {});
  const name = world.backupNames().find((one) => !before.includes(one));
  if (name === undefined) throw new Error('fixture: no new backup');
  return pathOf(name);
}

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

async function reopen(secret = 'test password', afterMs = 0): Promise<void> {
  await world.close();
  clock.turn(afterMs);
  await world.unlock(secret);
  clock.turn(1);
  checks += 1;
  await world.checked(checks);
  await world.settled();
}

function changePassword(): Promise<unknown> {
  const next = toUtf8('another password');
  return world.call('keys:change-password', { present: password(), password: next });
}

describe.each(['oldest', 'newest'])('the %s backup, held by another program', (which) => {
  let held: string;
  let others: string[];
  let letGo: () => void;

  beforeEach(async () => {
    const all = [await makeOne(), await makeOne(), await makeOne()];
    held = (which === 'oldest' ? all[0] : all.at(-1)) ?? '';
    others = all.filter((one) => one !== held);
    letGo = hold(held);
  });

  it('is told of as what cannot be looked at now', async () => {
    expect((await states()).at(which === 'oldest' ? -1 : 0)).toBe('unavailable');
    expect((await states()).filter((state) => state === 'ready')).toHaveLength(2);
    letGo();
    expect(await states()).toEqual(['ready', 'ready', 'ready']);
  });

  it('keeps no other of a former key from going, and goes itself at a later unlocking', async () => {
    await expect(world.call('keys:rekey', { secrets: [password()] })).rejects.toMatchObject({
      code: 'keys/backups-behind',
    });
    expect(exist([held, ...others])).toEqual([true, false, false]);
    letGo();
    await reopen();
    expect(existsSync(held)).toBe(false);
    expect(await states()).toEqual(['ready']);
  });

  it('keeps no other from the new password, and takes it itself at a later unlocking', async () => {
    await expect(changePassword()).rejects.toMatchObject({ code: 'keys/backups-behind' });
    letGo();
    expect((await states()).toSorted()).toEqual(['ready', 'ready', 'unchecked']);
    await reopen('another password');
    expect(await states()).toEqual(['ready', 'ready', 'ready']);
    await world.close();
    await expect(world.unlock('test password', held)).rejects.toMatchObject({
      code: 'vault/wrong-password',
    });
  });
});

describe('the daily backup', () => {
  it('is made where the last one cannot be read', async () => {
    writeFileSync(await makeOne(), 'not a vault at all');
    await reopen('test password', 2 * DAY_MS);
    expect(await states()).toEqual(['ready', 'unreadable']);
  });

  it('is made where a foreign file has a time that has not come yet, once a day', async () => {
    await makeOne();
    writeFileSync(pathOf('2999-01-01T00-00-00Z-7.latchkey'), 'not a vault at all');
    await world.call('items:save', draftOf('login', { title: 'Two' }));
    await reopen('test password', 2 * DAY_MS);
    expect(await states()).toEqual(['unreadable', 'ready', 'ready']);
    await world.call('items:save', draftOf('login', { title: 'Three' }));
    await reopen();
    expect(await states()).toHaveLength(3);
  });

  it('is made, and made known, where the clock ran ahead for a while', async () => {
    const early = await makeOne();
    const later = pathOf(basename(early).replace(/^\d{4}/, '2999'));
    renameSync(early, later);
    await world.call('items:save', draftOf('login', { title: 'Two' }));
    await reopen('test password', 2 * DAY_MS);
    expect(await states()).toEqual(['ready', 'ready']);
    const made = await world.call('backups:make', {});
    expect(new Date(made.madeAt).getUTCFullYear()).toBe(2026);
  });

  it('is not made where nothing has changed since the last that can be read', async () => {
    await makeOne();
    await reopen('test password', 2 * DAY_MS);
    expect(await states()).toEqual(['ready']);
  });
});

describe('backups from a time that has not come yet', () => {
  it('give way before those that are made now', async () => {
    for (let n = 0; n < 10; n += 1) {
      const path = await makeOne();
      renameSync(path, pathOf(basename(path).replace(/^\d{4}/, '2999')));
    }
    const made = await makeOne();
    expect(existsSync(made)).toBe(true);
    expect(await states()).toHaveLength(10);
  });
});
