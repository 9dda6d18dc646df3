// `npm test`: everything. The checks, the stand-in's own tests, and the stories end to end in real windows.
// SPDX-License-Identifier: MIT

import { checkParts } from './check.ts';
import { ensureChromium } from './chromium.ts';
import { runParts } from './parts.ts';

ensureChromium();
runParts(
  [
    ...checkParts,
    { name: 'build', command: ['node', 'scripts/build.ts'] },
    { name: 'stand-in', command: ['vitest', 'run', '--config', 'test/electron/vitest.config.ts'] },
    { name: 'end to end', command: ['playwright', 'test'] },
    { name: 'bench, small', command: ['node', 'scripts/bench.ts', '--slice', '--keep-build'] },
    { name: 'package', command: ['node', 'scripts/package.ts'] },
  ],
  20,
);
