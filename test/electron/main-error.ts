// What the stand-in refuses in the main process, for its own tests.
// SPDX-License-Identifier: MIT

import type { ElectronApplication } from '@playwright/test';

/** What `action` is refused with in the main process of `app`. */
export async function mainError(
  app: ElectronApplication,
  action: (electron: typeof Electron.CrossProcessExports) => unknown,
): Promise<string> {
  return app.evaluate(async (electron, source) => {
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- runs the test's own function over there
    const run = new Function('electron', `return (${source})(electron)`) as (e: unknown) => unknown;
    try {
      await run(electron);
      return 'no error';
    } catch (error) {
      return (error as Error).message;
    }
  }, String(action));
}
