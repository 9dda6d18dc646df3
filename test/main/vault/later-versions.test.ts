// What a later version may have written into a vault, and what a writer of another make may have written wrong: carried
// along, or reported, and never in the way of what is whole.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { derivePasswordKey } from '../../../src/main/crypto/password-kdf.ts';
import { unlockVault } from '../../../src/main/vault/vault.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import type { ItemId } from '../../../src/shared/brand.ts';
import { loginItem } from '../../support/canary-items.ts';
import { flipInPlace, flipped } from '../../support/flipped-bits.ts';
import { join, uint, utf8 } from '../../support/independent/bytes.ts';
import { pad } from '../../support/independent/primitives.ts';
import { sampleItem } from '../../support/independent/samples.ts';
import { encodeEntry } from '../../support/independent/sealing.ts';
import { byRecovery, IDS, writer } from '../../support/independent/vectors/scene.ts';
import { HandClock } from '../../support/hand-clock.ts';
import { memoryFileOf } from '../../support/memory-file-of.ts';
import { type MemoryVaultFile, MemoryVaultStore } from '../../support/memory-vault-store.ts';
import { toUnlockSecret } from '../../support/read-by-product.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { checkAllRows } from '../../support/vault-fixture.ts';
import type { UnknownObject } from '../../../src/main/vault/vault-store.ts';

const secret = () => toUnlockSecret(byRecovery('one'));
const id = IDS.login as ItemId;
const other = IDS.other as ItemId;

async function openFile(file: MemoryVaultFile): Promise<UnlockedVault> {
  const random = seededRandom('later versions');
  const options = {
    secret: secret(),
    random,
    clock: new HandClock(),
    deriveKey: derivePasswordKey,
  };
  const vault = await unlockVault(new MemoryVaultStore(file), options);
  if (vault === 'wrong-password') throw new Error('the recovery key was refused');
  return vault;
}

function writerOfOneLogin() {
  const made = writer('later versions');
  made.addItem(sampleItem('login'), { id });
  return made;
}

function fileWithUnknownRole(): MemoryVaultFile {
  const made = writerOfOneLogin();
  const vault = made.build();
  const later = made.sealObject(200, utf8('what a later version wrote'));
  return memoryFileOf(made.withManifest({ ...vault, objects: [...vault.objects, later] }));
}

/** What the later version wrote, as the vault that has it holds it. */
function genuine(): UnknownObject {
  const [later] = fileWithUnknownRole().unknown;
  if (later === undefined) throw new Error('the vault has an unknown object');
  return later;
}

/** The object and what anyone can make of it who can write to the file. */
const PLANTED: Readonly<Record<string, (row: UnknownObject) => UnknownObject>> = {
  'a copy under another role': (row) => ({ ...row, role: 201 }),
  'a copy under another revision': (row) => ({
    ...row,
    revision: { ...row.revision, lamport: row.revision.lamport + 1 },
  }),
  'a copy under another epoch': (row) => ({ ...row, epoch: row.epoch + 1 }),
  'changed by a bit': (row) => ({ ...row, sealed: flipped(row.sealed, 30) }),
  'cut to nothing': (row) => ({ ...row, sealed: new Uint8Array(0) }),
};

/** What may be wrong beside it. */
const OTHER_DAMAGE: Readonly<Record<string, (file: MemoryVaultFile) => void>> = {
  'other rows are missing': (file) => void file.bodies.splice(0),
  'a pack is damaged inside': (file) => {
    file.packs = file.packs.map((row) => ({ ...row, sealed: flipped(row.sealed, 60) }));
  },
  'the tag of a pack is damaged': (file) => {
    const at = ({ length }: Uint8Array): number => length - 1;
    file.packs = file.packs.map((row) => ({ ...row, sealed: flipped(row.sealed, at(row.sealed)) }));
  },
  'a pack is lost': (file) => void file.packs.splice(0),
  'the manifest is damaged': (file) => {
    file.objects = file.objects.map((row) =>
      row.role === 'manifest' ? { ...row, sealed: flipped(row.sealed, 60) } : row,
    );
  },
  'the manifest is lost': (file) => {
    file.objects = file.objects.filter(({ role }) => role !== 'manifest');
  },
};

const refused = { code: 'vault/unsupported-version', details: { step: 'object-role' } };

