// Handlers of main: the dialogs of import and export. Paths stay on the main side; windows hold tokens.
// SPDX-License-Identifier: MIT

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
    'transfer:export': async ({ present, exportPassword }) => {
      await session.call('vault:verify', { present });
      const path = await parts.chooseExportFile();
      if (path === null) return null;
      return session.call('transfer:write-export', { path, exportPassword });
    },
  };
}
