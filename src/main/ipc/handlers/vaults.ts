// Handlers of main: which vault files there are, and opening and locking one.
// SPDX-License-Identifier: MIT

import type { VaultFiles } from '../../shell/vault-files.ts';
import { nameOf } from '../../shell/vault-files.ts';
import type { VaultSession } from '../../shell/vault-session.ts';
import type { MainHandlers } from '../register-handlers.ts';

type Handlers = Pick<
  MainHandlers,
  | 'vaults:list'
  | 'vaults:choose-file'
  | 'vault:status'
  | 'vault:create'
  | 'vault:unlock'
  | 'vault:lock'
>;

export function vaultsHandlers(parts: {
  readonly files: VaultFiles;
  readonly session: VaultSession;
  /** Lets the person choose a file to open; null when cancelled. */
  readonly chooseVaultFile: () => Promise<string | null>;
}): Handlers {
  const { files, session } = parts;
  return {
    'vaults:list': () => files.list(),
    'vaults:choose-file': async () => {
      const path = await parts.chooseVaultFile();
      return path === null ? null : files.add(path);
    },
    'vault:status': () => {
      const path = session.openPath ?? files.lastPath;
      return { isUnlocked: session.isUnlocked, name: path === null ? null : nameOf(path) };
    },
    'vault:create': ({ name, password }) =>
      session.call('vault:create-file', { path: files.pathForNew(name), password }),
    'vault:unlock': ({ key, password }) =>
      session.call('vault:open-file', { path: files.pathOf(key), password }),
    'vault:lock': async () => {
      await session.lock();
      return null;
    },
  };
}
