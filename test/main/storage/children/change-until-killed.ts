// Opens the vault file it is given, does what it is told, and is killed at the moment at which what this machine
// remembers of the vault is to be written: the vault is further on than the memory of it then.
// SPDX-License-Identifier: MIT

import { systemRandom } from '../../../../src/main/crypto/random.ts';
import { nodePinFiles } from '../../../../src/main/storage/node-pin-file.ts';
import { SqliteVaultStore } from '../../../../src/main/storage/sqlite-vault-store.ts';
import type { PinStore } from '../../../../src/main/vault/pin-store.ts';
import { unlockVault } from '../../../../src/main/vault/vault.ts';
import { loginItem } from '../../../support/canary-items.ts';
import { passwordSecret, secret } from '../../../support/unlock-secrets.ts';
import { vaultTools } from '../../../support/vault-tools.ts';
import { KDF_FLOOR } from '../../../../src/main/crypto/password-kdf.ts';

const [path = '', folder = '', work = '', seed = ''] = process.argv.slice(2);
const { clock, kdf } = vaultTools(seed);
const files = nodePinFiles(folder);
const pins: PinStore = {
  load: (id) => files.load(id),
  save: () => process.kill(process.pid, 'SIGKILL'),
};

const vault = await unlockVault(SqliteVaultStore.open(path), {
  ...{ secret: passwordSecret(), random: systemRandom, clock, deriveKey: kdf.derive, pins },
});
if (vault === 'wrong-password') throw new Error('the fixture password was refused');
if (work === 'save') {
  vault.save(loginItem(vault.newItemId()));
  vault.close();
}
if (work === 'password') {
  await vault.access.changePassword(passwordSecret(), secret('another password'), KDF_FLOOR);
}
if (work === 'rekey') await vault.access.rekey([passwordSecret()], () => undefined);
