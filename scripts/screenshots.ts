// `npm run screenshots`: the main screens in light and dark, with believable content, into docs/screenshots/.
// SPDX-License-Identifier: MIT

import { buildAll } from './build.ts';
import { ensureChromium } from './chromium.ts';

ensureChromium();
await buildAll();
const { takeScreenshots } = await import('../test/demo/screenshots.ts');
await takeScreenshots();