describe('an object of an unknown role', () => {
  it('is carried along by every change', async () => {
    const file = fileWithUnknownRole();
    const before = structuredClone(file.unknown);
    const vault = await openFile(file);
    vault.save(loginItem(id, { title: 'Edited' }));
    vault.saveDocument('savedSearches', []);
    vault.close();
    using again = await openFile(file);
    expect(file.unknown).toEqual(before);
    expect(checkAllRows(again)).toBe('intact');
  });

  it('is in the way of a re-key, which leaves everything as it was', async () => {
    const file = fileWithUnknownRole();
    const before = structuredClone(file);
    using vault = await openFile(file);
    await expect(vault.access.rekey([secret()], () => undefined)).rejects.toMatchObject({
      ...{ code: 'vault/unsupported-version', details: { step: 'object-role' } },
    });
    expect(file).toEqual(before);
    expect(vault.get(id).title).toBe('A login');
  });

  it.each(Object.entries(PLANTED))(
    'that is %s is reported, and goes with a re-key',
    async (_, plant) => {
      const file = memoryFileOf(writerOfOneLogin().build());
      file.unknown.push(plant(genuine()));
      const vault = await openFile(file);
      expect(vault.integrity).toBe('not-intact');
      await vault.access.rekey([secret()], () => undefined);
      expect(file.unknown).toEqual([]);
      expect(vault.access.epoch).toBe(2);
      vault.close();
      using again = await openFile(file);
      expect(again.get(id).title).toBe('A login');
      expect(again.integrity).toBe('not-intact');
    },
  );

  it.each(Object.entries(PLANTED))(
    'that is %s goes when the rows are accepted, and what is beside it stays',
    async (_, plant) => {
      const file = fileWithUnknownRole();
      const before = structuredClone(file.unknown);
      file.unknown.push({ ...plant(genuine()), role: 201 });
      const vault = await openFile(file);
      expect(vault.integrity).toBe('not-intact');
      await expect(vault.access.rekey([secret()], () => undefined)).rejects.toMatchObject(refused);
      await vault.acceptRows();
      expect(file.unknown).toEqual(before);
      await expect(vault.access.rekey([secret()], () => undefined)).rejects.toMatchObject(refused);
      vault.close();
      using again = await openFile(file);
      expect(checkAllRows(again)).toBe('intact');
    },
  );

  it('of a former epoch does not stay when it is put back', async () => {
    const file = memoryFileOf(writerOfOneLogin().build());
    const first = await openFile(file);
    await first.access.rekey([secret()], () => undefined);
    first.close();
    file.unknown.push(genuine());
    using vault = await openFile(file);
    expect(vault.integrity).toBe('not-intact');
    await vault.acceptRows();
    expect(file.unknown).toEqual([]);
    expect(checkAllRows(vault)).toBe('intact');
  });

  it('keeps its revision from being given out again where the manifest is lost', async () => {
    const file = fileWithUnknownRole();
    const made = writerOfOneLogin();
    made.build();
    made.lamport = 2 ** 30;
    const later = made.sealObject(200, utf8('what a later version wrote at last'));
    file.unknown = memoryFileOf({ ...made.build(), objects: [later] }).unknown;
    file.objects = file.objects.filter(({ role }) => role !== 'manifest');
    using vault = await openFile(file);
    expect(vault.revision).toBeGreaterThan(2 ** 30);
  });

  it('that was planted goes when the rows are accepted, and re-keying works from then on', async () => {
    const file = fileWithUnknownRole();
    const [later] = file.unknown;
    if (later === undefined) throw new Error('the vault has an unknown object');
    // Nothing but planted ones.
    const bare = memoryFileOf(writerOfOneLogin().build());
    bare.unknown.push({ ...later, role: 201 });
    const vault = await openFile(bare);
    // A save must not make it the vault's own.
    vault.save(loginItem(id, { title: 'Edited' }));
    expect(vault.integrity).toBe('not-intact');
    await vault.acceptRows();
    expect(bare.unknown).toEqual([]);
    expect(vault.integrity).toBe('intact');
    vault.close();
    using again = await openFile(bare);
    expect(checkAllRows(again)).toBe('intact');
    await again.access.rekey([secret()], () => undefined);
    expect(again.access.epoch).toBe(2);
    expect(again.get(id).title).toBe('Edited');
    expect(checkAllRows(again)).toBe('intact');
  });

  it('that was planted goes when the rows are accepted after the vault was opened anew', async () => {
    const file = fileWithUnknownRole();
    const [later] = file.unknown;
    if (later === undefined) throw new Error('the vault has an unknown object');
    const bare = memoryFileOf(writerOfOneLogin().build());
    bare.unknown.push({ ...later, role: 201 });
    const first = await openFile(bare);
    first.saveDocument('savedSearches', []);
    first.close();
    using second = await openFile(bare);
    expect(second.integrity).toBe('not-intact');
    await second.acceptRows();
    expect(bare.unknown).toEqual([]);
    await second.access.rekey([secret()], () => undefined);
    expect(checkAllRows(second)).toBe('intact');
  });

  it.each(Object.entries(OTHER_DAMAGE))(
    'stays where %s, also when that is accepted',
    async (_, spoil) => {
      const file = fileWithUnknownRole();
      const before = structuredClone(file.unknown);
      spoil(file);
      const vault = await openFile(file);
      expect(checkAllRows(vault)).toBe('not-intact');
      await expect(vault.access.rekey([secret()], () => undefined)).rejects.toMatchObject(refused);
      await vault.acceptRows();
      await expect(vault.access.rekey([secret()], () => undefined)).rejects.toMatchObject(refused);
      vault.close();
      using again = await openFile(file);
      expect(file.unknown).toEqual(before);
      expect(checkAllRows(again)).toBe('intact');
      await expect(again.access.rekey([secret()], () => undefined)).rejects.toMatchObject(refused);
    },
  );
});

