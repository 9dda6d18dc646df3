import { describe, expect, it } from 'vitest';
import {
  assessHealth,
  HealthAssessment,
  type AssessOptions,
  type HealthInput,
} from '../../../src/main/health/assess.ts';
import { BreachTargets } from '../../../src/main/health/breach-targets.ts';
import { withBreaches } from '../../../src/main/health/health-findings.ts';
import { SlicedPace } from '../../../src/main/health/pace.ts';
import { sha1OfPassword } from '../../../src/main/health/sha1.ts';
import type { StrengthMeter } from '../../../src/main/health/strength-meter.ts';
import { toWebAddress } from '../../../src/main/health/web-address.ts';
import type { ItemId } from '../../../src/shared/brand.ts';
import { fromUtf8 } from '../../../src/shared/bytes.ts';
import type { StrengthScore } from '../../../src/shared/model/health.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2026, 10, 22);
const OPTIONS: AssessOptions = { nowMs: NOW, oldAfterDays: 365 };

const idOf = (name: string): ItemId => name.padStart(32, '0') as ItemId;

function item(name: string, parts: Partial<HealthInput> = {}): HealthInput {
  return {
    id: idOf(name),
    title: name,
    username: '',
    urls: [],
    password: `secret of ${name}`,
    passwordChangedAt: null,
    hasSecondFactor: true,
    expiresAt: null,
    ...parts,
  };
}

/** Scores by the last character of a password where it is 0 to 4, otherwise 4; remembers what it was asked. */
function meterByLastDigit() {
  const asked: (readonly [string, readonly string[]])[] = [];
  const meter: StrengthMeter = {
    score(password, inputs) {
      asked.push([password, inputs]);
      const digit = Number(/[0-4]$/.exec(password)?.[0] ?? 4);
      return Promise.resolve(digit as StrengthScore);
    },
  };
  return { asked, meter };
}

function ports(meter: StrengthMeter = meterByLastDigit().meter) {
  return { strength: meter, random: seededRandom('health') };
}

const assess = (items: readonly HealthInput[], options: AssessOptions = OPTIONS) =>
  assessHealth(items, options, ports());

