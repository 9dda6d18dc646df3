// Opens the vault file it is given, says `held`, and holds it until its standard input ends; says the code where it
// may not.
// SPDX-License-Identifier: MIT

import { Database } from '../../../../src/main/storage/database.ts';
import { VaultError } from '../../../../src/main/vault/vault-error.ts';

try {
  const database = Database.open(process.argv[2] ?? '');
  process.stdout.write('held\n');
  process.stdin.on('end', () => {
    database.close();
  });
  process.stdin.resume();
} catch (error) {
  if (!(error instanceof VaultError)) throw error;
  process.stdout.write(`${error.code}\n`);
}
