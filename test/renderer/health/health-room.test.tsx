// @vitest-environment jsdom
// Health: a check with its progress and its end, the picture, the findings, and the two ways of asking about breaches.
// SPDX-License-Identifier: MIT

import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HealthRoom } from '../../../src/renderer/health/health-room.tsx';
import type { ErrorCode, Result } from '../../../src/shared/errors.ts';
import type { WorkStage } from '../../../src/shared/ipc/events.ts';
import type { HealthReport, WeakFinding } from '../../../src/shared/model/health.ts';
import type { HandClock } from '../../support/hand-clock.ts';
import { alertText, isDisabled, openRoom } from '../keys/open-room.tsx';
import { click, settle } from '../support/hands.ts';
import { type FakeAnswers, ok, refuse } from '../support/fake-connection.ts';
import { stubLayout } from '../support/layout.ts';
import { openMainWindow } from '../support/main-window.tsx';
import { emptyItem, toSummary } from '../support/stored-items.ts';
import { idOf, NOW, reportOf } from './health-report.ts';

const DAY = 86_400_000;

/** Items of these numbers are there, as `Item 1`; the others are gone. */
const itemsUpTo = (last: number): FakeAnswers<'main'> => ({
  'items:summaries': ({ ids }) => {
    const numbers = ids.map((id) => Number.parseInt(id, 16)).filter((number) => number <= last);
    return ok(
      numbers.map((number) => {
        const item = emptyItem(idOf(number), 'login', `Item ${number}`);
        return toSummary({ ...item, fields: { ...item.fields, username: 'anna' } }, []);
      }),
    );
  },
});

const open = (answers: FakeAnswers<'main'> = {}) =>
  openRoom(<HealthRoom />, { ...itemsUpTo(99), ...answers });

/** The room with `report` in it. */
async function openWith(report: HealthReport, answers: FakeAnswers<'main'> = {}) {
  const room = await open({ 'health:assess': () => ok(report), ...answers });
  await click('Check');
  return room;
}

/** A check that ends when the test says so. */
async function openRunning(answers: FakeAnswers<'main'> = {}) {
  let end: (result: Result<HealthReport>) => void = () => undefined;
  const room = await open({
    'health:assess': () =>
      new Promise((resolve) => {
        end = resolve;
      }),
    ...answers,
  });
  await click('Check');
  const clock = room.services.clock as HandClock;
  return {
    ...room,
    clock,
    progress: (done: number, total: number) => {
      act(() => {
        const news = { stage: 'reading', done, total } as const;
        room.connection.emit('work:progressed', { work: 'health', ...news });
      });
    },
    end: async (result: Result<HealthReport>) => {
      end(result);
      await settle();
    },
  };
}

const group = (name: RegExp) => within(screen.getByRole('region', { name }));
const rowsOf = (name: RegExp) => group(name).queryAllByRole('listitem');
const textsOf = (name: RegExp) => rowsOf(name).map(({ textContent }) => textContent);
const running = () => screen.queryByRole('group', { name: 'Check under way' });

beforeAll(stubLayout);
afterEach(cleanup);

