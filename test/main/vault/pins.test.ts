// What a machine remembers of a vault, and what it says of a file that is behind it.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { type QuickUnlockKey, KEY_BYTES } from '../../../src/main/crypto/keys.ts';
import { DEFAULT_KDF, KDF_FLOOR } from '../../../src/main/crypto/password-kdf.ts';
import { SecretBytes } from '../../../src/main/crypto/secret-bytes.ts';
import { parsePin, type ParsedPin } from '../../../src/main/vault/pin.ts';
import type { VaultError } from '../../../src/main/vault/vault-error.ts';
import { quickUnlockVault } from '../../../src/main/vault/vault.ts';
import { fromHex, toHex } from '../../../src/shared/bytes.ts';
import { sha256 } from '../../../src/main/crypto/digest.ts';
import { loginItem } from '../../support/canary-items.ts';
import { flippedBit } from '../../support/flipped-bits.ts';
import { MemoryPinStore } from '../../support/memory-pin-store.ts';
import { MemoryVaultStore } from '../../support/memory-vault-store.ts';
import { PinnedVault, saveOne } from '../../support/pinned-vault.ts';
import {
  keyFileSecret,
  passwordSecret,
  recoverySecret,
  secret,
} from '../../support/unlock-secrets.ts';

const HEADER = 'vault/older-copy pins header';
const ROWS = 'vault/older-copy pins rows';
const CHEAPER = 'vault/parameters-refused pins';

/** The one pin there is, as it stands. */
function pinOf({ pins }: PinnedVault): ParsedPin {
  const [[id, record] = []] = [...pins.records];
  const pin = record && id ? parsePin(record, fromHex(id)) : null;
  if (pin === null) throw new Error('no pin that can be read');
  return pin;
}

/** As whoever may write the record, and has no key, can: its digest fits, its MAC does not. */
function forge({ pins }: PinnedVault, at: number, bytes: readonly number[]): void {
  for (const [id, record] of pins.records) {
    const forged = Uint8Array.from(record);
    forged.set(bytes, at);
    forged.set(sha256(forged.subarray(0, -32)), record.length - 32);
    pins.records.set(id, forged);
  }
}

async function made(seed: string): Promise<PinnedVault> {
  const world = new PinnedVault(seed);
  const vault = await world.create();
  saveOne(vault);
  vault.close();
  world.tools.kdf.runs.length = 0;
  return world;
}

const raise = () => ({ ...KDF_FLOOR, passes: 4 });

