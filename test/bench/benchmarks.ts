// The benchmarks, in the order of the table. Each module is loaded by the process that runs it and by no other, so that
// what one needs weighs on none of the others.
// SPDX-License-Identifier: MIT

import type { Benchmark } from './benchmark.ts';

export const benchmarks: Readonly<Record<string, () => Promise<Benchmark>>> = {
  unlock: async () => (await import('./unlock.ts')).unlock,
  'kdf warm-up': async () => (await import('./kdf-warm-up.ts')).kdfWarmUp,
  search: async () => (await import('./search.ts')).search,
  save: async () => (await import('./save.ts')).save,
  stall: async () => (await import('./stall.ts')).stall,
  memory: async () => (await import('./memory.ts')).memory,
  transfer: async () => (await import('./transfer.ts')).transfer,
  passkey: async () => (await import('./passkey.ts')).passkey,
  list: async () => (await import('./list.ts')).list,
  'cold start': async () => (await import('./cold-start.ts')).coldStart,
  keepassxc: async () => (await import('./keepassxc.ts')).keepassxc,
};

export async function loadBenchmark(name: string): Promise<Benchmark> {
  const load = benchmarks[name];
  if (load === undefined) throw new Error(`bench: no benchmark of the name ${name}`);
  return await load();
}
