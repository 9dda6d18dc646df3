// Saves items into the vault file it is given, one batch after the other, and names each item once it is saved.
// SPDX-License-Identifier: MIT

import { writeSync } from 'node:fs';
import { systemRandom } from '../../../../src/main/crypto/random.ts';
import { SqliteVaultStore } from '../../../../src/main/storage/sqlite-vault-store.ts';
import { loginItem } from '../../../support/canary-items.ts';
import { reopenTestVault } from '../../../support/vault-fixture.ts';
import { vaultTools } from '../../../support/vault-tools.ts';

const [path = '', run = ''] = process.argv.slice(2);
const tools = { ...vaultTools(`child ${run}`), random: systemRandom };
const vault = await reopenTestVault(SqliteVaultStore.open(path), tools);
for (let count = 0; ; count += 1) {
  const fresh = [vault.newItemId(), vault.newItemId()].map((id) =>
    loginItem(id, { title: `${run}/${String(count)}` }),
  );
  const [changed] = [...vault.overviews()].slice(count % Math.max(1, vault.size));
  const again = changed ? [{ ...vault.get(changed.id), note: `${run}/${String(count)}` }] : [];
  vault.saveAll([...fresh, ...again].map((item) => ({ item })));
  // Synchronous, so that nothing is said that was not saved, and nothing saved long before it is said.
  writeSync(1, `${String(vault.revision)} ${fresh.map(({ id }) => id).join(' ')}\n`);
}
