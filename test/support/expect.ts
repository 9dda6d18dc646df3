// Playwright's expect with the patience that a key derivation on a busy machine needs.
// SPDX-License-Identifier: MIT

import { expect as base } from '@playwright/test';

export const expect = base.configure({ timeout: 20_000 });
