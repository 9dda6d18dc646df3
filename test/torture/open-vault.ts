// An open vault in the hands of a workflow, and the product's services over it, as the vault process composes them.
// SPDX-License-Identifier: MIT

import { join } from 'node:path';
import { KDF_FLOOR } from '../../src/main/crypto/password-kdf.ts';
import { sha256 } from '../../src/main/crypto/digest.ts';
import { systemPace } from '../../src/main/health/pace.ts';
import { AttachmentService } from '../../src/main/services/attachment-service.ts';
import { BackupService } from '../../src/main/services/backup-service.ts';
import { HistoryService } from '../../src/main/services/history-service.ts';
import { ItemChanges } from '../../src/main/services/item-changes.ts';
import { ItemService } from '../../src/main/services/item-service.ts';
import { KdfPolicy } from '../../src/main/services/kdf-policy.ts';
import { KeyService } from '../../src/main/services/key-service.ts';
import { PresentedSecrets } from '../../src/main/services/presented-secrets.ts';
import { SshKeyService } from '../../src/main/services/ssh-key-service.ts';
import { TransferService } from '../../src/main/services/transfer-service.ts';
import { nodeBackupFiles } from '../../src/main/storage/node-backup-files.ts';
import { nodeTransferFiles } from '../../src/main/storage/node-transfer-files.ts';
import { SqliteVaultStore } from '../../src/main/storage/sqlite-vault-store.ts';
import type { UnlockedVault } from '../../src/main/vault/unlocked-vault.ts';
import { toUtf8 } from '../../src/shared/bytes.ts';
import { HandClock } from '../support/hand-clock.ts';
import { vaultTools } from '../support/vault-tools.ts';
import type { Dice } from './dice.ts';
import { openVault } from './inspect.ts';
import { passwordAmong, secretFor, waysInto } from './ways.ts';
import type { Change, World } from './world.ts';

export interface RunContext {
  readonly folder: string;
  /** Lies apart: what a person brings in from elsewhere is not what is disturbed. */
  readonly scratch: string;
  readonly dice: Dice;
  /** Announces `change`, does it, and acknowledges it once `action` has returned. */
  readonly step: <T>(change: Change, action: () => T | Promise<T>) => Promise<T>;
}

export interface Workflow {
  readonly name: string;
  /** Fills an empty folder, undisturbed, and says what it then holds. */
  prepare(folder: string, dice: Dice): Promise<World>;
  /** One pass; every pass may come after any other in the same folder. */
  run(context: RunContext): Promise<void>;
}

export interface OpenVault extends RunContext {
  readonly vault: UnlockedVault;
  readonly name: string;
}

export const MAIN_VAULT = 'main.latchkey';
const FIRST_TIME = Date.UTC(2026, 0, 1);
/** Backups are named by whole seconds. */
const SECOND = 1000;
const RECOVERY_KEY_BYTES = 32;

/** As the product opens it: with what a crash in the middle of adding a file has left taken away. */
export async function opened(
  context: RunContext,
  action: (open: OpenVault) => Promise<void>,
): Promise<void> {
  const { folder, dice } = context;
  // Another seed each time: two runs must never make the same nonces or ids.
  using vault = await openVault(join(folder, MAIN_VAULT), dice.word(16));
  vault.dropStrayChunks();
  await action({ ...context, vault, name: MAIN_VAULT });
}

/** At one moment, which is later than every backup. `recovery` names the recovery key that would be made. */
export function servicesOf({ vault, folder, name, dice }: OpenVault, recovery = '') {
  const path = join(folder, name);
  const vaultPath = (): string => path;
  const [newest] = nodeBackupFiles.list(path);
  const clock = new HandClock((newest?.madeAt ?? FIRST_TIME) + SECOND);
  const { random, kdf } = vaultTools(dice.word(16));
  const deriveKey = kdf.derive;
  const files = nodeTransferFiles;
  const changes = new ItemChanges({ vault: () => vault, onChanged: nothing });
  const items = new ItemService({
    ...{ changes, clock, sshKeys: new SshKeyService(random) },
    copySecret: () => Promise.resolve({ clearAfterMs: 0 }),
    verify: async (present) => {
      const secret = secretFor(passwordAmong(await waysInto(vault)));
      if (present.type !== 'password' || !(await vault.access.verify(secret))) {
        throw new Error('torture: not the password');
      }
    },
  });
  const openStore = (backup: string): SqliteVaultStore => SqliteVaultStore.open(backup);
  const backups = new BackupService({
    ...{ changes, files: nodeBackupFiles, vaultPath, openStore, clock },
  });
  const keys = new KeyService({
    newPace: systemPace,
    vault: () => vault,
    secrets: new PresentedSecrets({ files, random, vaultPath }),
    kdf: new KdfPolicy({ deriveKey, random, clock, fixed: KDF_FLOOR }),
    // Nothing else of a key service is as long as a recovery key.
    random: {
      bytes: (length) =>
        length === RECOVERY_KEY_BYTES
          ? sha256(toUtf8(`recovery ${recovery}`))
          : random.bytes(length),
    },
    onProgress: nothing,
    onKeysChanged: (change) => backups.follow(change),
  });
  return {
    ...{ clock, changes, items, backups, keys },
    history: new HistoryService({ changes, clock, detailOf: (item) => items.detailOf(item) }),
    attachments: new AttachmentService({
      ...{ changes, files, vaultPath, clock, onProgress: nothing },
    }),
    transfer: new TransferService({
      ...{ changes, files, vaultPath, clock, random, deriveKey, onProgress: nothing },
      ...{ newPace: systemPace, exportKdf: KDF_FLOOR },
    }),
  };
}

function nothing(): void {
  // Nobody listens.
}
