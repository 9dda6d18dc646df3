// Opens a vault with the password from standard input, searches it once and prints what it found: what the command line
// program that it is held against does.
// SPDX-License-Identifier: MIT

import { readFileSync } from 'node:fs';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { systemRandom } from '../../../src/main/crypto/random.ts';
import { SecretBytes } from '../../../src/main/crypto/secret-bytes.ts';
import { ItemIndex } from '../../../src/main/services/item-index.ts';
import { SqliteVaultStore } from '../../../src/main/storage/sqlite-vault-store.ts';
import { unlockVault } from '../../../src/main/vault/vault.ts';

const [path = '', text = ''] = process.argv.slice(2);
const typed = readFileSync(0, 'utf8').trimEnd();
const secret = { type: 'password', password: SecretBytes.take(toUtf8(typed)) } as const;
const vault = await unlockVault(SqliteVaultStore.open(path), {
  ...{ secret, random: systemRandom, clock: systemClock },
});
if (vault === 'wrong-password') throw new Error('wrong password');
const section = { in: 'all' } as const;
const query = { section, text, sort: 'title', offset: 0, limit: 200 } as const;
console.log(
  new ItemIndex(vault)
    .query(query)
    .items.map(({ title }) => title)
    .join('\n'),
);
vault.close();