describe('assessHealth', () => {
  it('reports nothing of an empty vault, not even a score', async () => {
    expect(await assess([])).toEqual({
      checkedAt: NOW,
      breachCheck: null,
      total: 0,
      passwords: 0,
      sound: 0,
      findings: {
        weak: [],
        reused: [],
        old: [],
        expired: [],
        'no-second-factor': [],
        'http-url': [],
        breached: [],
      },
      counts: {
        weak: 0,
        reused: 0,
        old: 0,
        expired: 0,
        'no-second-factor': 0,
        'http-url': 0,
        breached: 0,
      },
      strengths: [0, 0, 0, 0, 0],
      reusedGroups: 0,
      breachedPasswords: 0,
      score: null,
    });
  });

  it('finds weak passwords and counts all by strength', async () => {
    const report = await assess([
      item('a', { password: 'x0' }),
      item('b', { password: 'x1' }),
      item('c', { password: 'x2' }),
      item('d', { password: 'x3' }),
      item('e', { password: 'x4' }),
      item('f', { password: null }),
      item('g', { password: '' }),
    ]);
    expect(report.findings.weak).toEqual([
      { kind: 'weak', itemId: idOf('a'), score: 0 },
      { kind: 'weak', itemId: idOf('b'), score: 1 },
      { kind: 'weak', itemId: idOf('c'), score: 2 },
    ]);
    expect(report).toMatchObject({
      total: 7,
      passwords: 5,
      sound: 4,
      strengths: [1, 1, 1, 1, 1],
      counts: { weak: 3 },
      score: 55,
    });
  });

  it('groups items that share a password, the largest group first', async () => {
    const report = await assess([
      item('a', { password: 'one' }),
      item('b', { password: 'two' }),
      item('c', { password: 'Two' }),
      item('d', { password: 'two' }),
      item('e', { password: 'one' }),
      item('f', { password: 'two' }),
      item('g', { password: null }),
      item('h', { password: null }),
    ]);
    const found = report.findings.reused.map(({ itemId, group, groupSize }) => [
      itemId,
      group,
      groupSize,
    ]);
    expect(found).toEqual([
      [idOf('b'), 1, 3],
      [idOf('d'), 1, 3],
      [idOf('f'), 1, 3],
      [idOf('a'), 2, 2],
      [idOf('e'), 2, 2],
    ]);
    expect([report.reusedGroups, report.counts.reused, report.score]).toEqual([2, 5, 58]);
  });

  it.each([
    ['a day too young', 364, false],
    ['a millisecond too young', 365 - 1 / DAY, false],
    ['exactly old', 365, true],
    ['very old', 4000, true],
    ['changed tomorrow, by a clock that was wrong', -1, false],
  ])('takes a password %s for what it is', async (_, days, isOld) => {
    const report = await assess([item('a', { passwordChangedAt: NOW - days * DAY })]);
    expect(report.findings.old).toEqual(
      isOld ? [{ kind: 'old', itemId: idOf('a'), ageDays: Math.floor(days) }] : [],
    );
    expect(report.score).toBe(100);
  });

  it('finds none old without a date, a password or a limit', async () => {
    const ancient = { passwordChangedAt: 0 };
    const items = [item('a'), item('b', { ...ancient, password: null })];
    expect((await assess(items)).counts.old).toBe(0);
    const unlimited = { ...OPTIONS, oldAfterDays: null };
    expect((await assess([item('c', ancient)], unlimited)).counts.old).toBe(0);
    const atOnce = { ...OPTIONS, oldAfterDays: 0 };
    expect((await assess([item('d', { passwordChangedAt: NOW })], atOnce)).counts.old).toBe(1);
  });

  it.each([
    [NOW - 1, true],
    [NOW, true],
    [NOW + 1, false],
    [0, true],
    [null, false],
  ])('takes what expires at %s for expired: %s', async (expiresAt, isExpired) => {
    const report = await assess([item('card', { password: null, expiresAt })]);
    expect(report.findings.expired).toEqual(
      isExpired ? [{ kind: 'expired', itemId: idOf('card'), expiresAt }] : [],
    );
    expect([report.sound, report.score]).toEqual([isExpired ? 0 : 1, null]);
  });

  it.each([
    [['https://shop.example/login'], 'shop.example'],
    [['shop.example'], 'shop.example'],
    [['ssh://host.example', 'https://second.example'], 'second.example'],
    [['http://shop.example'], 'shop.example'],
    [[], null],
    [['https://192.168.1.1'], null],
    [['http://[fe80::1]/'], null],
    [['http://localhost:8080'], null],
    [['https://app.localhost'], null],
    [['https://router'], null],
    [['not an address'], null],
    [['androidapp://com.example'], null],
  ])('sees at %j where a second factor could stand: %s', async (urls, host) => {
    const without = await assess([item('a', { urls, hasSecondFactor: false })]);
    expect(without.findings['no-second-factor']).toEqual(
      host === null ? [] : [{ kind: 'no-second-factor', itemId: idOf('a'), host }],
    );
    const having = await assess([item('a', { urls })]);
    expect(having.counts['no-second-factor']).toBe(0);
    const noLogin = await assess([item('a', { urls, hasSecondFactor: false, password: null })]);
    expect(noLogin.counts['no-second-factor']).toBe(0);
  });

  it.each([
    [['http://shop.example/login'], 'shop.example'],
    [['HTTP://Shop.Example./'], 'shop.example'],
    [['https://a.example', 'http://b.example', 'http://c.example'], 'b.example'],
    [['http://192.168.1.1/'], '192.168.1.1'],
    [['shop.example'], null],
    [['https://shop.example/?next=http://other.example'], null],
    [['http://localhost:3000'], null],
    [['http://api.localhost'], null],
    [['http://127.0.0.1:8080'], null],
    [['http://[::1]/'], null],
    [['http://'], null],
    [['ftp://files.example'], null],
  ])('sees in %j what goes in clear: %s', async (urls, host) => {
    const report = await assess([item('a', { urls, password: null })]);
    expect(report.findings['http-url']).toEqual(
      host === null ? [] : [{ kind: 'http-url', itemId: idOf('a'), host }],
    );
  });

  it('lets the worst finding decide what a password is worth', async () => {
    const shared = { password: 'shared1' };
    const report = await assess([item('a', shared), item('b', shared), item('c')]);
    expect(report.score).toBe(50);
    expect((await assess([item('a', { password: 'x0' })])).score).toBe(0);
    const nearly = Array.from({ length: 999 }, (_, index) =>
      item(`n${String(index)}`, { password: `n${String(index)}x` }),
    );
    expect((await assess([...nearly, item('w', { password: 'x2' })])).score).toBe(99);
  });

  it('asks for each password once, and again only where it uses words of the item', async () => {
    const { asked, meter } = meterByLastDigit();
    const about = { username: 'mara', urls: ['https://harbour.example'] };
    await assessHealth(
      [
        item('a', { password: 'tulip-mara-9', username: 'jon' }),
        item('b', { password: 'tulip-mara-9', username: 'eve' }),
        item('c', { password: 'tulip-mara-9', ...about }),
        item('d', { password: 'tulip-mara-9', ...about }),
      ],
      OPTIONS,
      ports(meter),
    );
    expect(asked).toEqual([
      ['tulip-mara-9', []],
      ['tulip-mara-9', ['mara']],
    ]);
  });

  it('puts no password, title, user name or URL into the report', async () => {
    const report = await assess([
      item('title-x', {
        password: 'hunter-x0',
        username: 'user-x',
        urls: ['http://site.example/path-x?token-x'],
        hasSecondFactor: false,
        expiresAt: 1,
        passwordChangedAt: 1,
      }),
      item('b', { password: 'hunter-x0' }),
    ]);
    const text = JSON.stringify(report);
    expect(
      ['hunter', 'user-x', 'path-x', 'token-x'].filter((secret) => text.includes(secret)),
    ).toEqual([]);
    expect(Object.values(report.counts)).toEqual([2, 2, 1, 1, 1, 1, 0]);
  });

  it('gives way in slices over 10,000 items, and says how far it is', async () => {
    let now = 0;
    let longest = 0;
    let since = 0;
    let gaveWay = 0;
    const pace = new SlicedPace({
      nowMs: () => (now += 1),
      giveWay: () => {
        gaveWay += 1;
        longest = Math.max(longest, now - since);
        since = now + 1;
        return Promise.resolve();
      },
    });
    const items = Array.from({ length: 10_000 }, (_, index) =>
      item(String(index), { password: `p${String(index % 7000)}`, urls: ['http://a.example'] }),
    );
    let done = 0;
    const onProgress = (count: number) => {
      done = count;
    };
    const report = await assessHealth(items, { ...OPTIONS, onProgress }, { ...ports(), pace });
    expect(report).toMatchObject({ total: 10_000, passwords: 10_000, reusedGroups: 3000 });
    expect([done, report.counts['http-url'], report.counts.reused]).toEqual([10_000, 10_000, 6000]);
    expect(longest).toBeLessThanOrEqual(9);
    expect(gaveWay).toBeGreaterThan((10_000 * 4) / 9);
  });

  it('does not run ahead of the meter by more than 32 passwords', async () => {
    let out = 0;
    let most = 0;
    const waiting: (() => void)[] = [];
    const slow: StrengthMeter = {
      score: async () => {
        out += 1;
        most = Math.max(most, out);
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          queueMicrotask(() => setImmediate(() => waiting.shift()?.()));
        });
        out -= 1;
        return 4;
      },
    };
    const items = Array.from({ length: 300 }, (_, index) => item(String(index)));
    const report = await assessHealth(items, OPTIONS, ports(slow));
    expect([report.passwords, most]).toEqual([300, 32]);
  });

  it('fails with what the meter failed with', async () => {
    const broken: StrengthMeter = { score: () => Promise.reject(new Error('thread gone')) };
    const run = assessHealth([item('a'), item('b')], OPTIONS, ports(broken));
    await expect(run).rejects.toThrow('thread gone');
  });

  it('stops when aborted, with the reason of the signal', async () => {
    const stopping = new AbortController();
    let done = 0;
    const run = assessHealth(
      Array.from({ length: 100 }, (_, index) => item(String(index))),
      {
        ...OPTIONS,
        signal: stopping.signal,
        onProgress: (count) => {
          done = count;
          if (count === 5) stopping.abort(new Error('enough'));
        },
      },
      ports(),
    );
    await expect(run).rejects.toThrow('enough');
    expect(done).toBe(5);
  });
});

