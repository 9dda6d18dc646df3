// A slice of the torture in every run of the tests: the same suites as `npm run torture`, with less of each.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { compileShim } from './disk/shim.ts';
import { TortureFolder } from './folders.ts';
import { SLICE, type TortureOptions } from './suite.ts';
import { suites } from './suites.ts';

const options: TortureOptions = {
  ...SLICE,
  // The same one each time: a new one is for `npm run torture`.
  ...{ seed: 'slice', allowMissing: false, say: () => undefined },
};
/** Needs the built application and a minute of windows, and what Chromium keeps by chance: for `npm run torture`. */
const LEFT_OUT = ['memory after lock'];
const NEEDS_SHIM = ['power loss', 'disk faults'];

function hasShim(): boolean {
  using folders = new TortureFolder();
  return compileShim(folders.path).isThere;
}

describe('torture, a slice', () => {
  const isThere = hasShim();
  for (const suite of suites.filter(({ name }) => !LEFT_OUT.includes(name))) {
    it.skipIf(!isThere && NEEDS_SHIM.includes(suite.name))(
      suite.name,
      { timeout: 180_000 },
      async () => {
        const rows = await suite.run(options);
        expect(rows.filter(({ ok }) => !ok)).toEqual([]);
        expect(rows.every(({ count }) => count > 0)).toBe(true);
      },
    );
  }
});
