// Entry of the main process: Electron's lifecycle and nothing else. What the app is made of: compose-main.ts.
// SPDX-License-Identifier: MIT

import { join } from 'node:path';
import { app, protocol } from 'electron/main';
import { composeMain, type Application } from './compose-main.ts';
import { systemClock } from '../shared/clock.ts';
import { APP_SCHEME } from './shell/app-protocol.ts';
import { forbiddenSwitch } from './shell/forbidden-switches.ts';

/** How long ending in order may take. */
const SHUT_DOWN_LIMIT_MS = 5_000;

let application: Application | null = null;
let isShutDown = false;

protocol.registerSchemesAsPrivileged([
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

const refused = app.isPackaged ? forbiddenSwitch((name) => app.commandLine.hasSwitch(name)) : null;
if (refused !== null) {
  process.stderr.write(
    `Latchkey does not start with --${refused}: it would open the vault to others.\n`,
  );
  app.exit(2);
} else if (!app.requestSingleInstanceLock()) {
  process.stderr.write('Latchkey is running already: its window was brought to the front.\n');
  app.exit(0);
} else {
  app.enableSandbox();
  app.on('second-instance', () => application?.present());
  app.on('activate', () => application?.present());
  app.on('window-all-closed', () => {
    app.quit();
  });
  app.on('before-quit', (event) => {
    if (isShutDown || !application) return;
    event.preventDefault();
    const quit = (): void => {
      isShutDown = true;
      app.quit();
    };
    // Whatever hangs, the app goes: what was saved is on the disk.
    systemClock.after(SHUT_DOWN_LIMIT_MS, quit);
    void application.shutDown().then(quit, quit);
  });
  void app.whenReady().then(() => {
    application = composeMain(join(import.meta.dirname, '..'));
    application.start();
  });
}
