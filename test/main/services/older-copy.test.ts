// An older copy of the vault file as the whole vault process meets it: asked of the person, remembered in turns while the
// vault is open, and told of after unlocking.
// SPDX-License-Identifier: MIT

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PIN_EVERY_MS } from '../../../src/main/services/unlock-service.ts';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import { code } from '../../support/error-code.ts';
import { flipInPlace } from '../../support/flipped-bits.ts';
import { HandClock } from '../../support/hand-clock.ts';
import { password } from '../../support/presented-secrets.ts';
import { VaultWorld } from '../../support/vault-world.ts';

function openAllTheSame(world: VaultWorld): Promise<null> {
  const given = { path: world.path, secret: password(), acceptOlder: true };
  return world.call('vault:open-file', given);
}

function pinFile(world: VaultWorld): string {
  const folder = join(world.folder, 'pins');
  const [name = '', ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  return join(folder, name);
}

/** Every change counts; what it changes does not matter here. */
async function change(world: VaultWorld): Promise<void> {
  await world.call('searches:save', { id: null, name: 'Search', text: 'is:login' });
}

describe('an older copy of the vault file', () => {
  it('is refused, opened where the person means it, and silent from then on', async () => {
    using world = new VaultWorld();
    await world.create();
    await world.close();
    const old = readFileSync(world.path);
    await world.unlock();
    await change(world);
    await world.close();
    writeFileSync(world.path, old);
    await expect(world.unlock()).rejects.toThrow(code('vault/older-copy'));
    await expect(world.unlock('another one')).rejects.toThrow(code('vault/wrong-password'));
    await openAllTheSame(world);
    await world.close();
    await world.unlock();
    expect(await world.call('vault:notice', {})).toMatchObject({ pins: 'sound' });
    expect(world.bugs).toEqual([]);
  });

  it('is as far from what is remembered as five minutes of changes, where nothing was locked', async () => {
    const clock = new HandClock();
    using world = new VaultWorld(clock);
    await world.create();
    const before = readFileSync(pinFile(world));
    await change(world);
    clock.turn(PIN_EVERY_MS - 1);
    expect(readFileSync(pinFile(world))).toEqual(before);
    clock.turn(1);
    const after = readFileSync(pinFile(world));
    expect(after).not.toEqual(before);
    clock.turn(PIN_EVERY_MS);
    expect(readFileSync(pinFile(world))).toEqual(after);
    await change(world);
    clock.turn(PIN_EVERY_MS);
    expect(readFileSync(pinFile(world))).not.toEqual(after);
  });

  it('leaves no timer behind after locking', async () => {
    const clock = new HandClock();
    using world = new VaultWorld(clock);
    await world.create();
    await world.close();
    clock.turn(3 * PIN_EVERY_MS);
    expect(world.bugs).toEqual([]);
  });

  it('is told of once where what was remembered is damaged', async () => {
    using world = new VaultWorld();
    await world.create();
    await world.close();
    const bytes = readFileSync(pinFile(world));
    flipInPlace(bytes, 50);
    writeFileSync(pinFile(world), bytes);
    await world.unlock();
    expect(await world.call('vault:notice', {})).toMatchObject({ pins: 'damaged' });
    await world.close();
    await world.unlock();
    expect(await world.call('vault:notice', {})).toMatchObject({ pins: 'sound' });
  });

  it('is no copy that the app restores items from: that goes on in the same vault', async () => {
    using world = new VaultWorld();
    await world.create();
    await change(world);
    const { key } = await world.call('backups:make', {});
    await change(world);
    await world.call('backups:restore', { key, ids: [] });
    await world.close();
    await world.unlock();
    expect(await world.call('vault:notice', {})).toMatchObject({ pins: 'sound' });
  });

  it('is refused to a PIN too, and opened by it where the person means it', async () => {
    using world = new VaultWorld();
    await world.create();
    await world.close();
    const old = readFileSync(world.path);
    await world.unlock();
    const guarded = () => new Uint8Array(32).fill(7);
    const kept = await world.call('quick-unlock:seal', {
      present: password(),
      pin: toUtf8('123456'),
      guarded: guarded(),
    });
    await change(world);
    await world.close();
    writeFileSync(world.path, old);
    const open = (acceptOlder?: true) =>
      world.call('quick-unlock:open', {
        ...{ path: world.path, pin: toUtf8('123456'), guarded: guarded(), kept, acceptOlder },
      });
    await expect(open()).rejects.toThrow(code('vault/older-copy'));
    expect(await open(true)).toBe(true);
  });
});