describe('HealthAssessment', () => {
  it('takes nothing more once it is over', async () => {
    const assessment = new HealthAssessment(ports(), OPTIONS);
    await assessment.add(item('a'));
    await assessment.finish();
    await expect(assessment.add(item('b'))).rejects.toThrow('over');
  });
});

describe('withBreaches', () => {
  const check = { source: 'file', checkedAt: NOW + 5, isWholeList: true, unchecked: 0 } as const;

  it('adds what was found and counts anew', async () => {
    const before = await assess([item('a', { password: 'x1' }), item('b'), item('c'), item('d')]);
    expect(before.score).toBe(81);
    const counts = new Map([
      [idOf('a'), 5],
      [idOf('b'), 70_000],
    ]);
    const after = await withBreaches(before, { counts, check });
    expect(after).toEqual({
      ...before,
      breachCheck: check,
      sound: 2,
      findings: {
        ...before.findings,
        breached: [
          { kind: 'breached', itemId: idOf('a'), appearances: 5 },
          { kind: 'breached', itemId: idOf('b'), appearances: 70_000 },
        ],
      },
      counts: { ...before.counts, breached: 2 },
      breachedPasswords: 2,
      score: 49,
    });
    const again = await withBreaches(after, { counts: new Map(), check });
    expect(again).toEqual({ ...before, breachCheck: check });
  });

  it('tells how many different passwords that is: one of several items counts once', async () => {
    const report = await assess([
      item('a', { password: 'x0' }),
      item('b', { password: 'x0' }),
      item('c', { password: 'x1' }),
    ]);
    const counts = new Map(['a', 'b', 'c'].map((name) => [idOf(name), 5]));
    const after = await withBreaches(report, { counts, check });
    expect(after.counts.breached).toBe(3);
    expect(after.breachedPasswords).toBe(2);
  });
});

