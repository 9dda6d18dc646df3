// The suites of the torture, in the order of the report. Another way of hurting a vault is another row.
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

/**
 * Most suites keep every core busy and run one after the other. The memory of a process is looked at with nothing else
 * going on; a soak waits for its time to pass, in a process of its own beside the others.
 */
export const ALONE: readonly Suite[] = [memoryAfterLock];
export const BESIDE: readonly Suite[] = [soak];
