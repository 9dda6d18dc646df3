// The graph of the vault process: services over the vault, the vault over its file, and the link to main.
// SPDX-License-Identifier: MIT

import { systemClock } from '../shared/clock.ts';
import type { KdfParameters } from './crypto/password-kdf.ts';
import { systemRandom } from './crypto/random.ts';
import { vaultCallHandlers } from './ipc/handlers/vault-calls.ts';
import { ProcessLink, type MessagePipe } from './link/process-link.ts';
import type { BugReporter } from './link/to-ipc-error.ts';
import type { ShellCalls, VaultAnnouncements, VaultCalls } from './link/vault-link.ts';
import { CeremonyService } from './services/ceremony-service.ts';
import { ConsentService } from './services/consent-service.ts';
import { ItemService } from './services/item-service.ts';
import { PasskeyService } from './services/passkey-service.ts';
import { TransferService } from './services/transfer-service.ts';
import { UnlockService } from './services/unlock-service.ts';
import { SqliteVaultStore } from './storage/sqlite-vault-store.ts';
import { nodeTransferFiles } from './storage/node-transfer-files.ts';
import { WebAuthnClient } from './webauthn/client.ts';
import { SoftwareAuthenticator } from './webauthn/software-authenticator.ts';

type MainLink = ProcessLink<ShellCalls, VaultAnnouncements, VaultCalls, Record<string, never>>;

/** Joins everything behind `pipe`. `kdf` is the cost of new vaults, the default of the format where absent. */
export function composeVault(
  pipe: MessagePipe,
  options: { readonly reportBug: BugReporter; readonly kdf?: KdfParameters },
): MainLink {
  const random = systemRandom;
  const clock = systemClock;
  const onChanged = (revision: number): void => link.announce('items:changed', { revision });
  const unlock = new UnlockService({
    openStore: (path, mode) => SqliteVaultStore.open(path, mode),
    random,
    clock,
    ...(options.kdf ? { kdf: options.kdf } : {}),
    onUnlocked: (path) => link.announce('vault:unlocked', { path }),
  });
  const vault = () => unlock.vault;
  const passkeys = new PasskeyService({ vault, isUnlocked: () => unlock.isUnlocked, onChanged });
  const items = new ItemService({
    vault,
    clock,
    copySecret: (text) => link.call('clipboard:write-secret', { text }),
    onChanged,
  });
  const transfer = new TransferService({
    vault,
    vaultPath: () => unlock.path,
    files: nodeTransferFiles,
    random,
    clock,
    onChanged,
    onProgress: (done, total) => link.announce('transfer:progressed', { done, total }),
  });
  const clientFor = (vaultPath: string | null): WebAuthnClient => {
    const consent = new ConsentService({
      open: (ceremony, signal) => link.call('approval:open', ceremony, signal),
      close: (sessionId) => link.announce('approval:closed', { sessionId }),
      ask: (shown, signal) => link.call('approval:ask', shown, signal),
      unlock: async (password) => vaultPath !== null && (await unlock.unlock(vaultPath, password)),
      verifyPassword: (password) => unlock.verifyPassword(password),
    });
    const authenticator = new SoftwareAuthenticator({
      store: passkeys,
      gate: passkeys,
      random,
      clock,
    });
    return new WebAuthnClient({ authenticator, consent, clock, random });
  };
  const ceremonies = new CeremonyService({ clientFor, clock });
  const link: MainLink = new ProcessLink(pipe, {
    calls: vaultCallHandlers({ unlock, items, transfer, ceremonies, random }),
    announcements: {},
    reportBug: options.reportBug,
  });
  return link;
}
