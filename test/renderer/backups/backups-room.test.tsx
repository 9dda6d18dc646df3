// @vitest-environment jsdom
// Backups: the list, one more, what differs, bringing items back and taking that back.
// SPDX-License-Identifier: MIT

import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { BackupsRoom } from '../../../src/renderer/backups/backups-room.tsx';
import type { ItemId } from '../../../src/shared/brand.ts';
import type { BackupComparison, BackupInfo } from '../../../src/shared/model/backup.ts';
import type { ItemSummary } from '../../../src/shared/model/item.ts';
import { alertText, isDisabled, openRoom } from '../keys/open-room.tsx';
import { click, settle } from '../support/hands.ts';
import { type FakeAnswers, ok, refuse } from '../support/fake-connection.ts';

const NOW = Date.UTC(2026, 0, 1);
const backup = (number: number, daysAgo: number): BackupInfo => ({
  ...{ key: String(number).repeat(32), madeAt: NOW - daysAgo * 86_400_000 },
  ...{ sizeBytes: 1_200_000, state: 'ready' },
});
const LIST = [backup(1, 3), backup(2, 0)];

const idOf = (number: number): ItemId => number.toString(16).padStart(32, '0') as ItemId;
const item = (number: number, title: string): ItemSummary => ({
  ...{ id: idOf(number), kind: 'login', title, subtitle: 'anna', host: '', favourite: false },
  ...{ modifiedAt: NOW, archivedAt: null, trashedAt: null, hasOneTimeCode: false },
  ...{ passkeys: 0, attachments: 0, damage: null },
  highlights: { title: [], subtitle: [], host: [] },
});

const DIFFERS: BackupComparison = {
  ...{ key: LIST[1]?.key ?? '', total: 12, same: 9 },
  onlyThere: [item(1, 'Router'), item(2, '')],
  different: [{ ...item(3, 'GitHub'), changed: ['Password', 'Note'] }],
  onlyHere: [item(4, 'Zulip')],
};
const SAME: BackupComparison = {
  ...{ key: DIFFERS.key, total: 12, same: 12, onlyThere: [], different: [], onlyHere: [] },
};

const open = (answers: FakeAnswers<'main'> = {}) =>
  openRoom(<BackupsRoom />, { 'backups:list': () => ok(LIST), ...answers });
const openNewest = async (answers: FakeAnswers<'main'> = {}) => {
  const room = await open({ 'backups:compare': () => ok(DIFFERS), ...answers });
  await click(/today/);
  return room;
};
const tick = async (name: string | RegExp): Promise<void> => {
  fireEvent.click(screen.getByRole('checkbox', { name }));
  await settle();
};
const group = (name: RegExp) => within(screen.getByRole('region', { name }));
const many = (count: number): BackupComparison => ({
  ...{ ...SAME, total: count, same: 0 },
  onlyThere: Array.from({ length: count }, (_, index) => item(index + 1, `Item ${index + 1}`)),
});

afterEach(cleanup);

describe('the list of backups', () => {
  it('has the newest first, with day and size', async () => {
    await open();
    const rows = within(screen.getByRole('list', { name: 'Backups' })).getAllByRole('button');
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^today, .*1\.2 MB/),
      expect.stringMatching(/^29 Dec 2025, .*1\.2 MB/),
    ]);
  });

  it('says what to do where there is none', async () => {
    await open({ 'backups:list': () => ok([]) });
    expect(screen.getByText('No backup yet')).toBeTruthy();
  });

  it('says of one that cannot be read what can be done, and offers nothing of it', async () => {
    await open({ 'backups:list': () => ok([{ ...backup(1, 3), state: 'unreadable' }]) });
    const list = within(screen.getByRole('list', { name: 'Backups' }));
    expect(list.getByRole('listitem').textContent).toMatch(
      /29 Dec 2025.*Cannot be read\..*Newer backups do not take its place/,
    );
    expect(list.queryByRole('button')).toBeNull();
  });

  it('says of one that was not checked yet that it may not open, and lets one try', async () => {
    await open({
      'backups:list': () => ok([{ ...backup(1, 3), state: 'unchecked' }, backup(2, 0)]),
      'backups:compare': () => ok(SAME),
    });
    expect(screen.getAllByText('Not checked yet.')).toHaveLength(1);
    await click(/29 Dec.*Not checked yet\./);
    expect(screen.getByText(/^Nothing differs/)).toBeTruthy();
  });

  it('says of one that cannot be looked at now that it is as it was, and lets one try', async () => {
    await open({
      'backups:list': () => ok([{ ...backup(1, 3), state: 'unavailable' }]),
      'backups:compare': () => ok(SAME),
    });
    await click(/29 Dec.*Cannot be looked at now\..*The backup is as it was/);
    expect(screen.getByText(/^Nothing differs/)).toBeTruthy();
  });

  it('makes one more', async () => {
    const list = [backup(1, 3)];
    await openRoom(<BackupsRoom />, {
      'backups:list': () => ok([...list]),
      'backups:make': () => {
        list.push(backup(2, 0));
        return ok(backup(2, 0));
      },
    });
    await click('Make one now');
    expect(screen.getByText('The backup is made.')).toBeTruthy();
    expect(screen.getByRole('button', { name: /today/ })).toBeTruthy();
  });

  it('explains why none could be made', async () => {
    await open({ 'backups:make': () => refuse('vault/write-failed') });
    await click('Make one now');
    expect(alertText()).toContain('could not be written');
    expect(isDisabled('Make one now')).toBe(false);
  });
});

