// The application menu: the native commands of a desktop program, and ours, which the main window carries out.
// SPDX-License-Identifier: MIT

import { Menu, type MenuItemConstructorOptions } from 'electron/main';

/** Sets the menu; `choose` gets the id of a command of ours. */
export function setApplicationMenu(choose: (command: string) => void): void {
  const command = (
    label: string,
    id: string,
    accelerator?: string,
  ): MenuItemConstructorOptions => ({
    label,
    // Shown, not registered: the window itself listens, so that a key has one meaning in one place.
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
    click: () => {
      choose(id);
    },
  });
  const isMac = process.platform === 'darwin';
  const file: MenuItemConstructorOptions[] = [
    command('New Item', 'new-login', 'CmdOrCtrl+N'),
    { type: 'separator' },
    command('Import…', 'import'),
    command('Export…', 'export'),
    { type: 'separator' },
    command('Lock', 'lock', 'CmdOrCtrl+L'),
    { role: isMac ? 'close' : 'quit' },
  ];
  const view: MenuItemConstructorOptions[] = [
    command('Search', 'search', '/'),
    command('Commands', 'palette', 'CmdOrCtrl+K'),
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { role: 'togglefullscreen' },
  ];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
      { label: 'File', submenu: file },
      { role: 'editMenu' },
      { label: 'View', submenu: view },
      { role: 'windowMenu' },
    ]),
  );
}
