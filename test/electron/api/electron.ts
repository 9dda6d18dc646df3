// Everything that the module "electron" offers to the main process, put together. The CommonJS file in `modules/`
// names each export, which ECMAScript imports of a CommonJS module need.
// SPDX-License-Identifier: MIT

import { App } from './app.ts';
import { recorded } from './desktop.ts';
import { switchKeystoreOn, switchTouchId, touchIdReasons } from './keystore.ts';
import { newProtocolModule } from './protocol.ts';
import { sessionOf } from './session.ts';
import { strictObject } from '../page/strict-object.ts';

export { BrowserWindow } from './browser-window.ts';
export { clipboard, ClipboardItem } from './clipboard.ts';
export { globalShortcut, Notification, powerMonitor, shell, Tray } from './desktop.ts';
export { dialog } from './dialog.ts';
export { ipcMain } from './ipc-main.ts';
export { safeStorage, systemPreferences } from './keystore.ts';
export { Menu, MenuItem } from './menu.ts';
export { NativeImage as nativeImage } from './native-image.ts';
export { nativeTheme } from './native-theme.ts';
export { net } from './net.ts';
export { absent } from './not-implemented.ts';
export { screen } from './screen.ts';
export { utilityProcess } from './utility-process.ts';
export { WebContents as webContents } from './web-contents.ts';

export const app = new App();

export const session = strictObject('session', {
  get defaultSession() {
    return sessionOf('');
  },
  fromPartition: (partition: string) => sessionOf(partition),
});

export const protocol = newProtocolModule(sessionOf('').registry, () => app.isReady());

/** What tests read and switch: they reach it as `globalThis.electronStandIn`. */
export const forTests = { ...recorded, switchKeystoreOn, switchTouchId, touchIdReasons };
