// The harness bites: a process that says it saved and did not is found out, and so is a folder that lost something.
// SPDX-License-Identifier: MIT

import { join } from 'node:path';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Dice } from './dice.ts';
import { TortureFolder } from './folders.ts';
import { JournalReader } from './journal.ts';
import { judge } from './judge.ts';
import { killMany } from './kills.ts';
import { SLICE, type TortureOptions } from './suite.ts';
import { MAIN_VAULT } from './open-vault.ts';
import { filledVault } from './workflows.ts';

const options: TortureOptions = {
  ...SLICE,
  ...{ kills: 12, seed: 'teeth', allowMissing: false, say: () => undefined },
};

describe('kills', () => {
  it('find out a process that acknowledges what it did not save', async () => {
    const program = join(import.meta.dirname, 'children/claim-without-saving.ts');
    const row = await killMany(options, program);
    expect(row.ok).toBe(false);
    expect(row.detail.lostOrBroken).toBeGreaterThan(0);
  });
});

describe('the judge', () => {
  it('takes the old state and the new one, and nothing between', async () => {
    using folders = new TortureFolder();
    const folder = folders.fresh();
    const world = await filledVault(folder, new Dice('judge'));
    const pending = { kind: 'import', vault: MAIN_VAULT, added: ['never'] } as const;
    const sound = await judge(folder, { acknowledged: world, pending });
    expect(sound).toMatchObject({ isSound: true, tookPending: false });
    const [id = ''] = Object.keys(world.vaults[MAIN_VAULT]?.items ?? {});
    const lost = { kind: 'items', vault: MAIN_VAULT, set: { [id]: 'other' }, was: {} } as const;
    const journal = new JournalReader(world);
    journal.take(JSON.stringify(lost));
    journal.take('ack');
    expect(await judge(folder, journal.crashed)).toMatchObject({ isSound: false });
  });

  it('says so of a vault that is cut, emptied or no vault', async () => {
    using folders = new TortureFolder();
    const folder = folders.fresh();
    const world = await filledVault(folder, new Dice('judge'));
    const path = join(folder, MAIN_VAULT);
    const whole = readFileSync(path);
    for (const size of [0, 50, 4096, whole.length - 1]) {
      writeFileSync(path, whole);
      truncateSync(path, size);
      const judgement = await judge(folder, { acknowledged: world, pending: null });
      expect(judgement, String(size)).toMatchObject({ isSound: false });
    }
  });
});