describe('the memory of a vault', () => {
  it('begins with making it, and follows it at unlocking and at locking', async () => {
    const world = new PinnedVault('begins');
    const vault = await world.create();
    expect(pinOf(world)).toMatchObject({ generation: 1, epoch: 1, lamport: 0, kdf: KDF_FLOOR });
    saveOne(vault);
    saveOne(vault);
    expect(pinOf(world).lamport).toBe(0);
    vault.close();
    expect(pinOf(world).lamport).toBe(2);
  });

  it('is not written for a save, nor where nothing has changed', async () => {
    const world = await made('quiet');
    const { saves } = world.pins;
    const vault = await world.open();
    for (let count = 0; count < 50; count += 1) saveOne(vault);
    expect(world.pins.saves).toBe(saves);
    vault.keepPins();
    vault.keepPins();
    expect(world.pins.saves).toBe(saves + 1);
    vault.close();
    await world.visit();
    expect(world.pins.saves).toBe(saves + 1);
  });

  it('knows when it saw what it remembers', async () => {
    const world = await made('when');
    const { seenAt } = pinOf(world);
    world.tools.clock.turn(60_000);
    await world.visit();
    expect(pinOf(world).seenAt).toBe(seenAt);
    await world.visit(saveOne);
    expect(pinOf(world).seenAt).toBe(seenAt + 60_000);
  });

  it('follows every change of the ways in at once', async () => {
    const world = await made('ways');
    const vault = await world.open();
    const { access } = vault;
    const expectNow = (expected: Partial<ParsedPin>): void => {
      expect(pinOf(world)).toMatchObject({ ...expected, lamport: vault.revision });
    };
    await access.raiseCost(passwordSecret(), raise());
    expectNow({ generation: 2, epoch: 1, kdf: raise() });
    const opened = await access.authorise(passwordSecret());
    const { key } = recoverySecret('a');
    const slot = await access.addRecovery(opened.rootKey, key, 'Sheet');
    expectNow({ generation: 3 });
    await access.remove(passwordSecret(), slot);
    expectNow({ generation: 4 });
    await access.rekey([passwordSecret()], () => undefined);
    expectNow({ generation: 5, epoch: 2, kdf: raise() });
    vault.close();
    expect(await world.outcome()).toBe('sound');
  });

  it('is silent on a machine that never saw the vault', async () => {
    const world = await made('new machine');
    world.pins = new MemoryPinStore();
    expect(await world.outcome()).toBe('sound');
    expect(pinOf(world).lamport).toBe(1);
  });

  it('is silent for a file that is ahead: it was changed on another machine', async () => {
    const world = await made('ahead');
    const here = world.pins;
    world.pins = new MemoryPinStore();
    await world.visit(saveOne);
    await world.visit((vault) => vault.access.raiseCost(passwordSecret(), raise()));
    await world.visit((vault) => vault.access.rekey([passwordSecret()], () => undefined));
    world.pins = here;
    expect(await world.outcome()).toBe('sound');
    expect(pinOf(world)).toMatchObject({ generation: 3, epoch: 2 });
  });

  it('keeps vaults apart', async () => {
    const [one, other] = [await made('one'), await made('other')];
    other.pins = one.pins;
    const old = other.keepState();
    await one.visit(saveOne);
    expect(await other.outcome()).toBe('sound');
    await other.visit(saveOne);
    expect(await one.outcome()).toBe('sound');
    other.putBack(old);
    expect(await other.outcome()).toBe(ROWS);
    expect(await one.outcome()).toBe('sound');
  });

  it('keeps nobody out where it cannot be written, and says so until it can', async () => {
    const world = await made('full disk');
    world.pins.isWritable = false;
    expect(await world.outcome()).toBe('sound');
    await world.visit(saveOne);
    expect(await world.outcome()).toBe('unwritable');
    world.pins.isWritable = true;
    expect(await world.outcome()).toBe('sound');
    expect(pinOf(world).lamport).toBe(2);
  });
});