describe('a check', () => {
  it('begins on request, and shows how far it is and how long it may take', async () => {
    const { progress, clock } = await openRunning();
    expect(running()?.textContent).toContain('Opening the items');
    progress(100, 10_000);
    expect(running()?.textContent).toContain('100 of 10,000');
    expect(running()?.textContent).not.toContain('left');
    clock.turn(10_000);
    progress(1100, 10_000);
    expect(running()?.textContent).toContain('1,100 of 10,000, about 2 minutes left');
    const bar = screen.getByRole('progressbar', { name: 'Checking passwords' });
    expect(bar.getAttribute('aria-valuenow')).toBe('1100');
  });

  it('passes over the progress of other work', async () => {
    const { connection } = await openRunning();
    act(() => {
      connection.emit('work:progressed', { work: 'rekey', stage: 'sealing', done: 7, total: 9 });
    });
    expect(running()?.textContent).not.toContain('7 of 9');
  });

  it('goes on while the room is left', async () => {
    const { progress, end, services, unmount } = await openRunning();
    unmount();
    progress(100, 300);
    expect(services.health.state.get().run?.progress).toMatchObject({ done: 100, total: 300 });
    await end({ ok: true, value: reportOf() });
    expect(services.health.state.get()).toMatchObject({ run: null, report: { score: 61 } });
  });

  it('is stopped on request, and what was known stays', async () => {
    let calls = 0;
    let cancelled = 0;
    await open({
      'health:assess': () => {
        calls += 1;
        if (calls === 1) return ok(reportOf());
        return new Promise((resolve) => {
          stop = resolve;
        });
      },
      'health:cancel': () => {
        cancelled += 1;
        stop({ ok: false, error: { code: 'ipc/cancelled', details: {} } });
        return ok(null);
      },
    });
    let stop: (result: Result<HealthReport>) => void = () => undefined;
    await click('Check');
    await click('Check again');
    await click('Cancel');
    expect([cancelled, running()]).toEqual([1, null]);
    expect(screen.getByText(/^Stopped\. Below is the result of before/)).toBeTruthy();
    expect(screen.getByRole('img', { name: /^Score 61/ })).toBeTruthy();
    expect(alertText()).toBe('');
  });

  it('runs on when it cannot be stopped, and says so', async () => {
    const { end } = await openRunning({ 'health:cancel': () => refuse('ipc/internal') });
    await click('Cancel');
    expect(alertText()).toContain('Something went wrong');
    expect(running()).not.toBeNull();
    await end({ ok: true, value: reportOf() });
    expect(screen.getByRole('img', { name: /^Score 61/ })).toBeTruthy();
  });

  it('says why it failed, and can be repeated', async () => {
    await open({ 'health:assess': () => refuse('vault/locked') });
    await click('Check');
    expect(alertText()).toContain('The vault is locked.');
    expect(isDisabled('Check')).toBe(false);
  });

  it('says when it was, and that the vault has changed since', async () => {
    const { connection } = await openWith(reportOf());
    expect(screen.getByText(/^Last check today/)).toBeTruthy();
    expect(screen.queryByText(/has changed since/)).toBeNull();
    act(() => {
      connection.emit('items:changed', { revision: 2 });
    });
    await settle();
    expect(screen.getByText(/has changed since/)).toBeTruthy();
    await click('Check again');
    expect(screen.queryByText(/has changed since/)).toBeNull();
  });
});

