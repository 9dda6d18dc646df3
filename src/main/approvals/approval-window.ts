// Port: the one window of a ceremony, as the broker needs it. The shell implements it over BrowserWindow.
// SPDX-License-Identifier: MIT

import type { ShownPrompt } from '../../shared/model/approval.ts';

export interface ApprovalWindow {
  /** Id of its web contents: who may fetch and answer the prompt. */
  readonly webContentsId: number;
  /** Tells the loaded page that there is another prompt. */
  announce(shown: ShownPrompt): void;
  /** Destroys the window. `onClosed` is not called for this. */
  close(): void;
}

export interface ApprovalWindows {
  /** Opens the window over everything; `onShown` runs when it appears, `onClosed` when the person closes it. */
  open(on: { readonly onShown: () => void; readonly onClosed: () => void }): ApprovalWindow;
}
