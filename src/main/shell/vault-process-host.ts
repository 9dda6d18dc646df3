// Starts the vault process and gives its message pipe. It is a child of Electron's own kind, so that a crash in native
// code takes no window with it and ending it frees every key it ever held.
// SPDX-License-Identifier: MIT

import { utilityProcess } from 'electron/main';
import type { MessagePipe } from '../link/process-link.ts';

export interface VaultProcess {
  readonly pipe: MessagePipe;
  /** Resolves once the process is gone, however it went. */
  readonly ended: Promise<void>;
  /** Ends it at once; the open file survives that by its write-ahead log. */
  kill(): void;
}

/** Starts the built module at `modulePath` with nothing of our environment but what Node needs. */
export function startVaultProcess(modulePath: string): VaultProcess {
  const child = utilityProcess.fork(modulePath, [], {
    serviceName: 'Latchkey vault',
    stdio: 'inherit',
    // The list of a large vault is prepared from short-lived objects; a small nursery keeps them from piling up.
    execArgv: ['--max-semi-space-size=4'],
    env: neededEnvironment(),
  });
  let onClose: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      onClose();
      resolve();
    });
  });
  const pipe: MessagePipe = {
    post: (message) => {
      child.postMessage(message);
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onClose: (listener) => {
      onClose = listener;
    },
  };
  return { pipe, ended, kill: () => child.kill() };
}

/** Windows starts no process without knowing where it lies; elsewhere nothing is needed. */
function neededEnvironment(): Record<string, string> {
  const { SystemRoot } = process.env;
  return SystemRoot === undefined ? {} : { SystemRoot };
}
