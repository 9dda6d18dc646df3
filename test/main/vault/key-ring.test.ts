// Every slot stands alone: whatever is done to the others, it opens the same root key with its own secret. Held against
// a plain model over all sequences of a few acts, and over random longer ones.
// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readyAead } from '../../../src/main/crypto/aead.ts';
import {
  deriveVaultKeys,
  randomVaultRootKey,
  type VaultRootKey,
} from '../../../src/main/crypto/keys.ts';
import { DEFAULT_KDF, KDF_FLOOR } from '../../../src/main/crypto/password-kdf.ts';
import { KeyRing } from '../../../src/main/vault/key-ring.ts';
import type { UnlockSecret } from '../../../src/main/vault/slot-secret.ts';
import { MAX_SLOTS, NO_ROSTER, parseHeader } from '../../../src/main/vault/vault-header.ts';
import { equalBytes, toHex } from '../../../src/shared/bytes.ts';
import { code } from '../../support/error-code.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { keyFileSecret, passwordSecret, recoverySecret } from '../../support/unlock-secrets.ts';
import { QuickKdf } from '../../support/vault-tools.ts';

const aead = await readyAead();
const kdfFor = (secret: UnlockSecret) => (secret.type === 'recovery' ? null : KDF_FLOOR);

function emptyRing(seed: string) {
  const random = seededRandom(seed);
  const kdf = new QuickKdf();
  const vaultId = random.bytes(32);
  const bare = { vaultId, generation: 0, epoch: 1, slots: [], rosterHash: NO_ROSTER };
  const ring = new KeyRing(bare, { aead, random, deriveKey: kdf.derive });
  return { random, kdf, ring, rootKey: randomVaultRootKey(random), vaultId };
}

async function firstRing(seed: string) {
  const empty = emptyRing(seed);
  const secret = passwordSecret();
  const ring = await empty.ring.add(empty.rootKey, { secret, kdf: KDF_FLOOR });
  return { ...empty, ring };
}

/** The slot that a secret opens and the root key it gives, both in hex; null for none. */
async function openedBy(ring: KeyRing, secret: UnlockSecret) {
  using opened = await ring.open(secret);
  return opened && { slot: toHex(opened.slot.slotId), root: opened.rootKey.use(toHex) };
}

/** As the next to unlock reads it. */
function reread(ring: KeyRing, rootKey: VaultRootKey, other = ring): KeyRing {
  using keys = deriveVaultKeys(rootKey, ring.header.vaultId);
  const { covered: _covered, mac: _mac, ...header } = parseHeader(ring.encode(keys.header));
  expect(header).toEqual(other.header);
  return ring;
}

/** What can be done to a ring, by name. */
const ACTS = [
  'add a recovery key',
  'change the password',
  'require a key file',
  'drop the key file',
  'remove the oldest recovery key',
  'remove the password',
  'renew the newest recovery key',
  're-key with all',
  're-key with the password alone',
] as const;
type Act = (typeof ACTS)[number];

/** The model: which secret opens which slot. */
interface Model {
  ring: KeyRing;
  rootKey: VaultRootKey;
  /** By slot id. */
  secrets: Map<string, UnlockSecret>;
  /** Secrets that must open nothing any more. */
  dead: UnlockSecret[];
  formerRoots: string[];
  step: number;
}

async function startModel(
  seed: string,
): Promise<Model & { random: ReturnType<typeof seededRandom> }> {
  const { ring, rootKey, random } = await firstRing(seed);
  const secrets = new Map([
    [toHex(ring.header.slots[0]?.slotId ?? new Uint8Array(0)), passwordSecret()],
  ]);
  return { ring, rootKey, secrets, dead: [], formerRoots: [], step: 0, random };
}

const ofType = (model: Model, ...types: UnlockSecret['type'][]) =>
  [...model.secrets].filter(([, { type }]) => types.includes(type));

