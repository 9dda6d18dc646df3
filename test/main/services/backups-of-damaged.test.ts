// Backups of a vault of which something does not open: a whole one is not given up for those that are made meanwhile, nor
// once a person has accepted the damage.
// SPDX-License-Identifier: MIT

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import type { ItemId } from '../../../src/shared/brand.ts';
import { HandClock } from '../../support/hand-clock.ts';
import { draftOf } from '../../support/item-drafts.ts';
import { VaultWorld } from '../../support/vault-world.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

let clock: HandClock;
let world: VaultWorld;
let checks = 1;
let item: ItemId;
let whole: string;

beforeEach(async () => {
  clock = new HandClock();
  world = new VaultWorld(clock);
  await world.create();
  clock.turn(1);
  checks = 1;
  await world.checked();
  await world.settled();
  item = (await world.call('items:save', draftOf('login', { title: 'One' }))).id;
  const path = join(world.folder, 'letter.txt');
  writeFileSync(path, 'content');
  await world.call('attachments:add-file', { id: item, path });
  whole = await makeOne();
});
afterEach(() => {
  expect(world.bugs).toEqual([]);
  world[Symbol.dispose]();
});

const password = () => ({ type: 'password', password: toUtf8('test password') }) as const;
const pathOf = (name: string): string => join(world.folder, 'Test.backups', name);

async function makeOne(): Promise<string> {
  const before = existsSync(pathOf('.')) ? world.backupNames() : [];
  clock.turn(DAY_MS);
  await world.call('backups:make', {});
  const name = world.backupNames().find((one) => !before.includes(one));
  if (name === undefined) throw new Error('fixture: no new backup');
  return pathOf(name);
}

async function open(): Promise<void> {
  await world.unlock();
  clock.turn(1);
  checks += 1;
  await world.checked(checks);
  await world.settled();
}

async function reopen(): Promise<void> {
  await world.close();
  await open();
}

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
  await open();
}

async function accept(): Promise<void> {
  await world.call('vault:accept-damage', { present: password() });
  checks += 1;
}

describe('backups of a damaged vault', () => {
  it('push out none that was made before the damage', async () => {
    await damage('body');
    for (let n = 0; n < 10; n += 1) await makeOne();
    expect(existsSync(whole)).toBe(true);
    await accept();
    await makeOne();
    expect(existsSync(whole)).toBe(true);
  });

  it.each<Damage>(['body', 'file'])(
    'of a former key stay after a damaged %s was accepted, and are not made anew each time',
    async (what) => {
      await damage(what);
      await world.call('keys:rekey', { secrets: [password()] });
      await accept();
      await reopen();
      expect(existsSync(whole)).toBe(true);
      const names = world.backupNames();
      await reopen();
      expect(world.backupNames()).toEqual(names);
    },
  );

  it('of a former key go once everything opens again', async () => {
    await damage('body');
    await world.call('keys:rekey', { secrets: [password()] });
    await accept();
    await world.call('items:erase', { ids: [item], present: password() });
    await reopen();
    expect(existsSync(whole)).toBe(false);
    expect((await world.call('backups:list', {})).map(({ state }) => state)).toContain('ready');
  });
});
