// Runs one benchmark in a process of its own, in a folder of its own, and tells its parent the rows; or makes the vaults that
// it needs, where they are not there yet.
// SPDX-License-Identifier: MIT

import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadBenchmark } from '../benchmarks.ts';
import { BenchVaults } from '../bench-vaults.ts';
import type { BenchAnswer, BenchOrder } from '../run-bench.ts';

process.once('message', (order) => {
  void obey(order as BenchOrder).then((answer) => {
    process.send?.(answer, () => {
      process.exit();
    });
  });
});

async function obey({ name, to, sizes, folder }: BenchOrder): Promise<BenchAnswer> {
  const own = mkdtempSync(join(folder, 'run-'));
  try {
    const benchmark = await loadBenchmark(name);
    const vaults = new BenchVaults(join(folder, 'vaults'), sizes.kdf);
    if (to === 'make its vaults') {
      for (const count of new Set(benchmark.vaults(sizes))) await vaults.make(count);
      return { rows: [] };
    }
    return { rows: await benchmark.run({ sizes, vaults, folder: own }) };
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { rows: [], why };
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}