describe('the picture', () => {
  it('says the score in words, and the strengths in words and as a table', async () => {
    await openWith(reportOf());
    expect(screen.getByRole('img', { name: 'Score 61 of 100: Needs work' })).toBeTruthy();
    const words =
      '12 passwords by strength: very weak 1, weak 2, still weak 3, strong 4, very strong 2';
    expect(screen.getByRole('img', { name: words })).toBeTruthy();
    const table = within(screen.getByRole('table', { name: 'Passwords by strength' }));
    expect(table.getAllByRole('row').map(({ textContent }) => textContent)).toEqual([
      ...['StrengthPasswords', 'Very weak1', 'Weak2', 'Still weak3', 'Strong4', 'Very strong2'],
    ]);
    expect(screen.getByText(/20 items in use, 12 with a password, 9 without/)).toBeTruthy();
  });

  it('stands for a vault without passwords too', async () => {
    await openWith(
      reportOf({}, { score: null, total: 0, passwords: 0, sound: 0, strengths: [0, 0, 0, 0, 0] }),
    );
    expect(screen.getByRole('img', { name: 'No passwords to judge' })).toBeTruthy();
    expect(screen.getByRole('img', { name: /^0 passwords by strength/ })).toBeTruthy();
  });

  it.each([
    [0, 'In danger'],
    [49, 'In danger'],
    [75, 'Good'],
    [100, 'Very good'],
  ])('calls a score of %d %s', async (score, words) => {
    await openWith(reportOf({}, { score }));
    expect(screen.getByRole('img', { name: `Score ${score} of 100: ${words}` })).toBeTruthy();
  });

  it('is never good beside a breach, whatever the score', async () => {
    await openWith(
      reportOf(
        { breached: [{ kind: 'breached', itemId: idOf(1), appearances: 2 }] },
        {
          score: 88,
          breachCheck: { source: 'file', checkedAt: NOW, isWholeList: true, unchecked: 3 },
        },
      ),
    );
    const ring = screen.getByRole('img', { name: 'Score 88 of 100: In danger' });
    expect(ring.getAttribute('data-tone')).toBe('bad');
    expect(screen.getByText('1 breached password holds it below 50.')).toBeTruthy();
    expect(screen.getByText(/3 items have a new password since\./)).toBeTruthy();
  });

  it('tells breached passwords from the items that share them', async () => {
    const breached = [1, 2].map((number) => ({
      ...({ kind: 'breached', itemId: idOf(number), appearances: 2 } as const),
    }));
    await openWith(reportOf({ breached }, { score: 88, breachedPasswords: 1 }));
    expect(screen.getByText('1 breached password holds it below 50.')).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'Breached 2 items' })).toBeTruthy();
    expect(screen.getByText(/^1 password in 2 items\. These passwords are in lists/)).toBeTruthy();
  });

  it('says the number of passwords once where each has an item of its own', async () => {
    const breached = [1, 2].map((number) => ({
      ...({ kind: 'breached', itemId: idOf(number), appearances: 2 } as const),
    }));
    await openWith(reportOf({ breached }, { score: 88 }));
    expect(screen.getByText('2 breached passwords hold it below 50.')).toBeTruthy();
    expect(screen.getByText(/^These passwords are in lists/)).toBeTruthy();
  });

  it('is never good beside a reused password, whatever the score', async () => {
    const reused = [1, 2].map((number) => ({
      ...({ kind: 'reused', itemId: idOf(number), group: 1, groupSize: 2 } as const),
    }));
    await openWith(reportOf({ reused }, { score: 91, reusedGroups: 1 }));
    const ring = screen.getByRole('img', { name: 'Score 91 of 100: Needs work' });
    expect(ring.getAttribute('data-tone')).toBe('warn');
    expect(screen.getByText('1 shared password holds it below 75.')).toBeTruthy();
  });

  it('blames no single password for a score that is lower by itself', async () => {
    const breached = [{ kind: 'breached', itemId: idOf(1), appearances: 2 } as const];
    await openWith(reportOf({ breached }, { score: 33 }));
    expect(screen.getByRole('img', { name: 'Score 33 of 100: In danger' })).toBeTruthy();
    expect(screen.queryByText(/it below/)).toBeNull();
  });
});

