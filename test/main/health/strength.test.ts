import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { knownInputs } from '../../../src/main/health/known-inputs.ts';
import { loadStrengthCheck, type StrengthCheck } from '../../../src/main/health/strength.ts';
import { ThreadedStrength } from '../../../src/main/health/threaded-strength.ts';

const ENTRY = new URL('../../../src/main/health/strength-thread.ts', import.meta.url);

describe('loadStrengthCheck', () => {
  let check: StrengthCheck;
  beforeAll(async () => {
    check = await loadStrengthCheck();
  });

  it.each([
    ['password', 0],
    ['123456', 0],
    ['P@ssw0rd', 0],
    ['qwertyuiop', 0],
    ['aaaaaaaaaaaaaaaaaaaaaaaa', 0],
    ['7ru57n01', 0],
    ['dragon2024', 1],
    ['Xq9#mK2$vL5@', 4],
    ['correct horse battery staple', 4],
    ['tz8Lk2pQ9wXr4mVn', 4],
    ['', 0],
  ] as const)('gives %s the score %i', (password, score) => {
    expect(check(password, [])).toBe(score);
  });

  it('knows that a name of the item is no secret', () => {
    expect(check('vandersloot1987', [])).toBeGreaterThan(check('vandersloot1987', ['vandersloot']));
    expect(check('V4nd3rsl00t', [])).toBeGreaterThan(check('V4nd3rsl00t', ['vandersloot']));
  });

  it('judges long passwords by their first 100 characters', () => {
    const dull = 'a'.repeat(100);
    expect(check(`${dull}Xq9#mK2$vL5@`, [])).toBe(check(dull, []));
  });

  it('gives a score to any text, with any text known', () => {
    const text = fc.string({ unit: 'binary', maxLength: 24 });
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 3 }), (password, inputs) => {
        expect([0, 1, 2, 3, 4]).toContain(check(password, inputs));
      }),
      { numRuns: 150 },
    );
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect([0, 1, 2, 3]).toContain(check(name, [name]));
    }
  });
});

describe('ThreadedStrength', () => {
  it('judges on another thread, many at once, each answer to its question', async () => {
    await using meter = new ThreadedStrength(ENTRY);
    const scores = await Promise.all(
      ['password', 'Xq9#mK2$vL5@', 'dragon2024', 'password'].map((password) =>
        meter.score(password, []),
      ),
    );
    expect(scores).toEqual([0, 4, 1, 0]);
  });

  it('rejects what is asked for when it is closed, and all that comes later', async () => {
    const meter = new ThreadedStrength(ENTRY);
    const asked = expect(meter.score('password', [])).rejects.toThrow('closed');
    await meter.close();
    await asked;
    await expect(meter.score('password', [])).rejects.toThrow('closed');
    await meter.close();
  });

  it('rejects when its thread does not start, for good', async () => {
    await using meter = new ThreadedStrength(new URL('./no-such-thread.ts', ENTRY));
    await expect(meter.score('password', [])).rejects.toThrow('strength meter: failed');
    await expect(meter.score('password', [])).rejects.toThrow('strength meter: failed');
  });
});

describe('knownInputs', () => {
  const about = {
    title: 'Harbour Bank',
    username: 'Mara.Lindqvist@example.com',
    urls: ['https://login.harbourbank.example/start'],
  };

  it.each([
    ['harbour2024', ['harbour']],
    ['HARBOUR', ['harbour']],
    ['h4rb0ur!', ['harbour']],
    ['ruobrah', ['harbour']],
    ['Lindqvist77', ['lindqvist']],
    ['mara.lindqvist', ['lindqvist', 'mara', 'mara.lindqvist']],
    ['myharbourbank1', ['bank', 'harbour', 'harbourbank']],
    ['xK9#vT2m', []],
    ['', []],
  ])('of %s are %j', (password, inputs) => {
    expect(knownInputs(password, about)).toEqual(inputs);
  });

  it('leaves out words of one or two letters, and has bounds for long items', () => {
    expect(knownInputs('ab cd', { title: 'ab cd e', username: 'cd', urls: [] })).toEqual([]);
    const title = Array.from({ length: 5000 }, (_, index) => `w${String(index)}x`).join(' ');
    expect(knownInputs(title, { title, username: '', urls: [] }).length).toBeLessThanOrEqual(48);
  });
});
