// The harness bites: a process that says it saved and did not is found out, and so is a folder that lost something.
// SPDX-License-Identifier: MIT

import { join } from 'node:path';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Dice } from './dice.ts';
import { vaultFile } from './flip-subjects.ts';
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

describe('bit flips', () => {
  it('find of a damaged file the short way what they find when it is read whole', async () => {
    using folders = new TortureFolder();
    const short = await vaultFile(folders.fresh(), Infinity);
    const whole = await vaultFile(folders.fresh(), 1);
    expect(whole.image).toEqual(short.image);
    const kinds = new Set<string>();
    for (let bit = 5; bit < short.image.length * 8; bit += 4999) {
      const image = Uint8Array.from(short.image);
      image[bit >> 3] = (image[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const verdict = await short.open(image, bit >> 3);
      expect(verdict, `bit ${String(bit)}`).toEqual(await whole.open(image, bit >> 3));
      kinds.add(verdict.kind);
    }
    expect([...kinds].sort()).toEqual(['identical', 'reported']);
  });
});
