// The flags of `npm run torture`.
// SPDX-License-Identifier: MIT

import { parseArgs } from 'node:util';
import { FULL, SLICE, type TortureOptions } from './suite.ts';

export const USAGE = `npm run torture -- [flags]
  --slice            the short run of every test, under a minute
  --kills N          kill -9 so many times            (${String(FULL.kills)})
  --states N         states after a loss of power     (${String(FULL.states)})
  --fuzz N           inputs for each parser           (${String(FULL.fuzz)})
  --flip-stride N    flip one in N bits               (${String(FULL.flipStride)})
  --fault-stride N   fail one in N calls of the disk  (${String(FULL.faultStride)})
  --cycles N         lock so many times               (${String(FULL.lockCycles)})
  --soak-seconds N   soak for so long                 (${String(FULL.soakSeconds)})
  --only NAME        one suite; may be given again
  --seed TEXT        repeat a run
  --allow-missing    a suite that cannot run here does not fail the whole`;

export interface TortureFlags {
  readonly options: Omit<TortureOptions, 'say'>;
  /** Names of suites; empty for all. */
  readonly only: readonly string[];
}

/** Throws an Error that says what is wrong with the flags. `freshSeed` is used where none is given. */
export function parseFlags(flags: readonly string[], freshSeed: string): TortureFlags {
  const { values } = parseArgs({
    args: [...flags],
    options: {
      slice: { type: 'boolean', default: false },
      kills: { type: 'string' },
      states: { type: 'string' },
      fuzz: { type: 'string' },
      'flip-stride': { type: 'string' },
      'fault-stride': { type: 'string' },
      cycles: { type: 'string' },
      'soak-seconds': { type: 'string' },
      only: { type: 'string', multiple: true, default: [] },
      seed: { type: 'string', default: freshSeed },
      'allow-missing': { type: 'boolean', default: false },
    },
  });
  const size = values.slice ? SLICE : FULL;
  return {
    only: values.only,
    options: {
      seed: values.seed,
      allowMissing: values['allow-missing'],
      kills: numberOf('kills', values.kills) ?? size.kills,
      states: numberOf('states', values.states) ?? size.states,
      fuzz: numberOf('fuzz', values.fuzz) ?? size.fuzz,
      flipStride: numberOf('flip-stride', values['flip-stride']) ?? size.flipStride,
      faultStride: numberOf('fault-stride', values['fault-stride']) ?? size.faultStride,
      lockCycles: numberOf('cycles', values.cycles) ?? size.lockCycles,
      soakSeconds: numberOf('soak-seconds', values['soak-seconds']) ?? size.soakSeconds,
    },
  };
}

function numberOf(flag: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new Error(`--${flag}: expected a whole number above 0`);
}
