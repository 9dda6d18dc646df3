// Handlers of main that begin with a dialog or the clipboard: attachments, pictures, lists of breached passwords. Paths
// stay on the main side.
// SPDX-License-Identifier: MIT

import { AppError } from '../../../shared/errors.ts';
import type { Settings } from '../../../shared/model/vault.ts';
import type { VaultSession } from '../../shell/vault-session.ts';
import type { MainHandlers } from '../register-handlers.ts';

type Handlers = Pick<
  MainHandlers,
  | 'attachments:add'
  | 'attachments:save-as'
  | 'attachments:save-all'
  | 'pictures:choose'
  | 'pictures:paste'
  | 'health:check-file'
  | 'health:check-online'
  | 'links:open'
>;

export interface FilesParts {
  readonly session: VaultSession;
  readonly chooseAttachment: () => Promise<string | null>;
  readonly chooseTarget: (name: string) => Promise<string | null>;
  readonly chooseFolder: () => Promise<string | null>;
  readonly choosePicture: () => Promise<string | null>;
  readonly chooseBreachList: () => Promise<string | null>;
  /** The bytes of a picture file; throws `transfer/read-failed`, `transfer/too-large`. */
  readonly readPicture: (path: string) => Promise<Uint8Array>;
  /** The picture on the clipboard as PNG; null where there is none. */
  readonly pastePicture: () => Promise<Uint8Array | null>;
  readonly settings: () => Settings;
  /** Asks over the main window, and opens it in the browser. */
  readonly openLink: (url: string) => Promise<boolean>;
}

export function filesHandlers(parts: FilesParts): Handlers {
  const { session } = parts;
  return {
    'attachments:add': async ({ id }) => {
      const path = await parts.chooseAttachment();
      return path === null ? null : session.call('attachments:add-file', { id, path });
    },
    'attachments:save-as': async ({ id, attachment }) => {
      const name = await session.call('attachments:name', { id, attachment });
      const path = await parts.chooseTarget(name);
      if (path === null) return null;
      return session.call('attachments:write-file', { id, attachment, path });
    },
    'attachments:save-all': async ({ id }) => {
      const folder = await parts.chooseFolder();
      return folder === null ? null : session.call('attachments:write-all', { id, folder });
    },
    'pictures:choose': async () => {
      const path = await parts.choosePicture();
      return path === null ? null : parts.readPicture(path);
    },
    'pictures:paste': () => parts.pastePicture(),
    'links:open': ({ url }) => parts.openLink(url),
    'health:check-file': async () => {
      const path = await parts.chooseBreachList();
      return path === null ? null : session.call('health:check-breaches', { path });
    },
    'health:check-online': () => {
      if (!parts.settings().onlineBreachCheck) {
        throw new AppError('health/range-query-failed', 'not switched on', {
          details: { reason: 'switched-off' },
        });
      }
      return session.call('health:check-breaches', { path: null });
    },
  };
}
