// Benchmark: a few rows of the table that are measured together, in a process of their own. The list of them is in
// benchmarks.ts.
// SPDX-License-Identifier: MIT

import { DEFAULT_KDF, KDF_FLOOR, type KdfParameters } from '../../src/main/crypto/password-kdf.ts';
import type { BenchRow } from './bench-row.ts';
import type { BenchVaults } from './bench-vaults.ts';

export interface BenchSizes {
  readonly items: number;
  readonly fewItems: number;
  readonly tinyItems: number;
  /** Logins in the file that is imported. */
  readonly imported: number;
  /** Times that something of some hundred milliseconds is measured. */
  readonly rounds: number;
  /** Times that something of less than a millisecond is measured. */
  readonly saves: number;
  readonly keyStrokes: number;
  /** Of them, those that are typed into the slowest of the others as well. */
  readonly slowKeyStrokes: number;
  readonly scrollSeconds: number;
  /** Cost of the vaults. */
  readonly kdf: KdfParameters;
  /** How long a process is left alone before its memory is weighed. */
  readonly settleMs: number;
}

export const FULL: BenchSizes = {
  ...{ items: 100_000, fewItems: 10_000, tinyItems: 1_000, imported: 10_000 },
  ...{ rounds: 7, saves: 400, keyStrokes: 240, slowKeyStrokes: 24 },
  ...{ scrollSeconds: 5, settleMs: 4_000, kdf: DEFAULT_KDF },
};

/** Every row, none of them judged, in less than a minute: that the harness works. */
export const SLICE: BenchSizes = {
  ...{ items: 1_500, fewItems: 600, tinyItems: 100, imported: 200 },
  ...{ rounds: 1, saves: 20, keyStrokes: 40, slowKeyStrokes: 10 },
  ...{ scrollSeconds: 0.5, settleMs: 200, kdf: KDF_FLOOR },
};

export interface BenchContext {
  readonly sizes: BenchSizes;
  readonly vaults: BenchVaults;
  /** A folder on a disk, empty, gone afterwards. */
  readonly folder: string;
}

export interface Benchmark {
  readonly name: string;
  /** Sizes of the vaults that have to be there. */
  readonly vaults: (sizes: BenchSizes) => readonly number[];
  /** Whether it starts the app as it was built. */
  readonly needsBuild?: boolean;
  run(context: BenchContext): Promise<readonly BenchRow[]>;
}

/** `100,000` */
export function amount(count: number): string {
  return count.toLocaleString('en');
}
