// `npm run bench`: measures what people wait for, prints a table and writes out/bench.json. What each row means and how it
// is taken: docs/performance.md. Exits with 1 where a goal is missed or a benchmark breaks down.
// SPDX-License-Identifier: MIT

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { type BenchSizes, FULL, SLICE } from '../test/bench/benchmark.ts';
import { benchmarks } from '../test/bench/benchmarks.ts';
import { toTable, withTable } from '../test/bench/report.ts';
import { type BenchReport, runBench } from '../test/bench/run-bench.ts';
import { buildAll } from './build.ts';
import { findChromium } from './chromium.ts';
import { root } from './parts.ts';

const USAGE = `npm run bench -- [flags]
  --slice        small sizes, under a minute: every row, none judged
  --only NAME    one benchmark; may be given again
  --rounds N     measure so often                      (${String(FULL.rounds)})
  --keep-build   take dist/ as it is; the slice does so by itself
  --write-docs   put the table of out/bench.json into docs/performance.md, and measure nothing`;

const OUT = join(root, 'out');
const REPORT = join(OUT, 'bench.json');
const PAGE = join(root, 'docs/performance.md');

const flags = readFlags();
if (flags['write-docs']) await writeDocs();
else await measure();

async function measure(): Promise<void> {
  const names = flags.only.length === 0 ? Object.keys(benchmarks) : flags.only;
  const unknown = names.filter((name) => !Object.hasOwn(benchmarks, name));
  if (unknown.length > 0) stop(`no benchmark ${unknown.join(', ')}`);
  const keepsBuild = flags.slice || flags['keep-build'];
  if (!keepsBuild || !existsSync(join(root, 'dist/main/main.js'))) await buildAll();
  const report = await runBench({
    ...{ names, sizes: sizesOf(), isSlice: flags.slice, chromium: findChromium() },
    folder: join(OUT, 'bench'),
    say: (line) => {
      console.log(line);
    },
  });
  mkdirSync(OUT, { recursive: true });
  writeFileSync(REPORT, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\n${toTable(report)}`);
  if (!report.ok) process.exit(1);
}

function sizesOf(): BenchSizes {
  const sizes = flags.slice ? SLICE : FULL;
  if (flags.rounds === undefined) return sizes;
  const rounds = Number(flags.rounds);
  if (!Number.isSafeInteger(rounds) || rounds < 1)
    stop('--rounds: expected a whole number above 0');
  return { ...sizes, rounds };
}

async function writeDocs(): Promise<void> {
  if (!existsSync(REPORT)) stop('there is no out/bench.json yet');
  const report = JSON.parse(readFileSync(REPORT, 'utf8')) as BenchReport;
  if (report.isSlice) stop('out/bench.json is of a slice: nothing to show');
  const page = withTable(readFileSync(PAGE, 'utf8'), report);
  const options = { ...(await resolveConfig(PAGE)), filepath: PAGE };
  writeFileSync(PAGE, await format(page, options));
}

function readFlags() {
  try {
    return parseArgs({
      options: {
        slice: { type: 'boolean', default: false },
        only: { type: 'string', multiple: true, default: [] },
        rounds: { type: 'string' },
        'keep-build': { type: 'boolean', default: false },
        'write-docs': { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return stop(error instanceof Error ? error.message : String(error));
  }
}

function stop(why: string): never {
  console.error(`bench: ${why}\n\n${USAGE}\n\nBenchmarks: ${Object.keys(benchmarks).join(', ')}`);
  process.exit(2);
}
