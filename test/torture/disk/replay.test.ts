// What may be on a disk after the power fails: only what was synced is promised.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { Dice } from '../dice.ts';
import type { DiskEvent } from './recording.ts';
import { type CrashForm, type DiskState, ReplayedDisk } from './replay.ts';

const text = (state: DiskState, name: string): string | null => {
  const bytes = state.get(name);
  return bytes === undefined ? null : Buffer.from(bytes).toString('latin1');
};
const write = (inode: bigint, offset: number, data: string): DiskEvent => ({
  kind: 'write',
  ...{ inode, offset, data: Buffer.from(data, 'latin1') },
});

/** All that `form` may leave after `events`, over many throws of the dice. */
function outcomes(form: CrashForm, name: string, events: readonly DiskEvent[]): Set<string | null> {
  const file = { name: 'old', inode: 1n, bytes: Buffer.from('old') };
  const disk = new ReplayedDisk({ folders: [], files: [file] });
  for (const event of events) disk.apply(event);
  const dice = new Dice('replay');
  return new Set(Array.from({ length: 200 }, () => text(disk.crash(form, dice), name)));
}

describe('ReplayedDisk', () => {
  const changed = [write(1n, 0, 'NEW'), write(1n, 3, '!')];

  it('keeps everything in a prefix', () => {
    expect(outcomes('prefix', 'old', changed)).toEqual(new Set(['NEW!']));
  });

  it('keeps nothing that was not synced, and all that was', () => {
    expect(outcomes('nothing-unsynced', 'old', changed)).toEqual(new Set(['old']));
    const synced: readonly DiskEvent[] = [...changed, { kind: 'sync', inode: 1n }];
    expect(outcomes('nothing-unsynced', 'old', synced)).toEqual(new Set(['NEW!']));
    expect(outcomes('random-subset', 'old', synced)).toEqual(new Set(['NEW!']));
  });

  it('keeps any of the unsynced writes, or their length alone', () => {
    const found = outcomes('random-subset', 'old', changed);
    expect(found).toEqual(new Set(['old', 'NEW', 'old!', 'NEW!', 'old\0', 'NEW\0']));
  });

  it('tears the last write at sectors of 512 bytes', () => {
    const long = 'x'.repeat(512) + 'y'.repeat(512);
    const whole: DiskEvent = { kind: 'sync', inode: 1n };
    const found = outcomes('torn-sector', 'old', [
      write(1n, 0, 'o'.repeat(1024)),
      whole,
      write(1n, 0, long),
    ]);
    const [o, x, y] = ['o', 'x', 'y'].map((letter) => letter.repeat(512));
    expect(found).toEqual(new Set([`${o}${o}`, `${x}${o}`, `${o}${y}`, `${x}${y}`]));
  });

  it('promises a name by a sync of the folder alone', () => {
    const made: readonly DiskEvent[] = [
      { kind: 'created', name: 'draft', inode: 2n },
      write(2n, 0, 'content'),
      { kind: 'sync', inode: 2n },
      { kind: 'rename', from: 'draft', to: 'old' },
    ];
    expect(outcomes('nothing-unsynced', 'old', made)).toEqual(new Set(['old']));
    expect(outcomes('random-subset', 'old', made)).toEqual(new Set(['old', 'content']));
    const synced: readonly DiskEvent[] = [...made, { kind: 'sync-folder', name: '' }];
    expect(outcomes('random-subset', 'old', synced)).toEqual(new Set(['content']));
    expect(outcomes('random-subset', 'draft', synced)).toEqual(new Set([null]));
  });

  it('keeps a file no longer than the name of its folder', () => {
    const made: readonly DiskEvent[] = [
      { kind: 'folder', name: 'sub' },
      { kind: 'created', name: 'sub/file', inode: 2n },
      write(2n, 0, 'content'),
      { kind: 'sync', inode: 2n },
      { kind: 'sync-folder', name: 'sub' },
    ];
    expect(outcomes('prefix', 'sub/file', made)).toEqual(new Set(['content']));
    expect(outcomes('nothing-unsynced', 'sub/file', made)).toEqual(new Set([null]));
    const synced: readonly DiskEvent[] = [...made, { kind: 'sync-folder', name: '' }];
    expect(outcomes('nothing-unsynced', 'sub/file', synced)).toEqual(new Set(['content']));
  });

  it('loses a file that was renamed before its data was synced', () => {
    const careless: readonly DiskEvent[] = [
      { kind: 'created', name: 'draft', inode: 2n },
      write(2n, 0, 'content'),
      { kind: 'rename', from: 'draft', to: 'old' },
      { kind: 'sync-folder', name: '' },
    ];
    expect(outcomes('nothing-unsynced', 'old', careless)).toEqual(new Set(['']));
  });

  it('keeps two files apart that had one inode after the other', () => {
    const reused: readonly DiskEvent[] = [
      { kind: 'unlink', name: 'old' },
      { kind: 'sync-folder', name: '' },
      { kind: 'created', name: 'fresh', inode: 1n },
      write(1n, 0, 'f'),
    ];
    expect(outcomes('prefix', 'fresh', reused)).toEqual(new Set(['f']));
    expect(outcomes('prefix', 'old', reused)).toEqual(new Set([null]));
  });

  it('cuts and lengthens with zeros as a disk does', () => {
    const cut: readonly DiskEvent[] = [{ kind: 'truncate', inode: 1n, size: 1 }, write(1n, 3, 'x')];
    expect(outcomes('prefix', 'old', cut)).toEqual(new Set(['o\0\0x']));
  });
});