describe('what differs', () => {
  it('is shown in three groups', async () => {
    await openNewest();
    expect(screen.getByText(/^12 items in the backup, 9 of them/)).toBeTruthy();
    const shown = [/Only in the backup/, /Different/, /Only in the vault/].map((name) =>
      group(name)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    );
    expect(shown).toEqual([
      [expect.stringContaining('Routeranna'), expect.stringContaining('Untitled')],
      [expect.stringContaining('Password, Note')],
      [expect.stringContaining('Zulipanna')],
    ]);
  });

  it('tells what cannot be read here from what cannot be read there', async () => {
    const damaged = [5, 6].map((number) => ({
      ...item(number, `D${number}`),
      changed: ['Damaged'],
    }));
    const asked: (readonly string[])[] = [];
    await openNewest({
      'backups:compare': () => ok({ ...DIFFERS, different: [...DIFFERS.different, ...damaged] }),
      'items:summaries': ({ ids }) => {
        asked.push(ids);
        return ok([{ ...item(5, 'D5'), damage: 'content' }, item(6, 'D6')]);
      },
    });
    expect(asked).toEqual([[idOf(5), idOf(6)]]);
    const groups = screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => {
      const part = within(screen.getByRole('region', { name: textContent }));
      const [rows, boxes] = [part.getAllByRole('listitem'), part.queryAllByRole('checkbox')];
      return [textContent, rows.length, boxes.length];
    });
    expect(groups).toEqual([
      ['Damaged in the vault 1', 1, 1],
      ['Only in the backup 2', 2, 3],
      ['Different 1', 1, 1],
      ['Unreadable in the backup 1', 1, 0],
      ['Only in the vault 1', 1, 0],
    ]);
    expect(group(/Damaged in the vault/).getByRole('listitem').textContent).not.toContain(
      'Damaged',
    );
    await tick(/D5/);
    expect(screen.getByRole('button', { name: 'Bring back 1 item' })).toBeTruthy();
  });

  it('offers nothing to bring back where only the backup cannot be read', async () => {
    await openNewest({
      'backups:compare': () =>
        ok({ ...SAME, same: 11, different: [{ ...item(6, 'D6'), changed: ['Damaged'] }] }),
      'items:summaries': () => ok([item(6, 'D6')]),
    });
    expect(group(/Unreadable in the backup/).getAllByRole('listitem')).toHaveLength(1);
    expect(screen.queryByRole('button', { name: /bring back/i })).toBeNull();
  });

  it('offers no box where there is nothing to bring back', async () => {
    await openNewest();
    expect(group(/Only in the vault/).queryByRole('checkbox')).toBeNull();
    expect(isDisabled('Choose what to bring back')).toBe(true);
  });

  it('says that nothing does', async () => {
    await openNewest({ 'backups:compare': () => ok(SAME) });
    expect(screen.getByText('Nothing differs: 12 items are the same in both.')).toBeTruthy();
    expect(screen.queryByRole('checkbox')).toBeNull();
  });

  it.each([
    ['vault/corrupt', 'This backup is damaged'],
    ['vault/not-found', 'This backup is no longer there'],
    ['vault/wrong-password', 'before the vault got a new key'],
    ['vault/header-damaged', 'no backup of this vault'],
    ['vault/locked', 'The vault is locked.'],
  ] as const)('explains %s and leads back', async (code, words) => {
    await openNewest({ 'backups:compare': () => refuse(code) });
    expect(alertText()).toContain(words);
    await click('All backups');
    expect(screen.getByRole('list', { name: 'Backups' })).toBeTruthy();
  });

  it('draws 100,000 differences a hundred at a time', async () => {
    await openNewest({ 'backups:compare': () => ok(many(100_000)) });
    expect(screen.getAllByRole('listitem')).toHaveLength(100);
    await click('Show 100 more');
    expect(screen.getAllByRole('listitem')).toHaveLength(200);
  });
});