describe('BreachTargets', () => {
  it('asks for each password by its SHA-1, and tells which items are concerned', async () => {
    using targets = new BreachTargets();
    targets.add(idOf('a'), 'password');
    targets.add(idOf('b'), '');
    targets.add(idOf('c'), 'fresh');
    targets.add(idOf('d'), 'password');
    const asked: string[] = [];
    const found = await targets.lookUp({
      lookUp: (hashes) => {
        asked.push(...hashes.map(fromUtf8));
        return Promise.resolve(hashes.map((hash) => (fromUtf8(hash).startsWith('5BAA6') ? 9 : 0)));
      },
    });
    expect(found).toEqual(
      new Map([
        [idOf('a'), 9],
        [idOf('d'), 9],
      ]),
    );
    expect(asked[0]).toBe('5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8');
    expect([asked.length, targets.size]).toEqual([3, 3]);
  });

  it('erases the hashes', async () => {
    const targets = new BreachTargets();
    targets.add(idOf('a'), 'password');
    let kept: readonly Uint8Array[] = [];
    await targets.lookUp({
      lookUp: (hashes) => {
        kept = [...hashes];
        return Promise.resolve([0]);
      },
    });
    targets.dispose();
    expect(kept).toEqual([new Uint8Array(40)]);
    expect(targets.size).toBe(0);
  });
});

describe('sha1OfPassword', () => {
  it.each([
    ['abc', 'A9993E364706816ABA3E25717850C26C9CD0D89D'],
    ['', 'DA39A3EE5E6B4B0D3255BFEF95601890AFD80709'],
    ['pässwörd', 'F517DDF1D32A112FF1AD55C66D1B12CB38E7E8F7'],
  ])('is FIPS 180-4 over the UTF-8 of %s', (password, digits) => {
    expect(fromUtf8(sha1OfPassword(password))).toBe(digits);
  });
});

describe('toWebAddress', () => {
  it('names international hosts as the network does', () => {
    expect(toWebAddress('http://bücher.example')?.host).toBe('xn--bcher-kva.example');
  });
});
