// A damaged vault, and acts on items of which some are damaged: what can be done is done, what cannot is named, and what a
// person accepts is taken for all there is.
// SPDX-License-Identifier: MIT

import { beforeEach, describe, expect, it } from 'vitest';
import type { ItemId } from '../../../src/shared/brand.ts';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import type { PresentedSecret } from '../../../src/shared/model/keys.ts';
import { DamageService } from '../../../src/main/services/damage-service.ts';
import { systemPace } from '../../../src/main/health/pace.ts';
import { ItemChanges } from '../../../src/main/services/item-changes.ts';
import { PresentedSecrets } from '../../../src/main/services/presented-secrets.ts';
import { SecretCheck } from '../../../src/main/services/secret-check.ts';
import { TagService } from '../../../src/main/services/tag-service.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import { loginItem } from '../../support/canary-items.ts';
import { spoilBodies } from '../../support/damage.ts';
import { code } from '../../support/error-code.ts';
import { MemoryTransferFiles } from '../../support/memory-transfer-files.ts';
import { MemoryVaultStore } from '../../support/memory-vault-store.ts';
import { PASSWORD } from '../../support/unlock-secrets.ts';
import { checkAllRows, reopenTestVault, testVaultIn } from '../../support/vault-fixture.ts';
import type { VaultTools } from '../../support/vault-tools.ts';

const password = (text = PASSWORD): PresentedSecret => ({
  type: 'password',
  password: toUtf8(text),
});

let tools: VaultTools;
let store: MemoryVaultStore;
let vault: UnlockedVault;
let changes: ItemChanges;
let damage: DamageService;
let heard: string[];

beforeEach(async () => {
  ({ tools, store, vault } = await testVaultIn(new MemoryVaultStore(), 'damage'));
  heard = [];
  changes = new ItemChanges({ vault: () => vault, onChanged: () => undefined });
  const secrets = new PresentedSecrets({
    files: new MemoryTransferFiles(),
    random: tools.random,
    vaultPath: () => '',
  });
  const check = new SecretCheck({ vault: () => vault, secrets });
  damage = new DamageService({
    changes,
    verify: (present) => check.verify(present),
    onChecked: (integrity) => heard.push(integrity),
  });
});

function add(title: string, tags: readonly string[] = []): ItemId {
  const id = vault.newItemId();
  changes.save([{ item: loginItem(id, { title, tags }) }]);
  return id;
}

function dropBody(id: ItemId): void {
  store.file.bodies = store.file.bodies.filter((row) => row.id !== id);
}

async function reopen(): Promise<void> {
  vault.close();
  store = new MemoryVaultStore(store.file);
  vault = await reopenTestVault(store, tools);
}

const tagsOf = (id: ItemId): readonly string[] => vault.get(id).tags;

describe('the report of damage', () => {
  it('has nothing to say of a vault as it was left', () => {
    add('A');
    expect(checkAllRows(vault)).toBe('intact');
    expect(damage.report()).toMatchObject({ integrity: 'intact', damaged: 0, items: [] });
  });

  it('names what does not open and counts the rows', () => {
    const [lost, bad] = [add('Lost'), add('Bad')];
    add('Kept');
    dropBody(lost);
    spoilBodies(store.file, bad);
    expect(checkAllRows(vault)).toBe('not-intact');
    for (const id of [lost, bad]) vault.probe(id);
    const report = damage.report();
    expect(report).toMatchObject({ integrity: 'not-intact', damaged: 2 });
    expect(report.items.map(({ title, kind }) => [title, kind])).toEqual([
      ['Lost', 'login'],
      ['Bad', 'login'],
    ]);
    const { expected = 0, found = 0 } = report.rows ?? {};
    expect(expected - found).toBe(1);
  });

  it('puts those with a name first', async () => {
    const bad = add('Nameless');
    spoilBodies(store.file, bad);
    store.file.packs = [];
    await reopen();
    expect(damage.report().items).toEqual([
      { id: bad, title: null, kind: null, damage: 'content' },
    ]);
  });
});

describe('accepting damage', () => {
  beforeEach(() => {
    const lost = add('Lost');
    add('Kept');
    dropBody(lost);
    expect(checkAllRows(vault)).toBe('not-intact');
    vault.probe(lost);
  });

  it('takes the full secret, and makes the vault intact for good', async () => {
    const report = await damage.accept(password());
    expect(report).toMatchObject({ integrity: 'intact', damaged: 1 });
    expect(heard).toEqual(['intact']);
    await reopen();
    expect(checkAllRows(vault)).toBe('intact');
  });

  it.each([
    ['another password', () => password('another one')],
    ['an empty password', () => password('')],
    [
      'a recovery key that the vault does not have',
      (): PresentedSecret => ({
        type: 'recovery',
        words: toUtf8([...Array<string>(23).fill('abandon'), 'art'].join(' ')),
      }),
    ],
  ])('refuses %s, and changes nothing', async (_name, present) => {
    const before = vault.revision;
    await expect(damage.accept(present())).rejects.toThrow(code('vault/wrong-password'));
    expect([vault.integrity, vault.revision, heard]).toEqual(['not-intact', before, []]);
  });

  it('refuses a key file that was never chosen', async () => {
    const present = {
      ...({ type: 'password-key-file', password: toUtf8(PASSWORD) } as const),
      keyFile: 'ab'.repeat(16),
    };
    await expect(damage.accept(present)).rejects.toThrow(code('keys/not-a-key-file'));
    expect(vault.integrity).toBe('not-intact');
  });

  it('writes nothing where there is nothing to accept', async () => {
    await damage.accept(password());
    const before = vault.revision;
    await damage.accept(password());
    expect([vault.revision, heard]).toEqual([before, ['intact']]);
  });
});

