// `npm run torture`: hurts vaults in every way the list of suites knows, and counts. Prints a table, writes
// out/torture.json, and exits with 1 where anything was lost. What the figures mean: docs/performance.md.
// SPDX-License-Identifier: MIT

import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTorture, toTable } from '../test/torture/run-torture.ts';
import { suites } from '../test/torture/suites.ts';
import { parseFlags, type TortureFlags, USAGE } from '../test/torture/torture-options.ts';
import { root } from './parts.ts';

const { options, only } = readFlags();
const unknown = only.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) stop(`no suite ${unknown.join(', ')}`);
const chosen = suites.filter(({ name }) => only.length === 0 || only.includes(name));
const report = await runTorture(chosen, { ...options, say: print });
mkdirSync(join(root, 'out'), { recursive: true });
writeFileSync(join(root, 'out/torture.json'), `${JSON.stringify(report, null, 2)}\n`);
console.log(`\n${toTable(report)}`);
if (!report.ok) process.exit(1);

function print(line: string): void {
  console.log(line);
}

function readFlags(): TortureFlags {
  try {
    return parseFlags(process.argv.slice(2), randomBytes(4).toString('hex'));
  } catch (error) {
    return stop(error instanceof Error ? error.message : String(error));
  }
}

function stop(why: string): never {
  const names = suites.map(({ name }) => name).join(', ');
  console.error(`torture: ${why}\n\n${USAGE}\n\nSuites: ${names}`);
  process.exit(2);
}
