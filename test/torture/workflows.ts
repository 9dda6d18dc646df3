// The workflows that are disturbed, as data: what each leaves in its folder before, does, and says of every step. They
// call the vault through the product's services, or as these do; what comes to the vault comes here by another row.
// SPDX-License-Identifier: MIT

import { join } from 'node:path';
import { SqliteVaultStore } from '../../src/main/storage/sqlite-vault-store.ts';
import { createTestVault, unlockTestVault } from '../support/vault-fixture.ts';
import { vaultTools } from '../support/vault-tools.ts';
import type { Dice } from './dice.ts';
import { UnsoundError } from './inspect.ts';
import {
  MAIN_VAULT,
  opened,
  type OpenVault,
  type RunContext,
  type Workflow,
} from './open-vault.ts';
import { FIRST_WAY } from './ways.ts';
import {
  addFile,
  exportAll,
  importCsv,
  IMPORTED_LOGINS,
  LARGE_FILE,
  makeBackup,
  removeFile,
} from './workflows/files.ts';
import { edit, eraseFromTrash, restoreRevision, saveNew, trash } from './workflows/items.ts';
import { changePassword, changeRecovery, rekey } from './workflows/keys.ts';
import { applyChange, type Change, EMPTY_WORLD, type World } from './world.ts';

export const workflows: readonly Workflow[] = [
  {
    name: 'create a vault',
    prepare: () => Promise.resolve(EMPTY_WORLD),
    run: (context) => create(context, `made-${context.dice.word(8)}.latchkey`, 1),
  },
  onMain('save one', (open) => times(6, () => saveNew(open, 1))),
  onMain('save many', (open) => saveNew(open, 25)),
  onMain('edit', (open) => times(6, () => edit(open))),
  onMain('trash', trash),
  onMain('erase from the trash', eraseFromTrash),
  onMain('restore a revision', restoreRevision),
  onMain('add files', (open) => times(3, () => addFile(open))),
  onMain('add a large file', (open) => addFile(open, LARGE_FILE)),
  onMain('remove a file', removeFile),
  onMain(`import ${String(IMPORTED_LOGINS)} logins`, importCsv),
  onMain('export', exportAll),
  onMain('back up', makeBackup),
  onMain('change the password', changePassword),
  onMain('recovery keys', (open) => times(3, () => changeRecovery(open))),
  onMain('re-key', async (open) => {
    await changeRecovery(open);
    await rekey(open);
    // What lies under the former keys takes the new ones with its next change.
    await edit(open);
    await addFile(open);
  }),
  { name: 'lock and open', prepare: filledVault, run: lockAndOpen },
];

/** A folder with one vault of a few items, for what does not change it through a workflow. */
export async function filledVault(folder: string, dice: Dice): Promise<World> {
  let world = EMPTY_WORLD;
  const step = async <T>(change: Change, action: () => T | Promise<T>): Promise<T> => {
    const result = await action();
    world = applyChange(world, change);
    return result;
  };
  await create({ folder, scratch: folder, dice, step }, MAIN_VAULT, 20);
  return world;
}

function onMain(name: string, action: (open: OpenVault) => Promise<void>): Workflow {
  return { name, prepare: filledVault, run: (context) => opened(context, action) };
}

async function times(count: number, action: () => Promise<void>): Promise<void> {
  for (let done = 0; done < count; done += 1) await action();
}

async function create(context: RunContext, name: string, items: number): Promise<void> {
  const { folder, dice, step } = context;
  const tools = vaultTools(dice.word(16));
  using vault = await step({ kind: 'create', vault: name, ways: [FIRST_WAY] }, () =>
    createTestVault(SqliteVaultStore.open(join(folder, name), 'create'), tools),
  );
  await saveNew({ ...context, vault, name }, items);
}

async function lockAndOpen(context: RunContext): Promise<void> {
  const { folder, dice, step } = context;
  const store = SqliteVaultStore.open(join(folder, MAIN_VAULT));
  const answer = await unlockTestVault(store, vaultTools(dice.word(16)), 'not the password');
  store.close();
  if (answer !== 'wrong-password') throw new UnsoundError('a wrong password opened the vault');
  await times(2, () => opened(context, () => step({ kind: 'none' }, () => undefined)));
}
