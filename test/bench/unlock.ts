// Unlocking: file opened, key derived, everything read and checked that is checked at once, held against Argon2id alone at
// the same parameters in the same process. What is above 1 is ours.
// SPDX-License-Identifier: MIT

import { argon2id, hash } from 'argon2';
import { KDF_SALT_BYTES, type KdfParameters } from '../../src/main/crypto/password-kdf.ts';
import { systemRandom } from '../../src/main/crypto/random.ts';
import { ItemIndex } from '../../src/main/services/item-index.ts';
import type { UnlockedVault } from '../../src/main/vault/unlocked-vault.ts';
import { type BenchRow, toRow } from './bench-row.ts';
import { amount, type Benchmark, type BenchContext } from './benchmark.ts';
import { BENCH_PASSWORD, openVault } from './bench-vaults.ts';
import { inPairs, timed } from './measure.ts';

export const unlock: Benchmark = {
  name: 'unlock',
  vaults: ({ items, fewItems }) => [fewItems, items],
  async run(context) {
    const { fewItems, items } = context.sizes;
    return [
      await unlockRow(context, fewItems, 1.1),
      await unlockRow(context, items, 1.5),
      await firstPageRow(context, items),
    ];
  },
};

async function unlockRow(
  { sizes, vaults }: BenchContext,
  count: number,
  atMost: number,
): Promise<BenchRow> {
  const path = vaults.pathOf(count);
  const { first, second, ratio } = await inPairs(
    sizes.rounds,
    () => timedUnlock(path),
    () => timed(() => rawArgon2id(sizes.kdf)),
  );
  return toRow({
    ...{ name: `unlock, ${amount(count)} items`, value: first, unit: 'ms', ratio },
    ...{ against: { name: 'raw Argon2id', value: second }, goal: { atMost } },
    note: `file opened included; ${describeKdf(sizes.kdf)}`,
  });
}

async function firstPageRow({ sizes, vaults }: BenchContext, count: number): Promise<BenchRow> {
  const path = vaults.pathOf(count);
  const { first, second, ratio } = await inPairs(
    sizes.rounds,
    () => timedUnlock(path, firstPage),
    () => timed(() => rawArgon2id(sizes.kdf)),
  );
  const name = `unlock and first page of the list, ${amount(count)} items`;
  const against = { name: 'raw Argon2id', value: second };
  return toRow({ name, value: first, unit: 'ms', ratio, against, note: '100 rows by title' });
}

/** Closing is not in it. */
async function timedUnlock(path: string, then?: (vault: UnlockedVault) => void): Promise<number> {
  let opened: UnlockedVault | null = null;
  const ms = await timed(async () => {
    opened = await openVault(path);
    then?.(opened);
  });
  (opened as UnlockedVault | null)?.close();
  return ms;
}

function firstPage(vault: UnlockedVault): void {
  const section = { in: 'all' } as const;
  new ItemIndex(vault).query({ section, text: '', sort: 'title', offset: 0, limit: 100 });
}

/** By the package itself, nothing of ours around it. */
function rawArgon2id(kdf: KdfParameters): Promise<Buffer> {
  return hash(BENCH_PASSWORD, {
    ...{ raw: true, type: argon2id, hashLength: 32 },
    salt: Buffer.from(systemRandom.bytes(KDF_SALT_BYTES)),
    memoryCost: kdf.memoryKib,
    timeCost: kdf.passes,
    parallelism: kdf.lanes,
  });
}

function describeKdf({ memoryKib, passes, lanes }: KdfParameters): string {
  return `${String(memoryKib / 1024)} MiB, ${String(passes)} passes, ${String(lanes)} lanes`;
}
