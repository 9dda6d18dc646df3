// The browser of the person who visits the test site: Chromium, nothing of ours in it.
// SPDX-License-Identifier: MIT

import { chromium, type Browser } from '@playwright/test';
import { findChromium } from '../../scripts/chromium.ts';

export async function launchVisitingBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('Chromium is not installed');
  return chromium.launch({
    executablePath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
