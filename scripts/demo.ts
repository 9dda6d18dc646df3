// `npm run demo`: builds, then tells the stories of the main job in real windows; see test/demo/demo.ts.
// SPDX-License-Identifier: MIT

import { buildAll } from './build.ts';
import { ensureChromium } from './chromium.ts';

ensureChromium();
await buildAll();
const { runDemo } = await import('../test/demo/demo.ts');
process.exitCode = await runDemo();
