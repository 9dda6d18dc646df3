// Handlers of main: settings, the clipboard, the test site and the answers of the approval window.
// SPDX-License-Identifier: MIT

import type { Settings } from '../../../shared/model/vault.ts';
import type { ApprovalBroker } from '../../approvals/approval-broker.ts';
import type { SecretClipboard } from '../../shell/secret-clipboard.ts';
import type { SettingsFile } from '../../shell/settings-file.ts';
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

export function approvalHandlers(broker: ApprovalBroker): RoomOf<'approval'> {
  return {
    'approval:get-prompt': (_input, sender) => broker.promptFor(sender),
    'approval:answer': (answer, sender) => {
      broker.answer(sender, answer);
      return null;
    },
  };
}