describe('findings', () => {
  it('say of each item what it is', async () => {
    await openWith(
      reportOf(
        {
          breached: [{ kind: 'breached', itemId: idOf(1), appearances: 23_597 }],
          weak: [
            { kind: 'weak', itemId: idOf(2), score: 0 },
            { kind: 'weak', itemId: idOf(3), score: 2 },
          ],
          expired: [{ kind: 'expired', itemId: idOf(4), expiresAt: NOW - DAY }],
          'no-second-factor': [{ kind: 'no-second-factor', itemId: idOf(5), host: 'a.example' }],
          'http-url': [{ kind: 'http-url', itemId: idOf(6), host: 'b.example' }],
          old: [{ kind: 'old', itemId: idOf(7), ageDays: 1234 }],
        },
        { breachCheck: { source: 'online', checkedAt: NOW, isWholeList: true, unchecked: 0 } },
      ),
    );
    expect(textsOf(/^Breached/)).toEqual([
      expect.stringMatching(/Item 1 anna.*seen 23,597 times in breaches$/),
    ]);
    expect(textsOf(/^Weak/)).toEqual([
      expect.stringContaining('guessed within 1,000 tries'),
      expect.stringContaining('guessed within 100 million tries'),
    ]);
    expect(textsOf(/^Expired/)).toEqual([expect.stringContaining('ended 31 Dec 2025')]);
    expect(textsOf(/^No second factor/)).toEqual([expect.stringContaining('a.example')]);
    expect(textsOf(/^Address without/)).toEqual([expect.stringContaining('b.example')]);
    expect(textsOf(/^Old/)).toEqual([expect.stringContaining('1,234 days old')]);
  });

  it('stand together where a password is shared', async () => {
    const reused = (number: number, part: { group: number; groupSize: number }) => ({
      ...{ kind: 'reused' as const, itemId: idOf(number) },
      ...part,
    });
    await openWith(
      reportOf(
        {
          reused: [
            ...[1, 2, 3].map((number) => reused(number, { group: 1, groupSize: 3 })),
            ...[4, 5].map((number) => reused(number, { group: 2, groupSize: 2 })),
          ],
        },
        { reusedGroups: 2 },
      ),
    );
    expect(group(/^Reused/).getByText(/^2 passwords are shared/)).toBeTruthy();
    const lists = group(/^Reused/).getAllByRole('list');
    expect(lists.map((list) => list.getAttribute('aria-label'))).toEqual([
      'Password 1, shared by 3 items',
      'Password 2, shared by 2 items',
    ]);
    expect(lists.map((list) => within(list).getAllByRole('listitem').length)).toEqual([3, 2]);
  });

  it('are none, or not looked for', async () => {
    await openWith(reportOf());
    for (const name of [/^Reused none/, /^Weak none/, /^Expired none/, /^Old none/]) {
      expect(screen.getByRole('region', { name })).toBeTruthy();
    }
    expect(screen.getByRole('region', { name: 'Breached not checked' })).toBeTruthy();
  });

  it('of items that are gone by now lead nowhere', async () => {
    await openWith(reportOf({ weak: [{ kind: 'weak', itemId: idOf(500), score: 1 }] }));
    expect(textsOf(/^Weak/)).toEqual([expect.stringContaining('No longer in the vault')]);
    expect(isDisabled(/No longer in the vault/)).toBe(true);
  });

  it('stay nameless where the names cannot be had, and can still be opened', async () => {
    const { services } = await openWith(
      reportOf({ weak: [{ kind: 'weak', itemId: idOf(1), score: 1 }] }),
      { 'items:summaries': () => refuse('vault/disk-failed') },
    );
    expect(isDisabled(/Loading/)).toBe(false);
    expect(services.toasts.list.get().map(({ tone }) => tone)).toEqual(['bad']);
  });

  it('take the names that items have after a change', async () => {
    let title = 'Before';
    const { connection } = await openWith(
      reportOf({ weak: [{ kind: 'weak', itemId: idOf(1), score: 1 }] }),
      { 'items:summaries': () => ok([toSummary(emptyItem(idOf(1), 'login', title), [])]) },
    );
    title = 'After';
    act(() => {
      connection.emit('items:changed', { revision: 2 });
    });
    await settle();
    expect(textsOf(/^Weak/)).toEqual([expect.stringContaining('After')]);
  });

  it('are drawn and asked about a hundred at a time, of 100,000', async () => {
    const asked: number[] = [];
    const weak = Array.from({ length: 100_000 }, (_, index): WeakFinding => ({
      ...{ kind: 'weak', itemId: idOf(index + 1), score: 1 },
    }));
    const { 'items:summaries': get } = itemsUpTo(100_000);
    await openWith(reportOf({ weak }), {
      'items:summaries': (input) => {
        asked.push(input.ids.length);
        return get?.(input) ?? refuse('vault/item-not-found');
      },
    });
    expect(rowsOf(/^Weak/)).toHaveLength(10);
    await click('Show 100 more of Weak');
    expect(rowsOf(/^Weak/)).toHaveLength(110);
    await settle();
    expect(asked).toEqual([10, 100]);
    expect(textsOf(/^Weak/).at(-1)).toContain('Item 110');
  });
});

