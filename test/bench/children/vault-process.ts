// The vault process as a plain child: composed as in the product, over Node's channel to its parent. Says how long its
// own loop stood still where it is asked to.
// SPDX-License-Identifier: MIT

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { composeVault } from '../../../src/main/compose-vault.ts';
import type { KdfParameters } from '../../../src/main/crypto/password-kdf.ts';

const loop = monitorEventLoopDelay({ resolution: 1 });
const [, , cost] = process.argv;
const pinsFolder = mkdtempSync(join(tmpdir(), 'latchkey-pins-'));

composeVault(
  {
    post: (message) => {
      process.send?.(message);
    },
    onMessage: (listener) => {
      process.on('message', (message) => {
        if (!isAside(message)) listener(message);
      });
    },
    onClose: () => undefined,
  },
  {
    reportBug: (bug) => {
      console.error(bug);
    },
    pinsFolder,
    ...(cost === undefined ? {} : { kdf: JSON.parse(cost) as KdfParameters }),
  },
);
process.on('message', (message) => {
  if (isAside(message)) answer(message.aside);
});
for (const end of ['disconnect', 'SIGTERM'] as const) {
  process.once(end, () => {
    process.exit();
  });
}
process.once('exit', () => {
  rmSync(pinsFolder, { recursive: true });
});

type Aside = 'begin' | 'stall' | 'gc';

function isAside(message: unknown): message is { readonly aside: Aside } {
  return typeof message === 'object' && message !== null && 'aside' in message;
}

function answer(aside: Aside): void {
  if (aside === 'begin') {
    loop.reset();
    loop.enable();
  }
  if (aside === 'stall') loop.disable();
  if (aside === 'gc') globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  process.send?.({ aside, stallMs: loop.max / 1e6, heapUsed, external });
}
