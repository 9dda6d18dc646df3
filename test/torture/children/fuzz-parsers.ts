// Fuzzes the parsers that it is told to, so that one that brings the process down is a finding and not the end. Takes
// `{target, seed, count}` over IPC and answers a FuzzReport; says `{targets}` first. Needs --expose-gc.
// SPDX-License-Identifier: MIT

import type { FuzzOrder } from '../fuzz.ts';
import { fuzzParser } from '../fuzz/fuzz-parser.ts';
import { fuzzTargets } from '../fuzz/targets.ts';

const { gc } = globalThis;
if (gc === undefined) throw new Error('fuzz: started without --expose-gc');
/** What is young: all that an input makes is. The whole heap would take most of the time. */
const collectGarbage = (): void => {
  gc({ type: 'minor' });
};

const targets = await fuzzTargets();

process.on('disconnect', () => process.exit());
process.on('message', ({ target, seed, count }: FuzzOrder) => {
  const found = targets.find(({ name }) => name === target);
  if (found === undefined) throw new Error(`no target ${target}`);
  void fuzzParser({ target: found, seed, collectGarbage }, count).then((report) =>
    process.send?.(report),
  );
});
process.send?.({ targets: targets.map(({ name }) => name) });