async function act(model: Awaited<ReturnType<typeof startModel>>, name: Act): Promise<void> {
  model.step += 1;
  const before = model.ring;
  const label = String(model.step);
  const [password] = ofType(model, 'password', 'password-key-file');
  const recoveries = ofType(model, 'recovery');
  const renew = async (slot: readonly [string, UnlockSecret] | undefined, secret: UnlockSecret) => {
    if (!slot) return;
    const [id, former] = slot;
    model.ring = await model.ring.renew(model.rootKey, id, { secret, kdf: kdfFor(secret) });
    model.secrets.set(id, secret);
    model.dead.push(former);
  };
  const remove = (slot: readonly [string, UnlockSecret] | undefined) => {
    if (!slot || model.secrets.size === 1) return;
    const [id, former] = slot;
    model.ring = model.ring.remove(id);
    model.secrets.delete(id);
    model.dead.push(former);
  };
  const rekey = async (kept: readonly (readonly [string, UnlockSecret])[]) => {
    if (kept.length === 0) return;
    const rootKey = randomVaultRootKey(model.random);
    const { ring, removed } = await model.ring.rotate(
      rootKey,
      kept.map(([, secret]) => secret),
    );
    const ids = new Set(kept.map(([id]) => id));
    const gone = [...model.secrets].filter(([id]) => !ids.has(id));
    expect(removed.map(({ slotId }) => toHex(slotId)).sort()).toEqual(
      gone.map(([id]) => id).sort(),
    );
    for (const [id, secret] of gone) {
      model.secrets.delete(id);
      model.dead.push(secret);
    }
    model.formerRoots.push(model.rootKey.use(toHex));
    expect(ring.header.epoch).toBe(model.ring.header.epoch + 1);
    model.ring = ring;
    model.rootKey = rootKey;
  };
  switch (name) {
    case 'add a recovery key': {
      if (recoveries.length >= 3) return;
      const secret = recoverySecret(label);
      const known = new Set(model.secrets.keys());
      model.ring = await model.ring.add(model.rootKey, { secret, kdf: null });
      const added = model.ring.header.slots
        .map(({ slotId }) => toHex(slotId))
        .find((id) => !known.has(id));
      model.secrets.set(added ?? '', secret);
      break;
    }
    case 'change the password':
      await renew(
        password,
        password?.[1].type === 'password-key-file'
          ? keyFileSecret('f', label)
          : passwordSecret(label),
      );
      break;
    case 'require a key file':
      await renew(password, keyFileSecret(`file ${label}`, label));
      break;
    case 'drop the key file':
      await renew(password, passwordSecret(label));
      break;
    case 'remove the oldest recovery key':
      remove(recoveries[0]);
      break;
    case 'remove the password':
      remove(password);
      break;
    case 'renew the newest recovery key':
      await renew(recoveries.at(-1), recoverySecret(`renewed ${label}`));
      break;
    case 're-key with all':
      await rekey([...model.secrets]);
      break;
    case 're-key with the password alone':
      await rekey(password ? [password] : []);
      break;
  }
  if (model.ring !== before) {
    expect(model.ring.header.generation).toBe(before.header.generation + 1);
  }
}

async function assertModel(model: Model): Promise<void> {
  reread(model.ring, model.rootKey);
  const root = model.rootKey.use(toHex);
  expect(model.formerRoots).not.toContain(root);
  for (const [slot, secret] of model.secrets) {
    expect(await openedBy(model.ring, secret)).toEqual({ slot, root });
  }
  for (const secret of model.dead) expect(await openedBy(model.ring, secret)).toBeNull();
  expect(model.ring.header.slots).toHaveLength(model.secrets.size);
}

