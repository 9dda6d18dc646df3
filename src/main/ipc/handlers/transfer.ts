// Handlers of main: the dialogs of import and export. Paths stay on the main side; windows hold tokens.
// SPDX-License-Identifier: MIT

import { AppError } from '../../../shared/errors.ts';
import { eraseBytes } from '../../link/process-link.ts';
import type { VaultSession } from '../../shell/vault-session.ts';
import type { MainHandlers } from '../register-handlers.ts';

type Handlers = Pick<MainHandlers, 'transfer:choose-import' | 'transfer:export'>;

export function transferHandlers(parts: {
  readonly session: VaultSession;
  readonly chooseImportFile: () => Promise<string | null>;
  readonly chooseExportFile: () => Promise<string | null>;
  /** 16 random bytes in hex. */
  readonly newToken: () => string;
}): Handlers {
  const { session } = parts;
  return {
    'transfer:choose-import': async () => {
      const path = await parts.chooseImportFile();
      if (path === null) return null;
      return session.call('transfer:open-import', { path, token: parts.newToken() });
    },
    'transfer:export': async ({ masterPassword, exportPassword }) => {
      try {
        if (!(await session.call('vault:verify-password', { password: masterPassword }))) {
          throw new AppError('vault/wrong-password', 'the master password is another one');
        }
        const path = await parts.chooseExportFile();
        if (path === null) return null;
        return await session.call('transfer:write-export', { path, exportPassword });
      } finally {
        eraseBytes({ masterPassword, exportPassword });
      }
    },
  };
}
