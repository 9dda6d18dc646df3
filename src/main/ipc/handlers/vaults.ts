// Handlers of main: which vault files there are, the ways into them, opening and locking one.
// SPDX-License-Identifier: MIT

import type { QuickUnlock } from '../../shell/quick-unlock.ts';
import type { VaultFiles } from '../../shell/vault-files.ts';
import { nameOf } from '../../shell/vault-files.ts';
import type { VaultSession } from '../../shell/vault-session.ts';
import type { MainHandlers } from '../register-handlers.ts';

type Handlers = Pick<
  MainHandlers,
  | 'vaults:list'
  | 'vaults:choose-file'
  | 'vaults:forget'
  | 'vaults:ways'
  | 'vault:status'
  | 'vault:create'
  | 'vault:unlock'
  | 'vault:quick-unlock'
  | 'vault:lock'
  | 'keys:choose-key-file'
  | 'quick-unlock:state'
  | 'quick-unlock:set'
  | 'quick-unlock:remove'
>;

export interface VaultsParts {
  readonly files: VaultFiles;
  readonly session: VaultSession;
  readonly quickUnlock: QuickUnlock;
  /** Lets the person choose a file to open; null when cancelled. */
  readonly chooseVaultFile: () => Promise<string | null>;
  /** Over the window whose web contents have this id. */
  readonly chooseKeyFile: (sender: number, make: boolean) => Promise<string | null>;
  /** 16 random bytes in hex. */
  readonly newToken: () => string;
}

export function vaultsHandlers(parts: VaultsParts): Handlers {
  return { ...fileHandlers(parts), ...openHandlers(parts), ...wayHandlers(parts) };
}

function fileHandlers({ files, session, chooseVaultFile }: VaultsParts) {
  return {
    'vaults:list': () => files.list(),
    'vaults:choose-file': async () => {
      const path = await chooseVaultFile();
      return path === null ? null : files.add(path);
    },
    'vaults:forget': ({ key }) => {
      files.forget(key);
      return null;
    },
    'vault:status': () => {
      const path = session.openPath ?? files.lastPath;
      return { isUnlocked: session.isUnlocked, name: path === null ? null : nameOf(path) };
    },
  } satisfies Partial<Handlers>;
}

function openHandlers({ files, session, quickUnlock }: VaultsParts) {
  return {
    'vaults:ways': async ({ key }) => {
      const path = files.pathOf(key);
      const slots = await session.call('vault:slot-types', { path });
      return { slots, quickUnlock: await quickUnlock.stateOf(path) };
    },
    'vault:create': ({ name, password }) =>
      session.call('vault:create-file', { path: files.pathForNew(name), password }),
    'vault:unlock': ({ key, ...rest }) =>
      session.call('vault:open-file', { path: files.pathOf(key), ...rest }),
    'vault:quick-unlock': async ({ key, pin, acceptOlder }) => {
      await quickUnlock.unlock(files.pathOf(key), pin, { acceptOlder });
      return null;
    },
    'vault:lock': async () => {
      await session.lock();
      return null;
    },
  } satisfies Partial<Handlers>;
}

function wayHandlers({ session, quickUnlock, chooseKeyFile, newToken }: VaultsParts) {
  return {
    'keys:choose-key-file': async ({ make }, sender) => {
      const path = await chooseKeyFile(sender, make);
      if (path === null) return null;
      const token = newToken();
      const { fileName } = await session.call('keys:open-key-file', { path, token, make });
      return { token, fileName };
    },
    'quick-unlock:state': () => quickUnlock.stateOf(session.openPath),
    'quick-unlock:set': ({ present, pin }) => quickUnlock.set(present, pin),
    'quick-unlock:remove': () => {
      quickUnlock.forget();
      return quickUnlock.stateOf(session.openPath);
    },
  } satisfies Partial<Handlers>;
}
