// Every slot survives adding, removing, renewing, retyping, renaming and re-keying any other, in all sequences: a model
// that knows which secrets should open the vault is held against a vault after every step. docs/vault-format.md, section
// 12.
// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KDF_FLOOR } from '../../../src/main/crypto/password-kdf.ts';
import type { UnlockSecret } from '../../../src/main/vault/slot-secret.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import { parseHeader } from '../../../src/main/vault/vault-header.ts';
import { encodeSlot } from '../../../src/main/vault/key-slot.ts';
import type { ItemId } from '../../../src/shared/brand.ts';
import { toHex } from '../../../src/shared/bytes.ts';
import { loginItem, passkeyItem, privateKeyBytes } from '../../support/canary-items.ts';
import { type MemoryVaultFile, MemoryVaultStore } from '../../support/memory-vault-store.ts';
import {
  keyFileSecret,
  PASSWORD,
  passwordSecret,
  recoverySecret,
  secret,
} from '../../support/unlock-secrets.ts';
import { createTestVault, unlockTestVault } from '../../support/vault-fixture.ts';
import { type VaultTools, vaultTools } from '../../support/vault-tools.ts';

/** What a person knows or has: the name of a secret says what it is. */
type Name = `password ${string}` | `file ${string} ${string}` | `recovery ${string}`;

const PASSWORDS = ['one', 'two'] as const;
const KEY_FILES = ['red', 'blue'] as const;
const RECOVERY_KEYS = ['north', 'south', 'west'] as const;
const EVERY_SECRET: readonly Name[] = [
  ...PASSWORDS.map((password) => `password ${password}` as const),
  ...KEY_FILES.flatMap((file) => PASSWORDS.map((password) => `file ${file} ${password}` as const)),
  ...RECOVERY_KEYS.map((key) => `recovery ${key}` as const),
];

function textOf(password: string | undefined): string {
  return password === 'one' ? PASSWORD : `another password: ${password ?? ''}`;
}

function present(name: Name): UnlockSecret {
  const [type, first = '', second] = name.split(' ');
  if (type === 'password') return passwordSecret(textOf(first));
  if (type === 'recovery') return recoverySecret(first);
  return keyFileSecret(first, textOf(second));
}

/** A slot as the model knows it: its id, and the one secret that opens it. */
interface ModelSlot {
  readonly id: string;
  readonly opens: Name;
  readonly name: string;
}

/** One vault at rest, and what should be true of it. */
interface World {
  readonly file: MemoryVaultFile;
  readonly slots: readonly ModelSlot[];
  readonly epoch: number;
  readonly generation: number;
  readonly items: readonly ItemId[];
}

/** What is done; numbers choose among what there is. */
type Step =
  | { readonly do: 'password'; readonly to: (typeof PASSWORDS)[number]; readonly by: number }
  | { readonly do: 'key file'; readonly to: (typeof KEY_FILES)[number]; readonly by: number }
  | { readonly do: 'no key file' }
  | { readonly do: 'add'; readonly key: (typeof RECOVERY_KEYS)[number]; readonly by: number }
  | { readonly do: 'remove'; readonly slot: number; readonly by: number }
  | { readonly do: 'rename'; readonly slot: number; readonly by: number }
  | { readonly do: 'raise cost' }
  | { readonly do: 're-key'; readonly keep: number }
  | { readonly do: 'save'; readonly by: number };

let tools: VaultTools;

async function firstWorld(): Promise<World> {
  tools = vaultTools('slot-model');
  const store = new MemoryVaultStore();
  const vault = await createTestVault(store, tools);
  const items = [vault.newItemId(), vault.newItemId()] as const;
  vault.save(loginItem(items[0]));
  using key = privateKeyBytes(items[1]);
  vault.save(passkeyItem(items[1]), key);
  const [slot] = vault.access.slots();
  vault.close();
  const slots = [{ id: slot?.id ?? '', opens: 'password one', name: '' }] as const;
  return { file: store.file, slots, epoch: 1, generation: 1, items };
}

function pick<T>(values: readonly T[], number: number): T {
  const value = values[number % values.length];
  if (value === undefined) throw new Error('nothing to choose from');
  return value;
}

function withPassword(slots: readonly ModelSlot[]): ModelSlot | undefined {
  return slots.find(({ opens }) => !opens.startsWith('recovery'));
}