describe('an older copy', () => {
  it('is reported, whichever of the former states it is, until it is accepted', async () => {
    const world = await made('former');
    const works: readonly ((vault: Awaited<ReturnType<PinnedVault['open']>>) => unknown)[] = [
      saveOne,
      (vault) => vault.access.raiseCost(passwordSecret(), raise()),
      (vault) => {
        vault.saveDocument('savedSearches', []);
      },
      (vault) => {
        vault.erase(Array.from(vault.overviews(), ({ id }) => id).slice(0, 1));
      },
      (vault) => vault.access.rekey([passwordSecret()], () => undefined),
    ];
    const states = [world.keepState()];
    for (let count = 0; count < 20; count += 1) {
      await world.visit(works[count % works.length]);
      states.push(world.keepState());
    }
    const last = states.pop();
    const remembered = new Map(world.pins.records);
    for (const [index, state] of states.entries()) {
      world.putBack(state);
      expect(await world.outcome(), `state ${index}`).toMatch(/^vault\/older-copy pins/);
      expect(world.pins.records).toEqual(remembered);
      expect(await world.outcome({ acceptOlder: true })).toBe('sound');
      expect(await world.outcome()).toBe('sound');
      world.pins.records.clear();
      for (const [id, record] of remembered) world.pins.records.set(id, record);
    }
    if (last) world.putBack(last);
    expect(await world.outcome()).toBe('sound');
  });

  it('is refused before the KDF where its header shows it, and costs one run where only its rows do', async () => {
    const world = await made('spy');
    const first = world.keepState();
    await world.visit(saveOne);
    const second = world.keepState();
    await world.visit((vault) => vault.access.raiseCost(passwordSecret(), raise()));
    const third = world.keepState();
    await world.visit(saveOne);
    for (const [state, outcome, runs] of [
      [first, HEADER, 0],
      [second, HEADER, 0],
      [third, ROWS, 1],
    ] as const) {
      world.putBack(state);
      const before = world.kdfRuns;
      expect(await world.outcome()).toBe(outcome);
      expect(world.kdfRuns - before).toBe(runs);
    }
  });

  it('says when the later state was seen, and how far this one goes', async () => {
    const world = await made('dates');
    await world.visit((vault) => {
      vault.save(loginItem(vault.newItemId(), { modifiedAt: 1_800_000_000_000 }));
    });
    const old = world.keepState();
    world.tools.clock.turn(3_600_000);
    await world.visit((vault) => {
      vault.save(loginItem(vault.newItemId(), { modifiedAt: 1_900_000_000_000 }));
    });
    const seenAt = world.tools.clock.now();
    world.putBack(old);
    const error: unknown = await world.open().catch((reason: unknown) => reason);
    expect((error as VaultError).details).toEqual({
      ...{ step: 'pins', of: 'rows', seenAt, newestAt: 1_800_000_000_000 },
    });
  });

  it('is noticed where only the header was put back', async () => {
    const world = await made('header alone');
    const { header } = world.keepState();
    await world.visit((vault) =>
      vault.access.changePassword(passwordSecret(), secret('another password'), KDF_FLOOR),
    );
    world.file.header = header;
    const before = world.kdfRuns;
    expect(await world.outcome()).toBe(HEADER);
    expect(world.kdfRuns).toBe(before);
    const accepted = await world.open({ acceptOlder: true });
    expect(accepted.integrity).toBe('not-intact');
    accepted.close();
  });

  it('of another epoch is noticed by that alone', async () => {
    const world = await made('epoch');
    const old = world.keepState();
    await world.visit((vault) => vault.access.rekey([passwordSecret()], () => undefined));
    world.putBack(old);
    // The generation made to fit, as someone without the key can: the header's MAC would show it, but only after the KDF.
    world.file.header?.set([0, 0, 0, 9], 44);
    const before = world.kdfRuns;
    expect(await world.outcome()).toBe(HEADER);
    expect(world.kdfRuns).toBe(before);
  });

  it('is not taken for one where the manifest cannot be read: that is reported by itself', async () => {
    const world = await made('no manifest');
    await world.visit(saveOne);
    const { lamport } = pinOf(world);
    world.file.objects = world.file.objects.filter(({ role }) => role !== 'manifest');
    const vault = await world.open();
    expect([vault.integrity, vault.pins]).toEqual(['not-intact', 'sound']);
    expect(pinOf(world).lamport).toBe(lamport);
    vault.close();
    expect(await world.outcome()).toBe('sound');
  });

  it('is not made of a leap of the counter that no file has seen', async () => {
    const world = await made('leap');
    await world.visit(saveOne);
    const whole = world.keepState();
    world.file.packs = [];
    const damaged = await world.open();
    expect(damaged.revision).toBeGreaterThan(2 ** 20);
    damaged.close();
    world.putBack(whole);
    expect(await world.outcome()).toBe('sound');
  });

  it('of a vault in two copies is said each time it is the one that is behind', async () => {
    const world = await made('two copies');
    let [one, other] = [world.keepState(), world.keepState()];
    await world.visit(saveOne);
    one = world.keepState();
    world.putBack(other);
    expect(await world.outcome()).toBe(ROWS);
    const vault = await world.open({ acceptOlder: true });
    for (let count = 0; count < 3; count += 1) saveOne(vault);
    vault.close();
    other = world.keepState();
    world.putBack(one);
    expect(await world.outcome()).toBe(ROWS);
    world.putBack(other);
    expect(await world.outcome()).toBe('sound');
  });

  it('is refused to quick unlock as well, and opened where it is meant', async () => {
    const world = await made('quick');
    const key = SecretBytes.take(world.tools.random.bytes(KEY_BYTES)) as QuickUnlockKey;
    const vault = await world.open();
    const sealed = await vault.access.sealForQuickUnlock(passwordSecret(), key);
    const old = world.keepState();
    saveOne(vault);
    vault.close();
    world.putBack(old);
    const { random, clock } = world.tools;
    const quick = (acceptOlder: boolean) =>
      quickUnlockVault(new MemoryVaultStore(world.file), {
        ...{ key, sealed, random, clock, pins: world.pins, acceptOlder },
      });
    await expect(quick(false)).rejects.toMatchObject({ code: 'vault/older-copy' });
    const opened = await quick(true);
    expect(opened).not.toBe('wrong-password');
    if (opened !== 'wrong-password') opened.close();
    expect(await world.outcome()).toBe('sound');
  });
});

