// The suites of the torture, in the order they run. Another way of hurting a vault is another row.
// SPDX-License-Identifier: MIT

import { bitFlips } from './bit-flips.ts';
import { diskFaults } from './disk-faults.ts';
import { fuzz } from './fuzz.ts';
import { kills } from './kills.ts';
import { memoryAfterLock } from './memory-after-lock.ts';
import { powerLoss } from './power-loss.ts';
import { soak } from './soak.ts';
import type { Suite } from './suite.ts';

export const suites: readonly Suite[] = [
  kills,
  powerLoss,
  bitFlips,
  diskFaults,
  fuzz,
  memoryAfterLock,
  soak,
];
