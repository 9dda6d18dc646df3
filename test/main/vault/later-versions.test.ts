// What a later version may have written into a vault, and what a writer of another make may have written wrong: carried
// along, or reported, and never in the way of what is whole.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { derivePasswordKey } from '../../../src/main/crypto/password-kdf.ts';
import { unlockVault } from '../../../src/main/vault/vault.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import type { ItemId } from '../../../src/shared/brand.ts';
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
import { checkAllRows, loginItem } from '../../support/vault-fixture.ts';

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

function fileWithUnknownRole(): MemoryVaultFile {
  const made = writer('later versions');
  made.addItem(sampleItem('login'), { id });
  const vault = made.build();
  const later = made.sealObject(200, utf8('what a later version wrote'));
  return memoryFileOf(made.withManifest({ ...vault, objects: [...vault.objects, later] }));
}

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

  it('that was planted is reported, and goes with a re-key', async () => {
    const file = fileWithUnknownRole();
    const [later] = file.unknown;
    if (later === undefined) throw new Error('the vault has an unknown object');
    file.unknown.push({ ...later, role: 201 });
    const vault = await openFile(file);
    expect(vault.integrity).toBe('not-intact');
    await vault.access.rekey([secret()], () => undefined);
    expect(file.unknown).toEqual([]);
    expect(vault.access.epoch).toBe(2);
    vault.close();
    using again = await openFile(file);
    expect(again.get(id).title).toBe('A login');
    expect(again.integrity).toBe('not-intact');
  });
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
    again.acceptRows();
    again.close();
    using third = await openFile(file);
    expect(checkAllRows(third)).toBe('intact');
    expect(titles(third)).toEqual(['Beside it', 'Whole']);
  });

  it('of an item whose body does not open counts that item as damaged', async () => {
    const file = fileWithMalformedOverview(({ bodies }) => {
      const row = bodies.find((one) => one.id === id);
      if (row) row.body[50] = (row.body[50] ?? 0) ^ 1;
    });
    using vault = await openFile(file);
    expect(titles(vault)).toEqual(['Beside it']);
    expect([...vault.damaged]).toEqual([id]);
    expect(vault.overview(id)).toBeNull();
    expect(() => vault.get(id)).toThrow(expect.objectContaining({ code: 'vault/item-damaged' }));
    expect(vault.get(other).title).toBe('Beside it');
  });
});