/** Opens the vault by the secret that step `by` chooses, acts, and returns what the model says of it then. */
async function take(world: World, step: Step): Promise<World> {
  const file = structuredClone(world.file);
  const owner = withPassword(world.slots);
  if ((step.do === 'no key file' || step.do === 'raise cost') && owner === undefined) return world;
  const by =
    owner !== undefined && (step.do === 'no key file' || step.do === 'raise cost')
      ? owner.opens
      : pick(world.slots, 'by' in step ? step.by : 0).opens;
  const vault = await unlockTestVault(new MemoryVaultStore(file), tools, present(by));
  if (vault === 'wrong-password') throw new Error(`${by} should open the vault`);
  try {
    const next = await act({ world, vault, by }, step);
    return { ...next, file };
  } finally {
    vault.close();
  }
}

interface Acting {
  readonly world: World;
  readonly vault: UnlockedVault;
  readonly by: Name;
}

async function act(acting: Acting, step: Step): Promise<World> {
  const { world, vault, by } = acting;
  const { slots } = world;
  switch (step.do) {
    case 'password':
      return await changePassword(acting, step.to);
    case 'key file':
      return await requireKeyFile(acting, step.to);
    case 'no key file':
      return await dropKeyFile(acting);
    case 'add':
      return await addRecovery(acting, step.key);
    case 'remove':
      return await remove(acting, pick(slots, step.slot));
    case 'rename': {
      const chosen = pick(slots, step.slot);
      const name = `${chosen.name}+`;
      await vault.access.rename(present(by), chosen.id, name);
      return renewed(world, chosen, { name }, { isHeaderSame: true });
    }
    case 'raise cost': {
      const owner = withPassword(slots);
      if (owner === undefined) return world;
      await vault.access.raiseCost(present(by), { ...KDF_FLOOR, passes: 4 });
      return renewed(world, owner, {});
    }
    case 're-key':
      return await rekey(acting, step.keep);
    case 'save': {
      const [first] = world.items;
      if (first !== undefined) vault.save({ ...vault.get(first), title: `By ${by}` });
      return world;
    }
  }
}

function renewed(
  world: World,
  slot: ModelSlot,
  change: Partial<ModelSlot>,
  { isHeaderSame = false } = {},
): World {
  const generation = world.generation + (isHeaderSame ? 0 : 1);
  const slots = world.slots.map((one) => (one === slot ? { ...one, ...change } : one));
  return { ...world, slots, generation };
}

async function changePassword(acting: Acting, to: (typeof PASSWORDS)[number]): Promise<World> {
  const { world, vault, by } = acting;
  using password = secret(textOf(to));
  await vault.access.changePassword(present(by), password, KDF_FLOOR);
  const owner = withPassword(world.slots);
  if (owner === undefined) return withNewest(world, vault, { opens: `password ${to}`, name: '' });
  // The key file stays required for whoever presented it; a recovery key alone does not know it.
  const [type, file = ''] = by.split(' ');
  const keepsFile = owner.opens.startsWith('file') && type === 'file';
  return renewed(world, owner, { opens: keepsFile ? `file ${file} ${to}` : `password ${to}` });
}

async function requireKeyFile(acting: Acting, to: (typeof KEY_FILES)[number]): Promise<World> {
  const { world, vault, by } = acting;
  if (by.startsWith('recovery')) return world;
  const file = keyFileSecret(to);
  if (file.type !== 'password-key-file') throw new Error('a key file has a digest');
  await vault.access.requireKeyFile(present(by), file.keyFile, to);
  const owner = withPassword(world.slots);
  if (owner === undefined) throw new Error('the slot that was presented is there');
  const password = by.split(' ').at(-1) ?? '';
  return renewed(world, owner, { opens: `file ${to} ${password}`, name: to });
}

async function dropKeyFile({ world, vault, by }: Acting): Promise<World> {
  const owner = withPassword(world.slots);
  if (!by.startsWith('file') || owner === undefined) return world;
  await vault.access.dropKeyFile(present(by));
  return renewed(world, owner, { opens: `password ${by.split(' ').at(-1) ?? ''}` });
}

