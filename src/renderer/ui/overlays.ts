// What stands over the window: dialogs, menus, lists of choices. While one does, what lies below is not to be acted on.
// SPDX-License-Identifier: MIT

const OVERLAYS = '[role="dialog"], [role="alertdialog"], [role="menu"], [data-trigger]';

/** Whether anything covers the window or a part of it now. */
export function hasOverlay(): boolean {
  return document.querySelector(OVERLAYS) !== null;
}