describe('KeyRing', () => {
  it('keeps every slot through all sequences of three acts', { timeout: 300_000 }, async () => {
    let sequences = 0;
    for (const first of ACTS) {
      for (const second of ACTS) {
        for (const third of ACTS) {
          const model = await startModel(`${first}/${second}/${third}`);
          // Something to lose: a recovery key beside the password.
          for (const name of ['add a recovery key', first, second, third] as const)
            await act(model, name);
          await assertModel(model);
          sequences += 1;
        }
      }
    }
    expect(sequences).toBe(ACTS.length ** 3);
  });

  it('keeps every slot through long sequences of any acts', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...ACTS), { maxLength: 14 }), async (names) => {
        const model = await startModel('long');
        for (const name of names) {
          await act(model, name);
          await assertModel(model);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('runs one KDF for a right, a wrong and a useless password', async () => {
    const { ring, rootKey, kdf } = await firstRing('runs');
    const both = await ring.add(rootKey, { secret: recoverySecret('a'), kdf: null });
    for (const secret of [passwordSecret(), passwordSecret('wrong')]) {
      kdf.runs.length = 0;
      (await both.open(secret))?.[Symbol.dispose]();
      expect(kdf.runs).toEqual([KDF_FLOOR]);
    }
    kdf.runs.length = 0;
    expect(await both.open(recoverySecret('b'))).toBeNull();
    expect(await both.open(keyFileSecret('f'))).toBeNull();
    expect(kdf.runs).toEqual([]);
  });

  it('renews a slot under its id with a fresh salt, and another cost', async () => {
    const { ring, rootKey } = await firstRing('renew');
    const [slot] = ring.header.slots;
    if (!slot) throw new Error('the fixture has no slot');
    const renewed = await ring.renew(rootKey, toHex(slot.slotId), {
      secret: passwordSecret(),
      kdf: DEFAULT_KDF,
    });
    const [again] = renewed.header.slots;
    expect(again?.slotId).toEqual(slot.slotId);
    expect(again?.kdf).toEqual(DEFAULT_KDF);
    expect(equalBytes(again?.salt ?? slot.salt, slot.salt)).toBe(false);
    expect((await openedBy(renewed, passwordSecret()))?.root).toBe(rootKey.use(toHex));
  });

  it('has room for one way to use a password and eight recovery keys, and says so', async () => {
    const { ring, rootKey } = await firstRing('room');
    await expect(
      ring.add(rootKey, { secret: passwordSecret('b'), kdf: KDF_FLOOR }),
    ).rejects.toThrow(code('keys/too-many-slots'));
    let full = ring;
    for (let index = 0; index < 8; index += 1) {
      full = await full.add(rootKey, { secret: recoverySecret(String(index)), kdf: null });
    }
    await expect(full.add(rootKey, { secret: recoverySecret('9'), kdf: null })).rejects.toThrow(
      code('keys/too-many-slots'),
    );
    reread(full, rootKey);
    expect(full.header.slots.length).toBeLessThanOrEqual(MAX_SLOTS);
  });

  it('never makes two slots with a password, with a key file or without', async () => {
    const { ring, rootKey } = await firstRing('types');
    const full = code('keys/too-many-slots');
    const more = [passwordSecret('another'), keyFileSecret('f'), keyFileSecret('f', 'another')];
    for (const secret of more) {
      await expect(ring.add(rootKey, { secret, kdf: KDF_FLOOR })).rejects.toThrow(full);
    }
    const both = await ring.add(rootKey, { secret: recoverySecret('a'), kdf: null });
    const recovery = toHex(both.header.slots[1]?.slotId ?? new Uint8Array(0));
    for (const secret of more) {
      const renewed = { secret, kdf: KDF_FLOOR };
      await expect(both.renew(rootKey, recovery, renewed)).rejects.toThrow(full);
    }
  });

  it('keeps the last slot, and knows no slot that is not there', async () => {
    const { ring, rootKey } = await firstRing('last');
    const id = toHex(ring.header.slots[0]?.slotId ?? new Uint8Array(0));
    expect(() => ring.remove(id)).toThrow(code('keys/last-way-in'));
    for (const unknown of ['', 'ff'.repeat(16), id.toUpperCase().replace(/^./, 'z')]) {
      expect(() => ring.remove(unknown)).toThrow(code('keys/slot-not-found'));
      const renewed = { secret: passwordSecret('x'), kdf: KDF_FLOOR };
      await expect(ring.renew(rootKey, unknown, renewed)).rejects.toThrow(
        code('keys/slot-not-found'),
      );
    }
  });

  it('rotates with every secret that is presented or not at all', async () => {
    const { ring, rootKey, random } = await firstRing('rotate');
    const both = await ring.add(rootKey, { secret: recoverySecret('a'), kdf: null });
    const next = randomVaultRootKey(random);
    await expect(both.rotate(next, [])).rejects.toThrow(code('keys/last-way-in'));
    for (const wrong of [passwordSecret('wrong'), recoverySecret('b'), keyFileSecret('f')]) {
      await expect(both.rotate(next, [passwordSecret(), wrong])).rejects.toThrow(
        code('vault/wrong-password'),
      );
    }
    const twice = await both.rotate(next, [
      passwordSecret(),
      passwordSecret(),
      recoverySecret('a'),
    ]);
    expect(twice.ring.header.slots).toHaveLength(2);
    expect(twice.removed).toEqual([]);
    reread(twice.ring, next);
  });

  it('takes a password without a cost for the bug it is', async () => {
    const { ring, rootKey } = emptyRing('bug');
    const added = { secret: passwordSecret(), kdf: null };
    await expect(ring.add(rootKey, added)).rejects.toThrow('needs a KDF');
  });
});