async function addRecovery(acting: Acting, name: (typeof RECOVERY_KEYS)[number]): Promise<World> {
  const { world, vault, by } = acting;
  const added = recoverySecret(name);
  using opened = await vault.access.authorise(present(by));
  const adding = vault.access.addRecovery(opened.rootKey, added.key, name);
  if (world.slots.filter(({ opens }) => opens.startsWith('recovery')).length >= 8) {
    await expect(adding).rejects.toMatchObject({ code: 'keys/too-many-slots' });
    return world;
  }
  await adding;
  return withNewest(world, vault, { opens: `recovery ${name}`, name });
}

function withNewest(world: World, vault: UnlockedVault, slot: Omit<ModelSlot, 'id'>): World {
  const known = new Set(world.slots.map(({ id }) => id));
  const added = vault.access.slots().find(({ id }) => !known.has(id));
  if (added === undefined) throw new Error('there is no new slot');
  const slots = [...world.slots, { ...slot, id: added.id }];
  return { ...world, slots, generation: world.generation + 1 };
}

async function remove({ world, vault, by }: Acting, slot: ModelSlot): Promise<World> {
  const removing = vault.access.remove(present(by), slot.id);
  if (world.slots.length === 1) {
    await expect(removing).rejects.toMatchObject({ code: 'keys/last-way-in' });
    return world;
  }
  await removing;
  const slots = world.slots.filter((one) => one !== slot);
  return { ...world, slots, generation: world.generation + 1 };
}

/** With the secrets of those slots whose bit is set in `keep`: all where it names none. */
async function rekey({ world, vault }: Acting, keep: number): Promise<World> {
  const isKept = (_: ModelSlot, index: number): boolean => ((keep >> index) & 1) === 1;
  const chosen = world.slots.some(isKept) ? world.slots.filter(isKept) : world.slots;
  // A secret opens the first slot that it fits: of two with one secret, that one is kept.
  const kept = chosen.map(({ opens }) => world.slots.find((slot) => slot.opens === opens));
  const left = world.slots.filter((slot) => kept.includes(slot));
  const removed = await vault.access.rekey(
    chosen.map(({ opens }) => present(opens)),
    () => undefined,
  );
  expect(new Set(removed.map(({ id }) => id))).toEqual(
    new Set(world.slots.filter((slot) => !left.includes(slot)).map(({ id }) => id)),
  );
  // In the order in which the secrets were presented.
  const slots = [...new Set(kept)].flatMap((slot) => slot ?? []);
  return { ...world, slots, epoch: world.epoch + 1, generation: world.generation + 1 };
}

/** Everything that the model says of a vault at rest. */
async function check(world: World): Promise<void> {
  const header = parseHeader(world.file.header ?? new Uint8Array(0));
  expect(header.epoch).toBe(world.epoch);
  expect(header.generation).toBe(world.generation);
  expect(header.slots.map(({ slotId }) => toHex(slotId))).toEqual(world.slots.map(({ id }) => id));
  const opening = new Set(world.slots.map(({ opens }) => opens));
  for (const name of EVERY_SECRET) {
    const store = new MemoryVaultStore(structuredClone(world.file));
    const vault = await unlockTestVault(store, tools, present(name));
    expect([name, vault !== 'wrong-password']).toEqual([name, opening.has(name)]);
    if (vault !== 'wrong-password') checkVault(world, vault);
  }
}

function checkVault(world: World, vault: UnlockedVault): void {
  const [login, passkey] = world.items as readonly [ItemId, ItemId];
  expect(vault.get(login).kind).toBe('login');
  expect(vault.get(passkey)).toEqual(passkeyItem(passkey));
  using key = vault.openPrivateKey(passkey);
  using expected = privateKeyBytes(passkey);
  expect(key.use(toHex)).toBe(expected.use(toHex));
  while (!vault.checkRows(64));
  expect(vault.integrity).toBe('intact');
  expect(vault.access.slots().map(({ id, name }) => [id, name])).toEqual(
    world.slots.map(({ id, name }) => [id, name]),
  );
  vault.close();
}

/** Slots that a step does not touch keep every byte, unless there is a new epoch. */
function checkUntouched(before: World, after: World): void {
  const bytes = (world: World): Map<string, string> =>
    new Map(
      parseHeader(world.file.header ?? new Uint8Array(0)).slots.map((slot) => [
        toHex(slot.slotId),
        toHex(encodeSlot(slot)),
      ]),
    );
  const [former, later] = [bytes(before), bytes(after)];
  const isSame = [...later].filter(([id, slot]) => former.get(id) === slot).length;
  if (after.epoch !== before.epoch) expect(isSame).toBe(0);
  else expect(isSame).toBeGreaterThanOrEqual(before.slots.length - 1);
}