describe('a change of several items', () => {
  it('passes over those that do not open, and can be taken back', async () => {
    const ids = ['A', 'B', 'C'].map((title) => add(title));
    const [, bad] = ids;
    if (bad === undefined) throw new Error('fixture');
    spoilBodies(store.file, bad);
    const receipt = changes.revise(ids, (item) => ({ ...item, favourite: true }));
    expect(receipt).toMatchObject({ changed: 2, passedOver: [bad] });
    expect(ids.map((id) => vault.overview(id)?.favourite)).toEqual([true, false, true]);
    const undone = await changes.undo(receipt.change, 1);
    expect(undone).toMatchObject({ restored: 2, passedOver: 0 });
    expect(ids.map((id) => vault.overview(id)?.favourite)).toEqual([false, false, false]);
  });

  it('names what is gone, and takes an item once that was named twice', () => {
    const id = add('A');
    const gone = 'ff'.repeat(16) as ItemId;
    expect(changes.revise([id, gone, id], (item) => item)).toMatchObject({
      changed: 1,
      passedOver: [gone],
    });
  });

  it('fails where nothing could be changed', () => {
    const id = add('A');
    spoilBodies(store.file, id);
    const before = vault.revision;
    expect(() => changes.revise([id], (item) => item)).toThrow(code('vault/item-damaged'));
    expect(vault.revision).toBe(before);
  });

  it('says what could not be taken back', async () => {
    const [a, b] = [add('A'), add('B')];
    const receipt = changes.revise([a, b], (item) => ({ ...item, favourite: true }));
    // What stood there before.
    const [first] = vault.history(b).slice(-1);
    store.file.bodies = store.file.bodies.filter(
      (row) => row.id !== b || row.revision.lamport !== first?.lamport,
    );
    expect(await changes.undo(receipt.change, 1)).toMatchObject({ restored: 1, passedOver: 1 });
    expect([a, b].map((id) => vault.overview(id)?.favourite)).toEqual([false, true]);
  });

  it('takes back nothing that has changed since, and nothing that never was', async () => {
    const id = add('A');
    const receipt = changes.revise([id], (item) => ({ ...item, favourite: true }));
    changes.revise([id], (item) => ({ ...item, note: 'newer' }));
    expect(await changes.undo(receipt.change, 1)).toMatchObject({ restored: 0, passedOver: 0 });
    expect(await changes.undo(9999, 1)).toMatchObject({ restored: 0, passedOver: 0 });
    expect(vault.get(id)).toMatchObject({ favourite: true, note: 'newer' });
  });
});

describe('a tag of the whole vault', () => {
  const tags = (): TagService =>
    new TagService({ changes, searches: { renameTag: () => null }, newPace: systemPace });

  it('is renamed everywhere, with those below it, and back', async () => {
    const [a, b, c] = [add('A', ['work', 'x']), add('B', ['work/mail']), add('C', ['workshop'])];
    const receipt = await tags().rename('work', 'job/now');
    expect(receipt.changed).toBe(2);
    expect([a, b, c].map(tagsOf)).toEqual([['job/now', 'x'], ['job/now/mail'], ['workshop']]);
    expect((await changes.undo(receipt.change, 1)).restored).toBe(2);
    expect([a, b, c].map(tagsOf)).toEqual([['work', 'x'], ['work/mail'], ['workshop']]);
  });

  it('comes together with one of its new name', async () => {
    const a = add('A', ['work', 'job']);
    await tags().rename('work', 'job');
    expect(tagsOf(a)).toEqual(['job']);
  });

  it('goes with those below it, also from what lies in the trash', async () => {
    const [a, b] = [add('A', ['work/mail', 'x']), add('B', ['work'])];
    changes.revise([b], (item) => ({ ...item, trashedAt: 5 }));
    expect((await tags().remove('work')).changed).toBe(2);
    expect([a, b].map(tagsOf)).toEqual([['x'], []]);
  });

  it('passes over what does not open', async () => {
    const [a, bad] = [add('A', ['work']), add('B', ['work'])];
    spoilBodies(store.file, bad);
    expect(await tags().remove('work')).toMatchObject({ changed: 1, passedOver: [bad] });
    expect(tagsOf(a)).toEqual([]);
  });

  it.each(['', ' / ', 'work/inside'])('is not renamed to %j', async (name) => {
    const a = add('A', ['work']);
    await expect(tags().rename('work', name)).rejects.toThrow(code('ipc/invalid-input'));
    expect(tagsOf(a)).toEqual(['work']);
  });

  it('is not renamed where one below it would become too long', async () => {
    const below = `work/${'y'.repeat(100)}`;
    const a = add('A', [below]);
    await expect(tags().rename('work', 'x'.repeat(60))).rejects.toThrow(code('ipc/invalid-input'));
    expect(tagsOf(a)).toEqual([below]);
  });

  it('that nothing has changes nothing', async () => {
    add('A', ['work']);
    const before = vault.revision;
    expect(await tags().remove('nowhere')).toMatchObject({ changed: 0, passedOver: [] });
    expect(vault.revision).toBe(before);
  });
});
