// Runs one suite in a process of its own, beside others. Takes a SuiteOrder over IPC and answers its rows; what it says goes
// to standard output.
// SPDX-License-Identifier: MIT

import { runSuite, type SuiteOrder } from '../run-torture.ts';
import { suites } from '../suites.ts';

process.on('disconnect', () => process.exit());
process.on('message', ({ name, options }: SuiteOrder) => {
  const suite = suites.find((one) => one.name === name);
  if (suite === undefined) throw new Error(`no suite ${name}`);
  void runSuite(suite, { ...options, say }).then((rows) => process.send?.(rows));
});

function say(line: string): void {
  console.log(line);
}
