// A process that is killed while it saves loses nothing that it said was saved.
// SPDX-License-Identifier: MIT

import { expect, it } from 'vitest';
import { SqliteVaultStore } from '../../../src/main/storage/sqlite-vault-store.ts';
import type { ItemId } from '../../../src/shared/brand.ts';
import { checkAllRows, createTestVault, reopenTestVault } from '../../support/vault-fixture.ts';
import { ended, linesOf, startProgram, VaultFolder } from '../../support/vault-folder.ts';
import { vaultTools } from '../../support/vault-tools.ts';

const SAVE_UNTIL_KILLED = `${import.meta.dirname}/children/save-until-killed.ts`;
const KILLS = 10;

it(`loses no acknowledged item over ${String(KILLS)} kills`, async () => {
  using folder = new VaultFolder();
  const tools = vaultTools('crash');
  (await createTestVault(SqliteVaultStore.open(folder.file(), 'create'), tools)).close();
  const acknowledged = new Set<string>();
  let revision = 0;
  for (let run = 0; run < KILLS; run += 1) {
    const child = startProgram(SAVE_UNTIL_KILLED, folder.file(), String(run));
    let lines = 0;
    for await (const line of linesOf(child)) {
      const [saved = '', ...ids] = line.split(' ');
      revision = Number(saved);
      for (const id of ids) acknowledged.add(id);
      lines += 1;
      // At another point of the work each time; what was on its way still counts.
      if (lines === 3 + run * 2) child.kill('SIGKILL');
    }
    await ended(child);
    expect(child.signalCode).toBe('SIGKILL');
    const vault = await reopenTestVault(SqliteVaultStore.open(folder.file()), tools);
    const found = new Set<string>(Array.from(vault.overviews(), ({ id }) => id));
    expect([...acknowledged].filter((id) => !found.has(id))).toEqual([]);
    for (const id of found) vault.get(id as ItemId);
    expect(checkAllRows(vault)).toBe('intact');
    expect(vault.revision).toBeGreaterThanOrEqual(revision);
    // At most the one transaction that was saved and not yet said.
    expect(found.size - acknowledged.size).toBeLessThanOrEqual(2 * (run + 1));
    vault.close();
  }
  expect(acknowledged.size).toBeGreaterThan(100);
});
