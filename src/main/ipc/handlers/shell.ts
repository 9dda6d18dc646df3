// Handlers of main: settings, the clipboard, the test site and the answers of the approval window.
// SPDX-License-Identifier: MIT

import type { Settings } from '../../../shared/model/vault.ts';
import { AppError } from '../../../shared/errors.ts';
import type { ApprovalBroker } from '../../approvals/approval-broker.ts';
import type { QuickUnlock } from '../../shell/quick-unlock.ts';
import type { SecretClipboard } from '../../shell/secret-clipboard.ts';
import type { SettingsFile } from '../../shell/settings-file.ts';
import type { VaultSession } from '../../shell/vault-session.ts';
import type { TestSiteHost } from '../../relying-party/test-site-host.ts';
import type { MainHandlers } from '../register-handlers.ts';

type RoomOf<Room extends string> = Pick<
  MainHandlers,
  Extract<keyof MainHandlers, `${Room}:${string}`>
>;

export function settingsHandlers(
  file: SettingsFile,
  onSaved: (settings: Settings) => void,
): RoomOf<'settings'> {
  return {
    'settings:get': () => file.settings,
    'settings:save': (settings) => {
      file.save({ settings });
      onSaved(settings);
      return settings;
    },
  };
}

export function clipboardHandlers(
  clipboard: SecretClipboard,
  clearAfterMs: () => number,
): RoomOf<'clipboard'> {
  return {
    'clipboard:copy-secret': async ({ text }) => {
      await clipboard.write(text, clearAfterMs());
      return { clearAfterMs: clearAfterMs() };
    },
  };
}

export function testSiteHandlers(site: TestSiteHost): RoomOf<'test-site'> {
  return {
    'test-site:status': () => site.status,
    'test-site:open': ({ host }) => site.open(host),
    'test-site:stop': () => site.stop(),
  };
}

export interface ApprovalParts {
  readonly broker: Pick<ApprovalBroker, 'promptFor' | 'vaultPathFor' | 'answer'>;
  readonly session: Pick<VaultSession, 'call'>;
  readonly quickUnlock: Pick<QuickUnlock, 'stateOf'>;
  /** Over the approval window; null when cancelled. */
  readonly chooseKeyFile: () => Promise<string | null>;
  /** 16 random bytes in hex. */
  readonly newToken: () => string;
}

export function approvalHandlers(parts: ApprovalParts): RoomOf<'approval'> {
  const { broker, session, quickUnlock, chooseKeyFile, newToken } = parts;
  return {
    'approval:get-prompt': (_input, sender) => broker.promptFor(sender),
    'approval:ways': async (_input, sender) => {
      const path = broker.vaultPathFor(sender);
      if (path === null) throw new AppError('vault/not-found', 'there is no vault to unlock');
      const slots = await session.call('vault:presentable-types', { path });
      return { slots, quickUnlock: await quickUnlock.stateOf(path) };
    },
    'approval:choose-key-file': async (_input, sender) => {
      // Asked first: a window whose request is over opens no dialog.
      broker.vaultPathFor(sender);
      const path = await chooseKeyFile();
      if (path === null) return null;
      const token = newToken();
      const { fileName } = await session.call('keys:open-key-file', { path, token, make: false });
      return { token, fileName };
    },
    'approval:answer': (answer, sender) => {
      broker.answer(sender, answer);
      return null;
    },
  };
}