describe('bringing back', () => {
  it('asks for the ticked ones, says how many, and can be taken back', async () => {
    const restored: (readonly string[])[] = [];
    const undone: number[] = [];
    const answers = [DIFFERS, SAME];
    await openNewest({
      'backups:compare': () => ok(answers.shift() ?? SAME),
      'backups:restore': ({ ids }) => {
        restored.push(ids);
        return ok({ change: 7 });
      },
      'items:undo': ({ change }) => {
        undone.push(change);
        return ok({ change: 8, restored: 2, passedOver: 0, searchesLeft: false });
      },
    });
    await tick(/Router/);
    await tick(/GitHub/);
    await click('Bring back 2 items');
    expect(restored).toEqual([[idOf(1), idOf(3)]]);
    expect(screen.getByText('2 items brought back.')).toBeTruthy();
    expect(screen.getByText(/^Nothing differs/)).toBeTruthy();
    await click('Undo');
    expect(undone).toEqual([7]);
    expect(screen.getByText('The vault is as it was before.')).toBeTruthy();
  });

  it('leaves alone what is unticked again', async () => {
    await openNewest();
    await tick('All 2');
    expect(screen.getByRole('button', { name: 'Bring back 2 items' })).toBeTruthy();
    await tick(/Router/);
    expect(screen.getByRole('button', { name: 'Bring back 1 item' })).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'All 2' }).checked).toBe(false);
  });

  it('sends at most 1,000 at a time, and undoes the groups backwards', async () => {
    const sizes: number[] = [];
    const undone: number[] = [];
    await openNewest({
      'backups:compare': () => ok(many(2500)),
      'backups:restore': ({ ids }) => {
        sizes.push(ids.length);
        return ok({ change: sizes.length });
      },
      'items:undo': ({ change }) => {
        undone.push(change);
        return ok({ change: 9, restored: 1000, passedOver: 0, searchesLeft: false });
      },
    });
    await tick('All 2,500');
    await click('Bring back 2,500 items');
    expect(sizes).toEqual([1000, 1000, 500]);
    await click('Undo');
    expect(undone).toEqual([3, 2, 1]);
  });

  it('says what came back before a failure, and keeps the rest ticked', async () => {
    let calls = 0;
    await openNewest({
      'backups:compare': () => ok(many(1500)),
      'backups:restore': () => {
        calls += 1;
        return calls === 1 ? ok({ change: 1 }) : refuse('vault/write-failed');
      },
    });
    await tick('All 1,500');
    await click('Bring back 1,500 items');
    expect(screen.getByText('1,000 items brought back.')).toBeTruthy();
    expect(alertText()).toContain('could not be written');
    expect(screen.getByRole('button', { name: 'Bring back 500 items' })).toBeTruthy();
  });

  it('says of a failure at the first that nothing came back', async () => {
    await openNewest({ 'backups:restore': () => refuse('vault/write-failed') });
    await tick(/GitHub/);
    await click('Bring back 1 item');
    expect(screen.queryByText(/brought back/)).toBeNull();
    expect(screen.getByRole('button', { name: 'Bring back 1 item' })).toBeTruthy();
  });

  it('reports an undo that fails', async () => {
    await openNewest({
      'backups:restore': () => ok({ change: 1 }),
      'items:undo': () => refuse('vault/write-failed'),
    });
    await tick(/GitHub/);
    await click('Bring back 1 item');
    await click('Undo');
    expect(screen.queryByText('The vault is as it was before.')).toBeNull();
    expect(screen.getByText(/could not be written/)).toBeTruthy();
  });
});
