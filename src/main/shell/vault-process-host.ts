// Starts the vault process and gives its message pipe. It is a child of Electron's own kind, so that a crash in native
// code takes no window with it and ending it frees every key it ever held.
// SPDX-License-Identifier: MIT

import { utilityProcess } from 'electron/main';
import type { MessagePipe } from '../link/process-link.ts';
import { pinsFolderSwitch } from './pins-folder-switch.ts';
import { VAULT_PROCESS_FLAGS } from './vault-process-flags.ts';

export interface VaultProcess {
  readonly pipe: MessagePipe;
  /** Resolves once the process is gone, however it went. */
  readonly ended: Promise<void>;
  /** Ends it at once; the open file survives that by its write-ahead log. */
  kill(): void;
}

/** Starts the built module at `modulePath` with nothing of our environment but what Node needs. */
export function startVaultProcess(modulePath: string, pinsFolder: string): VaultProcess {
  const child = utilityProcess.fork(modulePath, [pinsFolderSwitch(pinsFolder)], {
    serviceName: 'Latchkey vault',
    stdio: 'inherit',
    execArgv: [...VAULT_PROCESS_FLAGS],
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
