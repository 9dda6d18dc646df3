// Workflows of the ways in: another password, recovery keys added and removed, another root key. A backup lies beside
// the vault each time, and follows.
// SPDX-License-Identifier: MIT

import { nodeBackupFiles } from '../../../src/main/storage/node-backup-files.ts';
import { join } from 'node:path';
import { type OpenVault, servicesOf } from '../open-vault.ts';
import {
  PASSWORD_WAYS,
  passwordAmong,
  passwordBytes,
  presentedFor,
  RECOVERY_WAYS,
  waysInto,
} from '../ways.ts';
import { makeBackup } from './files.ts';

export async function changePassword(open: OpenVault): Promise<void> {
  const { vault, name, dice, step } = open;
  await ensureBackup(open);
  const ways = await waysInto(vault);
  const former = passwordAmong(ways);
  const next = dice.pick(PASSWORD_WAYS.filter((way) => way !== former));
  const present = presentedFor(dice.pick(ways));
  const { keys } = servicesOf(open);
  const change = { ways: ways.map((way) => (way === former ? next : way)) };
  await step({ kind: 'ways', vault: name, ...change }, () =>
    keys.changePassword(present, passwordBytes(next)),
  );
}

/** Adds the one that is not there; removes one where both are. */
export async function changeRecovery(open: OpenVault): Promise<void> {
  await ensureBackup(open);
  const ways = await waysInto(open.vault);
  const missing = RECOVERY_WAYS.find((way) => !ways.includes(way));
  if (missing === undefined) await removeRecovery(open, ways);
  else await addRecovery(open, ways, missing);
}

async function addRecovery(open: OpenVault, ways: readonly string[], added: string): Promise<void> {
  const { keys } = servicesOf(open, added);
  const sheet = await keys.prepareRecovery(presentedFor(open.dice.pick(ways)));
  const words = sheet.rehearsal.map((place) => sheet.words[place] ?? '');
  await open.step({ kind: 'ways', vault: open.name, ways: [...ways, added] }, () =>
    keys.confirmRecovery(sheet.token, words, added),
  );
}

async function removeRecovery(open: OpenVault, ways: readonly string[]): Promise<void> {
  const { keys } = servicesOf(open);
  const gone = open.dice.pick(RECOVERY_WAYS);
  const slot = keys.list().find((one) => one.name === gone);
  if (slot === undefined) throw new Error('a recovery key without its name');
  const rest = ways.filter((way) => way !== gone);
  await open.step({ kind: 'ways', vault: open.name, ways: rest }, () =>
    keys.remove(presentedFor(open.dice.pick(ways)), slot.id),
  );
}

/** With the password, and each recovery key or not. */
export async function rekey(open: OpenVault): Promise<void> {
  const { vault, name, dice, step } = open;
  await ensureBackup(open);
  const all = await waysInto(vault);
  const ways = all.filter((way) => PASSWORD_WAYS.includes(way) || dice.oneIn(2));
  const { keys, clock } = servicesOf(open);
  await step({ kind: 'rekey', vault: name, ways, madeAt: clock.now() }, () =>
    keys.rekey(ways.map(presentedFor)),
  );
}

async function ensureBackup(open: OpenVault): Promise<void> {
  const isThere = nodeBackupFiles.list(join(open.folder, open.name)).length > 0;
  if (!isThere) await makeBackup(open);
}
