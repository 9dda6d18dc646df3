// Runs one workflow after the other under the disk shim, each recorded into a file of its own with its journal as
// marks. Takes `{workflow, folder, scratch, log, seed}` over IPC and answers `done` or what went wrong.
// SPDX-License-Identifier: MIT

import { Dice } from '../dice.ts';
import { DiskShim } from '../disk/shim.ts';
import { journalStep } from '../journal.ts';
import { nameOf } from '../judge.ts';
import type { RecordOrder } from '../power-loss.ts';
import { workflows } from '../workflows.ts';

const shim = new DiskShim(process.env.LATCHKEY_DISK_CONTROL ?? '');

process.on('disconnect', () => process.exit());
process.on('message', (order: RecordOrder) => {
  record(order).then(
    () => process.send?.('done'),
    (error: unknown) => process.send?.(nameOf(error)),
  );
});

async function record({ workflow, folder, scratch, log, seed }: RecordOrder): Promise<void> {
  const found = workflows.find(({ name }) => name === workflow);
  if (found === undefined) throw new Error(`no workflow ${workflow}`);
  const step = journalStep((line) => {
    shim.mark(line);
  });
  shim.log(log);
  await found.run({ folder, scratch, dice: new Dice(seed), step });
  shim.log(null);
}
