// Runs workflows on a folder and writes their journal to standard output, until it is killed. See obey-orders.ts.
// SPDX-License-Identifier: MIT

import { journalStep } from '../journal.ts';
import { runOrder, say } from '../obey-orders.ts';

await runOrder(journalStep(say));
