// The judge's measure: what counts as lost, half or changed.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import {
  applyChange,
  backupsDiffer,
  type Change,
  differenceOf,
  EMPTY_WORLD,
  fingerprint,
  type World,
} from './world.ts';

const NAME = 'a.latchkey';
const steps: readonly Change[] = [
  { kind: 'create', vault: NAME, ways: ['one'] },
  { kind: 'items', vault: NAME, set: { x: 'x1', y: 'y1' }, was: {} },
  { kind: 'import', vault: NAME, added: ['p', 'q'] },
  { kind: 'export', file: 'e', digest: 'd' },
];
const world = steps.reduce(applyChange, EMPTY_WORLD);
const vault = world.vaults[NAME];
if (vault === undefined) throw new Error('the steps make a vault');
const withItems = (items: Record<string, string>) => ({
  ...world,
  vaults: { [NAME]: { ...vault, items, unnamed: [] } },
});

describe('differenceOf', () => {
  it('takes imported items for what they are, whatever their ids', () => {
    const found = withItems({ x: 'x1', y: 'y1', 17: 'q', 18: 'p' });
    expect(differenceOf(found, world)).toBeNull();
  });

  it.each([
    ['an item that is gone', { x: 'x1', 17: 'q', 18: 'p' }],
    ['an item with other content', { x: 'x2', y: 'y1', 17: 'q', 18: 'p' }],
    ['half of an import', { x: 'x1', y: 'y1', 17: 'q' }],
    ['an import with other content', { x: 'x1', y: 'y1', 17: 'q', 18: 'q' }],
    ['an item that nobody made', { x: 'x1', y: 'y1', 17: 'q', 18: 'p', 19: 'z' }],
  ])('finds %s', (_, items) => {
    expect(differenceOf(withItems(items), world)).not.toBeNull();
  });

  it.each([
    ['a vault that is gone', { ...world, vaults: {} }],
    ['another password', { ...world, vaults: { [NAME]: { ...vault, ways: ['two'] } } }],
    ['one secret more', { ...world, vaults: { [NAME]: { ...vault, ways: ['one', 'two'] } } }],
    ['another epoch', { ...world, vaults: { [NAME]: { ...vault, epoch: 2 } } }],
    ['a file that is gone', { ...world, vaults: { [NAME]: { ...vault, files: ['x f'] } } }],
    ['a former revision', { ...world, vaults: { [NAME]: { ...vault, former: { x: ['x0'] } } } }],
    ['an export that is gone', { ...world, exports: {} }],
    ['an export of other content', { ...world, exports: { e: 'f' } }],
    ['an export that nobody made', { ...world, exports: { e: 'd', f: 'd' } }],
  ])('finds %s', (_, found) => {
    expect(differenceOf(found, world)).not.toBeNull();
  });
});

describe('backups', () => {
  const backup = (madeAt: number): Change => ({ kind: 'backup', vault: NAME, madeAt });
  const one = applyChange(world, backup(1));
  const two = applyChange(one, backup(2));
  const change: Change = { kind: 'ways', vault: NAME, ways: ['two'] };
  const rekeyed: Change = { kind: 'rekey', vault: NAME, ways: ['two'], madeAt: 3 };
  const backupsOf = (state: World): readonly string[] => state.vaults[NAME]?.backups ?? [];
  const having = (...backups: readonly string[]): World => ({
    ...world,
    vaults: { [NAME]: { ...vault, backups } },
  });

  it('are each one of before or of after', () => {
    const after = applyChange(two, change);
    const [old = '', other = ''] = backupsOf(two);
    const [, next = ''] = backupsOf(after);
    expect(next).not.toBe(other);
    expect(backupsDiffer(having(old, next), two, after)).toBeNull();
    expect(backupsDiffer(having(old), two, after)).not.toBeNull();
    expect(backupsDiffer(having(old, 'strange'), two, after)).not.toBeNull();
  });

  it('under former keys give way to a new one', () => {
    const after = applyChange(two, rekeyed);
    expect(backupsOf(after)).toHaveLength(1);
    expect(backupsDiffer(having(...backupsOf(two), ...backupsOf(after)), two, after)).toBeNull();
    expect(backupsDiffer(having(), two, after)).not.toBeNull();
    expect(backupsDiffer(two, after, after)).not.toBeNull();
    // What a crash has left of them stays at another change of the ways in, and goes with the next re-keying.
    const backups = [...backupsOf(two), ...backupsOf(after)];
    const left = { ...world, vaults: { [NAME]: { ...vault, epoch: 2, backups } } };
    const later = backupsOf(applyChange(left, { ...change, ways: ['three'] }));
    expect(later.slice(0, 2)).toEqual(backupsOf(two));
    expect(later[2]).not.toBe(backupsOf(after)[0]);
    expect(backupsOf(applyChange(left, rekeyed))).toHaveLength(1);
  });

  it('beyond ten go, the oldest first, of those that open as the vault does', () => {
    const rekeyedTwo = backupsOf(two).concat(backupsOf(applyChange(two, rekeyed)));
    let state: World = {
      ...world,
      vaults: { [NAME]: { ...vault, epoch: 2, ways: ['two'], backups: rekeyedTwo } },
    };
    for (let madeAt = 4; madeAt < 14; madeAt += 1) state = applyChange(state, backup(madeAt));
    const backups = backupsOf(state);
    expect(backups.slice(0, 2)).toEqual(backupsOf(two));
    expect(backups.slice(2).map((name) => Number(name.split('/')[0]))).toEqual([
      ...[4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
    ]);
  });

  it('that are in both must be there', () => {
    expect(backupsDiffer(having(), one, two)).not.toBeNull();
    expect(backupsDiffer(one, one, two)).toBeNull();
  });
});

describe('applyChange', () => {
  it('keeps what an item was, and forgets what is erased', () => {
    const edit: Change = { kind: 'items', vault: NAME, set: { x: 'x2' }, was: { x: 'x1' } };
    const edited = applyChange(world, { ...edit, files: ['x f'] });
    expect(edited.vaults[NAME]).toMatchObject({ former: { x: ['x1'] }, files: ['x f'] });
    const erased = applyChange(edited, {
      ...{ kind: 'erase', vault: NAME, was: { x: 'x2', 17: 'q' }, files: ['x f'] },
    });
    const left = { items: { y: 'y1' }, former: {}, unnamed: ['p'], files: [] };
    expect(erased.vaults[NAME]).toEqual({ ...vault, ...left });
  });

  it('gives an imported item its name when it is changed', () => {
    const change: Change = { kind: 'items', vault: NAME, set: { 17: 'q2' }, was: { 17: 'q' } };
    const changed = applyChange(world, change).vaults[NAME];
    expect(changed?.items).toEqual({ x: 'x1', y: 'y1', 17: 'q2' });
    expect(changed?.unnamed).toEqual(['p']);
  });

  it('refuses a change of what was never there', () => {
    const change: Change = { kind: 'items', vault: NAME, set: { 17: 'q2' }, was: { 17: 'never' } };
    expect(() => applyChange(world, change)).toThrow('nobody made');
  });
});

describe('fingerprint', () => {
  it('knows bytes, and no order of keys', () => {
    const one = fingerprint({ a: 1, b: Uint8Array.of(1, 2) });
    expect(fingerprint({ b: Uint8Array.of(1, 2), a: 1 })).toBe(one);
    expect(fingerprint({ b: Uint8Array.of(1, 3), a: 1 })).not.toBe(one);
  });
});