describe('the breach check with a list on this computer', () => {
  const check = () => click(/^Against a file/);

  it('says what it was checked against, and that the list is only a part', async () => {
    await open({
      'health:check-file': () =>
        ok(
          reportOf(
            {},
            { breachCheck: { source: 'file', checkedAt: NOW, isWholeList: false, unchecked: 0 } },
          ),
        ),
    });
    await check();
    expect(screen.getByText(/a list on this computer\. The list is only a part/)).toBeTruthy();
    expect(screen.getByRole('region', { name: 'Breached none' })).toBeTruthy();
  });

  it('changes nothing when no file was chosen', async () => {
    await open({ 'health:check-file': () => ok(null) });
    await check();
    expect([alertText(), running()]).toEqual(['', null]);
    expect(screen.getByText(/^Not checked since/)).toBeTruthy();
  });

  it('has two parts, each with its own progress', async () => {
    const { connection, services } = await open({
      'health:check-file': () => new Promise(() => undefined),
    });
    await check();
    let stage: WorkStage = 'reading';
    const progress = (done: number, total: number, after: number) => {
      (services.clock as HandClock).turn(after);
      act(() => {
        connection.emit('work:progressed', { work: 'health', stage, done, total });
      });
    };
    progress(100, 400, 60_000);
    progress(400, 400, 6000);
    expect(running()?.textContent).toContain('Looking at the passwords400 of 400');
    stage = 'checking';
    progress(50, 350, 1000);
    expect(running()?.textContent).toContain('Searching the list50 of 350');
    expect(running()?.textContent).not.toContain('left');
    progress(150, 350, 3000);
    expect(running()?.textContent).toContain('150 of 350, about 10 seconds left');
    expect(isDisabled(/^Against a file/)).toBe(true);
  });

  it.each<[ErrorCode, string, string]>([
    ['health/breach-file-not-recognised', 'empty', 'The file is empty.'],
    ['health/breach-file-not-recognised', 'compressed', 'unpack it first'],
    ['health/breach-file-not-recognised', 'ntlm', 'NTLM hashes'],
    ['health/breach-file-not-recognised', 'single-range', 'a single range'],
    ['health/breach-file-not-recognised', 'without-counts', 'no counts'],
    ['health/breach-file-not-recognised', 'not-sorted', 'sorted by count'],
    ['health/breach-file-not-recognised', 'foreign', 'not hashes'],
    ['health/breach-file-damaged', 'malformed-line', 'One of its lines'],
    ['health/breach-file-damaged', 'out-of-order', 'not in order'],
    ['health/breach-file-damaged', 'truncated', 'middle of a line'],
    ['health/breach-file-damaged', 'read-failed', 'to the end'],
    ['health/breach-file-damaged', 'range-missing', 'not in the folder'],
    ['health/breach-file-damaged', 'range-too-large', 'larger than any real one'],
    ['health/breach-file-damaged', 'of-another-time', 'damaged or not complete'],
  ])('explains %s (%s)', async (code, reason, words) => {
    await open({ 'health:check-file': () => refuse(code, { reason }) });
    await check();
    expect(alertText()).toContain(words);
    expect(screen.getByText(/^Not checked since/)).toBeTruthy();
  });
});

describe('the online breach check', () => {
  const switchOn = async (answers: FakeAnswers<'main'>) => {
    const room = await open(answers);
    act(() => {
      room.services.settings.update((settings) => ({ ...settings, onlineBreachCheck: true }));
    });
    return room;
  };

  it('is not offered while it is switched off; the settings are', async () => {
    const { services } = await open();
    expect(screen.queryByRole('button', { name: 'Ask online' })).toBeNull();
    await click('Go to the settings');
    expect(services.view.get().room).toBe('settings');
  });

  it('runs where it is switched on', async () => {
    const breachCheck = {
      source: 'online',
      checkedAt: NOW,
      isWholeList: true,
      unchecked: 0,
    } as const;
    await switchOn({ 'health:check-online': () => ok(reportOf({}, { breachCheck })) });
    await click('Ask online');
    expect(screen.getByText(/Have I Been Pwned, online\./)).toBeTruthy();
  });

  it.each([
    ['fetch-failed', 'gave no answer'],
    ['answer-too-large', 'larger than any real one'],
    ['answer-malformed', 'not a list of hashes'],
    ['switched-off', 'switched off in the settings'],
  ])('explains %s', async (reason, words) => {
    await switchOn({
      'health:check-online': () => refuse('health/range-query-failed', { reason }),
    });
    await click('Ask online');
    expect(alertText()).toContain(words);
  });
});

describe('the room in the window', () => {
  it('opens the item of a finding', async () => {
    const ids = { weak: idOf(0) };
    const { services } = await openMainWindow(
      (items) => {
        items.add('GitHub');
        ids.weak = items.add('Nordbank').id;
      },
      {
        'health:assess': () =>
          ok(reportOf({ weak: [{ kind: 'weak', itemId: ids.weak, score: 0 }] })),
      },
    );
    fireEvent.keyDown(document.body, { key: 'b', ctrlKey: true });
    await settle();
    await click('Check');
    await click(/Nordbank.*guessed within/);
    expect(services.view.get()).toMatchObject({ room: null, selectedId: ids.weak, mode: 'show' });
    expect(
      within(screen.getByRole('article')).getByRole('heading', { name: 'Nordbank' }),
    ).toBeTruthy();
  });
});
