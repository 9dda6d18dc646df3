// Starts the built vault process's module in this process, asks it for the slots of a vault as main would, and passes the
// answer on. Without arguments it answers at once: what Node itself takes.
// SPDX-License-Identifier: MIT

import { pathToFileURL } from 'node:url';

const [module, path] = process.argv.slice(2);

if (module === undefined || path === undefined) process.send?.('ready');
else await startCore(module, path);

async function startCore(modulePath: string, vaultPath: string): Promise<void> {
  let hear: (event: { readonly data: unknown }) => void = () => undefined;
  const parentPort = {
    postMessage: (message: unknown) => process.send?.(message),
    on: (_name: string, listener: typeof hear) => {
      hear = listener;
    },
  };
  Object.defineProperty(process, 'parentPort', { value: parentPort });
  await import(pathToFileURL(modulePath).href);
  const input = { path: vaultPath };
  hear({ data: { type: 'call', id: 1, name: 'vault:slot-types', input } });
}