describe('the cost of a password', () => {
  it.each([
    ['less memory', { ...DEFAULT_KDF, memoryKib: 128 * 1024 }],
    ['fewer passes', { ...DEFAULT_KDF, passes: 3 }],
  ])('is refused below what was seen, before the KDF: %s', async (_, kdf) => {
    const world = new PinnedVault('cost');
    const vault = await world.create({ ...DEFAULT_KDF, passes: 4 });
    vault.close();
    world.tools.kdf.runs.length = 0;
    const block = new DataView(world.file.header?.buffer ?? new ArrayBuffer(0), 53 + 17);
    block.setUint32(2, kdf.memoryKib);
    block.setUint32(6, kdf.passes);
    expect(await world.outcome()).toBe(CHEAPER);
    expect(world.kdfRuns).toBe(0);
  });

  it('may be more than was seen, and of other lanes', async () => {
    const world = new PinnedVault('dearer');
    (await world.create()).close();
    const here = world.pins;
    world.pins = new MemoryPinStore();
    const dearer = { memoryKib: 64 * 1024, passes: 5, lanes: 2 };
    await world.visit((vault) => vault.access.raiseCost(passwordSecret(), dearer));
    world.pins = here;
    expect(await world.outcome()).toBe('sound');
    expect(pinOf(world).kdf).toEqual(dearer);
  });

  it('is never lowered by a change of the password', async () => {
    const world = new PinnedVault('never lower');
    const vault = await world.create(DEFAULT_KDF);
    const change = (by: string, to: string, kdf: typeof KDF_FLOOR) =>
      vault.access.changePassword(passwordSecret(by), secret(to), kdf);
    await change('correct horse battery staple', 'second password', KDF_FLOOR);
    expect(vault.access.slots()[0]?.kdf).toEqual(DEFAULT_KDF);
    await change('second password', 'third password', { ...DEFAULT_KDF, passes: 5 });
    expect(vault.access.slots()[0]?.kdf).toEqual({ ...DEFAULT_KDF, passes: 5 });
    vault.close();
  });

  it('is that of whatever slot has a password, and none where none has', async () => {
    const world = await made('slots');
    const vault = await world.open();
    const file = keyFileSecret('file');
    if (file.type !== 'password-key-file') throw new Error('a key file');
    await vault.access.requireKeyFile(passwordSecret(), file.keyFile, 'File');
    expect(pinOf(world).kdf).toEqual(KDF_FLOOR);
    const opened = await vault.access.authorise(keyFileSecret('file'));
    await vault.access.addRecovery(opened.rootKey, recoverySecret('b').key, 'Sheet');
    await vault.access.rekey([recoverySecret('b')], () => undefined);
    expect(pinOf(world).kdf).toBeNull();
    vault.close();
    expect(await world.outcome({ by: recoverySecret('b') })).toBe('sound');
  });
});

