// The tests of the stand-in itself need a real Chromium, so they are run apart from those that need none.
// SPDX-License-Identifier: MIT

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/electron/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    maxWorkers: 1,
    pool: 'forks',
    expect: { poll: { timeout: 10_000 } },
  },
});