/** Two items in one pack, the overview of the first not of its form; the manifest agrees. */
function fileWithMalformedOverview(change: (file: MemoryVaultFile) => void = () => undefined) {
  const made = writer('malformed overview');
  made.addItem(sampleItem('login', { title: 'Whole' }), { id });
  made.addItem(sampleItem('note', { title: 'Beside it' }), { id: other });
  const vault = made.build();
  const [first, second] = made.entries();
  if (first === undefined || second === undefined) throw new Error('the writer has two items');
  const json = utf8('["login"]');
  const head = encodeEntry(first).slice(0, 41);
  const content = join(uint(2, 1), head, uint(json.length, 4), json, encodeEntry(second));
  const file = memoryFileOf(
    made.withManifest({ ...vault, packs: [made.sealPack(0, pad(content))] }),
  );
  change(file);
  return file;
}

const titles = (vault: UnlockedVault): readonly string[] =>
  [...vault.overviews()].map(({ title }) => title).sort();

describe('an overview that is authentic and not of its form', () => {
  it('is made again from the body when the list is read', async () => {
    using vault = await openFile(fileWithMalformedOverview());
    expect(titles(vault)).toEqual(['Beside it', 'Whole']);
    expect(vault.integrity).toBe('not-intact');
    expect([...vault.damaged]).toEqual([]);
    expect([...vault.overviews('login')].map(({ title }) => title)).toEqual(['Whole']);
  });

  it('is made again when it is asked for by itself', async () => {
    using vault = await openFile(fileWithMalformedOverview());
    expect(vault.overview(id)?.title).toBe('Whole');
    expect(vault.overview(other)?.title).toBe('Beside it');
    expect(vault.integrity).toBe('not-intact');
  });

  it('is written anew with the next change, and not forgotten until the rows are accepted', async () => {
    const file = fileWithMalformedOverview();
    const vault = await openFile(file);
    expect(titles(vault)).toHaveLength(2);
    vault.saveDocument('savedSearches', []);
    vault.close();
    const again = await openFile(file);
    expect(again.integrity).toBe('not-intact');
    expect(titles(again)).toEqual(['Beside it', 'Whole']);
    await again.acceptRows();
    again.close();
    using third = await openFile(file);
    expect(checkAllRows(third)).toBe('intact');
    expect(titles(third)).toEqual(['Beside it', 'Whole']);
  });

  it('of an item whose body does not open counts that item as damaged', async () => {
    const file = fileWithMalformedOverview(({ bodies }) => {
      const row = bodies.find((one) => one.id === id);
      if (row) flipInPlace(row.body, 50);
    });
    using vault = await openFile(file);
    expect(titles(vault)).toEqual(['Beside it']);
    expect([...vault.damaged]).toEqual([id]);
    expect(vault.overview(id)).toBeNull();
    expect(() => vault.get(id)).toThrow(expect.objectContaining({ code: 'vault/item-damaged' }));
    expect(vault.get(other).title).toBe('Beside it');
  });
});