async function run(world: World, step: Step): Promise<World> {
  const after = await take(world, step);
  checkUntouched(world, after);
  await check(after);
  return after;
}

/** The first secret, or the last one: enough to tell who acts. */
const ALPHABET: readonly Step[] = [
  { do: 'password', to: 'two', by: 0 },
  { do: 'password', to: 'one', by: 1 },
  { do: 'key file', to: 'red', by: 0 },
  { do: 'no key file' },
  { do: 'add', key: 'north', by: 0 },
  { do: 'add', key: 'south', by: 1 },
  { do: 'remove', slot: 0, by: 1 },
  { do: 'remove', slot: 1, by: 0 },
  { do: 're-key', keep: 0 },
  { do: 're-key', keep: 1 },
  { do: 're-key', keep: 2 },
];
const LENGTH = process.env.SLOW === '1' ? 4 : 3;

describe('key slots', () => {
  it(`open by their own secret and no other, in all sequences of ${String(LENGTH)} steps`, async () => {
    let states = 0;
    const walk = async (world: World, depth: number): Promise<void> => {
      if (depth === 0) return;
      for (const step of ALPHABET) {
        const next = await run(world, step);
        states += 1;
        await walk(next, depth - 1);
      }
    };
    await walk(await firstWorld(), LENGTH);
    const expected = Array.from({ length: LENGTH }, (_, depth) => ALPHABET.length ** (depth + 1));
    expect(states).toBe(expected.reduce((sum, count) => sum + count));
  }, 600_000);

  it('open by their own secret and no other, in 500 longer sequences', async () => {
    const start = await firstWorld();
    const by = fc.nat(15);
    const steps = fc.oneof(
      fc.record({ do: fc.constant('password' as const), to: fc.constantFrom(...PASSWORDS), by }),
      fc.record({ do: fc.constant('key file' as const), to: fc.constantFrom(...KEY_FILES), by }),
      fc.record({ do: fc.constant('no key file' as const) }),
      fc.record({ do: fc.constant('add' as const), key: fc.constantFrom(...RECOVERY_KEYS), by }),
      fc.record({ do: fc.constant('add' as const), key: fc.constantFrom(...RECOVERY_KEYS), by }),
      fc.record({ do: fc.constant('remove' as const), slot: by, by }),
      fc.record({ do: fc.constant('rename' as const), slot: by, by }),
      fc.record({ do: fc.constant('raise cost' as const) }),
      fc.record({ do: fc.constant('re-key' as const), keep: by }),
      fc.record({ do: fc.constant('save' as const), by }),
    );
    const sequence = fc.array(steps, { minLength: 4, maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(sequence, async (sequenceOfSteps) => {
        let world = start;
        for (const step of sequenceOfSteps) world = await run(world, step);
      }),
      { numRuns: 500, seed: 20_260_101 },
    );
  }, 600_000);
});

describe('a secret that opens nothing', () => {
  it.each(EVERY_SECRET.filter((name) => name !== 'password one'))(
    'changes no slot: %s',
    async (name) => {
      const { file, slots } = await firstWorld();
      const before = structuredClone(file);
      const vault = await unlockTestVault(new MemoryVaultStore(file), tools);
      if (vault === 'wrong-password') throw new Error('the password opens the vault');
      const wrong = expect.objectContaining({ code: 'vault/wrong-password' }) as Error;
      const id = slots[0]?.id ?? '';
      using password = secret('another');
      const { access } = vault;
      await expect(access.changePassword(present(name), password, KDF_FLOOR)).rejects.toThrow(
        wrong,
      );
      await expect(access.remove(present(name), id)).rejects.toThrow(wrong);
      await expect(access.rename(present(name), id, 'x')).rejects.toThrow(wrong);
      await expect(access.authorise(present(name))).rejects.toThrow(wrong);
      const both = [present('password one'), present(name)];
      await expect(access.rekey(both, () => undefined)).rejects.toThrow(wrong);
      vault.close();
      expect(file).toEqual(before);
    },
  );
});
