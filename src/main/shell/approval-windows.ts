// The broker's ApprovalWindows over our windows.
// SPDX-License-Identifier: MIT

import type { ApprovalWindows } from '../approvals/approval-window.ts';
import type { Windows } from './windows.ts';

export function approvalWindows(windows: Windows): ApprovalWindows {
  return {
    open({ onShown, onClosed }) {
      let isOurs = false;
      const window = windows.open('approval', () => {
        if (!isOurs) onClosed();
      });
      window.once('show', onShown);
      window.setAlwaysOnTop(true, 'screen-saver');
      window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true });
      return {
        webContentsId: window.webContents.id,
        announce: (shown) => {
          windows.announce('approval:prompt-changed', shown);
        },
        close: () => {
          isOurs = true;
          windows.destroy('approval');
        },
      };
    },
  };
}
