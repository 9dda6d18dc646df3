// Entry of the vault process: the child that holds every key. It lives from one lock to the next.
// SPDX-License-Identifier: MIT

import { composeVault } from './compose-vault.ts';
import { reportBug } from './shell/log.ts';
import { readPinsFolder } from './shell/pins-folder-switch.ts';

const { parentPort } = process;

composeVault(
  {
    post: (message) => {
      parentPort.postMessage(message);
    },
    onMessage: (listener) => {
      parentPort.on('message', ({ data }) => {
        listener(data);
      });
    },
    // Electron ends this process together with its parent.
    onClose: () => undefined,
  },
  { reportBug, pinsFolder: readPinsFolder(process.argv) },
);