describe('a memory that is damaged or changed', () => {
  it('is told once and made anew, whichever bit it is, and refuses nothing', async () => {
    const world = await made('bits');
    const [[id, record] = []] = [...world.pins.records];
    if (id === undefined || record === undefined) throw new Error('no pin');
    for (let bit = 0; bit < record.length * 8; bit += 7) {
      world.pins.records.set(id, flippedBit(record, bit));
      expect(await world.outcome(), `bit ${bit}`).toBe('damaged');
      expect(await world.outcome()).toBe('sound');
    }
  });

  it.each([0, 1, 145, 147, 4096])('of %i bytes is told once', async (length) => {
    const world = await made('lengths');
    for (const id of world.pins.records.keys()) world.pins.records.set(id, new Uint8Array(length));
    expect(await world.outcome()).toBe('damaged');
    expect(await world.outcome()).toBe('sound');
  });

  it('is told where it cannot be read', async () => {
    const world = await made('unreadable');
    world.pins.isReadable = false;
    expect(await world.outcome()).toBe('damaged');
  });

  it('is told where someone without the key has raised it: no false alarm after opening', async () => {
    const world = await made('raised lamport');
    forge(world, 52, [0, 0, 1]);
    expect(await world.outcome()).toBe('damaged');
    expect(await world.outcome()).toBe('sound');
  });

  it('is told where someone has raised its generation, once the person went on all the same', async () => {
    const world = await made('raised generation');
    forge(world, 44, [1]);
    expect(await world.outcome()).toBe(HEADER);
    expect(await world.outcome({ acceptOlder: true })).toBe('damaged');
    expect(await world.outcome()).toBe('sound');
  });

  it('is told where someone has lowered it to let an older copy in', async () => {
    const world = await made('lowered');
    const old = world.keepState();
    await world.visit(saveOne);
    world.putBack(old);
    forge(world, 52, [0, 0, 0, 0, 0, 0, 0, 0]);
    expect(await world.outcome()).toBe('damaged');
  });

  it('of another vault is none', async () => {
    const [one, other] = [await made('mine'), await made('theirs')];
    const [foreign] = [...other.pins.records.values()];
    for (const id of one.pins.records.keys()) {
      if (foreign) one.pins.records.set(id, foreign);
    }
    expect(await one.outcome()).toBe('damaged');
  });

  it('is not touched by a secret that does not open the vault', async () => {
    const world = await made('wrong secret');
    const before = new Map(world.pins.records);
    await expect(world.open({ by: passwordSecret('wrong') })).rejects.toThrow();
    expect(world.pins.records).toEqual(before);
    expect(toHex(pinOf(world).vaultId)).toBe([...before.keys()][0]);
  });
});

describe('an interruption between the vault and its memory', () => {
  it.each([
    ['a save', saveOne],
    [
      'another cost',
      (vault: Awaited<ReturnType<PinnedVault['open']>>) =>
        vault.access.raiseCost(passwordSecret(), raise()),
    ],
    [
      'a new epoch',
      (vault: Awaited<ReturnType<PinnedVault['open']>>) =>
        vault.access.rekey([passwordSecret()], () => undefined),
    ],
  ])('leaves it behind and never ahead: %s', async (_, work) => {
    const world = await made('interrupted');
    const vault = await world.open();
    // From here on the machine is as good as dead: what would be remembered is lost.
    world.pins.isWritable = false;
    await Promise.resolve(vault).then(work);
    world.pins.isWritable = true;
    expect(pinOf(world).lamport).toBeLessThan(vault.revision);
    expect(await world.outcome()).toBe('sound');
    expect(pinOf(world).lamport).toBe(vault.revision);
  });
});
