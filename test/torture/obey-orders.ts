// The side of the one who is killed: says `ready`, waits for a KillOrder on standard input, and runs workflows one
// after the other as its dice fall, for ever.
// SPDX-License-Identifier: MIT

import { readSync, writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { Dice } from './dice.ts';
import { workflowLine } from './journal.ts';
import type { KillOrder } from './kills.ts';
import type { RunContext } from './open-vault.ts';
import { workflows } from './workflows.ts';

/** Synchronous, so that nothing is said before it is so, and nothing is so long before it is said. */
export function say(line: string): void {
  writeSync(1, `${line}\n`);
}

export async function runOrder(step: RunContext['step']): Promise<never> {
  // At its end it would be too late.
  flushCompileCache();
  say('ready');
  const { folder, scratch, seed, only } = JSON.parse(readLine()) as KillOrder;
  const dice = new Dice(seed);
  const chosen = workflows.filter(({ name }) => only === null || name === only);
  for (;;) {
    const workflow = dice.pick(chosen);
    say(workflowLine(workflow.name));
    await workflow.run({ folder, scratch, dice, step });
  }
}

function readLine(): string {
  const buffer = Buffer.alloc(65_536);
  let text = '';
  while (!text.includes('\n')) text += buffer.toString('utf8', 0, readSync(0, buffer));
  return text;
}
