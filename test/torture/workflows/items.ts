// Workflows of items: saved, edited, put into the trash, erased, brought back from their history.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../../src/shared/brand.ts';
import type { SecretBytes } from '../../../src/main/crypto/secret-bytes.ts';
import { toRevisionRef } from '../../../src/main/services/revision-ref.ts';
import type { Item } from '../../../src/main/vault/item.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import type { Dice } from '../dice.ts';
import { type OpenVault, servicesOf } from '../open-vault.ts';
import { filesOf, printOf, printsOf, printStored } from '../prints.ts';
import { passwordAmong, passwordBytes, waysInto } from '../ways.ts';
import { loginItem, passkeyItem, privateKeyBytes } from '../../support/canary-items.ts';

const FEWEST_ITEMS = 5;

/** `count` new items in one transaction, every fifth a passkey. */
export async function saveNew(open: OpenVault, count: number): Promise<void> {
  const { vault, name, dice, step } = open;
  const entries = Array.from({ length: count }, () => newEntry(vault.newItemId(), dice));
  const set = Object.fromEntries(
    entries.map(({ item, privateKey }) => [item.id, printOf(item, privateKey)]),
  );
  await step({ kind: 'items', vault: name, set, was: {} }, () => vault.saveAll(entries));
  for (const { privateKey } of entries) privateKey?.dispose();
}

function newEntry(id: ItemId, dice: Dice): { item: Item; privateKey?: SecretBytes } {
  const title = dice.word(12);
  if (dice.oneIn(5))
    return { item: passkeyItem(id, { title }), privateKey: privateKeyBytes(title) };
  return { item: loginItem(id, { title, note: dice.word(dice.below(700)) }) };
}

export async function edit(open: OpenVault): Promise<void> {
  await editOne(open, open.dice.pick([...open.vault.overviews()]).id);
}

/** Several items in one transaction, into the trash and out of it. */
export async function trash(open: OpenVault): Promise<void> {
  const ids = someIds(open, 3);
  for (const trashedAt of [1_800_000_000_000, null]) await setTrashed(open, ids, trashedAt);
}

/** From the trash, for good, with every revision and file. */
export async function eraseFromTrash(open: OpenVault): Promise<void> {
  const { vault, name, step } = open;
  if (vault.size < FEWEST_ITEMS) await saveNew(open, FEWEST_ITEMS);
  const ids = someIds(open, 2);
  await setTrashed(open, ids, 1_800_000_000_000);
  const was = printsOf(
    vault,
    ids.map((id) => vault.get(id)),
  );
  const files = ids.flatMap((id) => filesOf(vault, id));
  const password = passwordBytes(passwordAmong(await waysInto(vault)));
  const { items } = servicesOf(open);
  await step({ kind: 'erase', vault: name, was, files }, () =>
    items.erase(ids, { type: 'password', password }),
  );
}

/** Several saves of one item, and the way back to one of them. */
export async function restoreRevision(open: OpenVault): Promise<void> {
  const { vault, name, dice, step } = open;
  const { id } = dice.pick([...vault.overviews()]);
  for (let count = 0; count < 3; count += 1) await editOne(open, id);
  const there = new Set(vault.attachments.rows(id).map((row) => row.id));
  // A file that was removed for good does not come back with what named it.
  const whole = vault
    .history(id)
    .filter((one) => vault.getRevision(id, one).attachments.every((file) => there.has(file.id)));
  const revision = dice.pick(whole);
  const { history, clock } = servicesOf(open);
  const then = vault.getRevision(id, revision);
  const item = { ...then, modifiedAt: clock.now(), trashedAt: null };
  const set = { [id]: printStored(vault, id, item) };
  const was = { [id]: printStored(vault, id, vault.get(id)) };
  await step({ kind: 'items', vault: name, set, was }, () =>
    history.restore(id, toRevisionRef(revision)),
  );
}

async function editOne({ vault, name, dice, step }: OpenVault, id: ItemId): Promise<void> {
  const former = vault.get(id);
  const item = { ...former, note: dice.word(dice.below(700)), modifiedAt: former.modifiedAt + 1 };
  const change = { set: printsOf(vault, [item]), was: printsOf(vault, [former]) };
  await step({ kind: 'items', vault: name, ...change }, () => vault.save(item));
}

async function setTrashed(
  { vault, name, step }: OpenVault,
  ids: readonly ItemId[],
  trashedAt: number | null,
): Promise<void> {
  const former = ids.map((id) => vault.get(id));
  const items = former.map((item) => ({ ...item, trashedAt }));
  const change = { set: printsOf(vault, items), was: printsOf(vault, former) };
  await step({ kind: 'items', vault: name, ...change }, () =>
    vault.saveAll(items.map((item) => ({ item }))),
  );
}

function someIds(
  { vault, dice }: { readonly vault: UnlockedVault; readonly dice: Dice },
  most: number,
): readonly ItemId[] {
  const all = [...vault.overviews()];
  return [...new Set(Array.from({ length: most }, () => dice.pick(all).id))];
}
