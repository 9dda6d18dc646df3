// Runs named commands one after the other, says how long each took, and stops at the first that fails.
// SPDX-License-Identifier: MIT

import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

export interface Part {
  readonly name: string;
  /** A command of node_modules/.bin and its arguments. */
  readonly command: readonly [string, ...string[]];
}

export const root = resolve(import.meta.dirname, '..');

/** Runs `parts`; prints the minutes of each; exits with 1 on the first failure. Says so where it took longer than it should. */
export function runParts(parts: readonly Part[], budgetMinutes: number): void {
  const times: string[] = [];
  const start = performance.now();
  for (const { name, command } of parts) {
    const began = performance.now();
    console.log(`\n— ${name}: ${command.join(' ')}`);
    const [program, ...parameters] = command;
    const { status } = spawnSync(program, parameters, {
      cwd: root,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    times.push(`  ${name.padEnd(14)} ${minutes(performance.now() - began)}`);
    if (status === 0) continue;
    console.error(`\n${name} failed.\n${times.join('\n')}`);
    process.exit(1);
  }
  const total = performance.now() - start;
  console.log(`\nAll parts hold.\n${times.join('\n')}\n  ${'total'.padEnd(14)} ${minutes(total)}`);
  // No failure: it says as much of what else the machine had to do.
  if (total > budgetMinutes * 60_000) {
    console.warn(`Above the budget of ${budgetMinutes} minutes.`);
  }
}

function minutes(ms: number): string {
  return `${(ms / 60_000).toFixed(2)} min`;
}
