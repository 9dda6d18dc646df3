import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BreachRangeClient,
  RANGE_REQUEST_HEADERS,
  type FetchRange,
} from '../../../src/main/health/breach-range.ts';
import { rangeOf } from '../../../src/main/health/breach-look-up.ts';
import { BreachDirectory, type RangeDirectory } from '../../../src/main/health/breach-directory.ts';
import { HealthError } from '../../../src/main/health/health-error.ts';
import { RANGE_BYTES_LIMIT } from '../../../src/main/health/range-lines.ts';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import { asName, nameOf, sha1Digits } from './breach-lists.ts';

const suffixOf = (password: string): string => sha1Digits(password).slice(5);
const filler = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${sha1Digits(`other ${String(index)}`).slice(5)}:2`);

/** A service that has `passwords` with the count 3 each, and pads. */
function service(passwords: readonly string[]) {
  const asked: string[] = [];
  const fetchRange: FetchRange = (prefix) => {
    asked.push(prefix);
    const found = passwords.filter((password) => sha1Digits(password).startsWith(prefix));
    const lines = [...filler(20), ...found.map((password) => `${suffixOf(password)}:3`)];
    return Promise.resolve([...lines, `${'A'.repeat(35)}:0`].join('\r\n'));
  };
  return { asked, fetchRange };
}

const failureOf = async (action: Promise<unknown>): Promise<unknown> => {
  const error: unknown = await action.then(
    () => 'none',
    (reason: unknown) => reason,
  );
  return error instanceof HealthError ? [error.code, error.reason] : error;
};

const answering = (text: string): BreachRangeClient =>
  new BreachRangeClient(() => Promise.resolve(text));

describe('rangeOf', () => {
  it('is the first five digits of the SHA-1, upper-case', () => {
    expect(rangeOf(nameOf('password'))).toBe('5BAA6');
    expect(rangeOf(nameOf('P@ssw0rd'))).toBe('21BD1');
  });
});

describe('BreachRangeClient', () => {
  it('asks for padding', () => {
    expect(RANGE_REQUEST_HEADERS).toEqual({ 'Add-Padding': 'true' });
  });

  it('counts what is there, and tells nobody more than prefixes', async () => {
    const { asked, fetchRange } = service(['password', 'dragon']);
    const client = new BreachRangeClient(fetchRange);
    const names = ['dragon', 'unheard of', 'password', 'dragon'].map(nameOf);
    expect(await client.lookUp(names)).toEqual([3, 0, 3, 3]);
    expect(asked.every((prefix) => /^[0-9A-F]{5}$/.test(prefix))).toBe(true);
  });

  it('asks for each range once', async () => {
    const { asked, fetchRange } = service([]);
    const client = new BreachRangeClient(fetchRange);
    const same = Array.from({ length: 30 }, (_, index) =>
      asName(`ABCDE${String(index).padStart(35, '0')}`),
    );
    await client.lookUp([...same, nameOf('password'), nameOf('password')]);
    expect([...asked].sort()).toEqual(['5BAA6', 'ABCDE']);
  });

  it('has four questions out at a time, never five', async () => {
    let out = 0;
    let most = 0;
    const waiting: (() => void)[] = [];
    const client = new BreachRangeClient(async () => {
      out += 1;
      most = Math.max(most, out);
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (out === 4) for (const go of waiting.splice(0)) go();
      });
      out -= 1;
      return filler(3).join('\n');
    });
    const names = Array.from({ length: 40 }, (_, index) => nameOf(`p${String(index)}`));
    await client.lookUp(names);
    expect(most).toBe(4);
  });

  it('takes padding for what it is, even where it hits a hash', async () => {
    const text = `${suffixOf('password')}:0\r\n${filler(2).join('\r\n')}`;
    expect(await answering(text).lookUp([nameOf('password')])).toEqual([0]);
  });

  it.each([
    ['LF', filler(3).join('\n')],
    ['CRLF', filler(3).join('\r\n')],
    ['a newline at the end', `${filler(3).join('\r\n')}\r\n`],
    ['lower case', filler(3).join('\n').toLowerCase()],
    ['one line', `${'0'.repeat(35)}:1`],
    ['5,000 lines', filler(5000).join('\n')],
  ])('reads answers with %s', async (_, text) => {
    expect(await answering(text).lookUp([nameOf('password')])).toEqual([0]);
  });

  const good = `${'0'.repeat(35)}:1`;
  it.each([
    ['nothing', '', 'answer-malformed'],
    ['an empty line', '\r\n', 'answer-malformed'],
    ['an empty line between', `${good}\n\n${good}`, 'answer-malformed'],
    ['whole hashes', `${'0'.repeat(40)}:1`, 'answer-malformed'],
    ['NTLM suffixes', `${'0'.repeat(27)}:1`, 'answer-malformed'],
    ['no count', '0'.repeat(35), 'answer-malformed'],
    ['an empty count', `${'0'.repeat(35)}:`, 'answer-malformed'],
    ['a fraction', `${good}.5`, 'answer-malformed'],
    ['a huge count', `${good}0000000000`, 'answer-malformed'],
    ['letters outside hexadecimal', `${'G'.repeat(35)}:1`, 'answer-malformed'],
    ['a page of a portal', '<!doctype html><title>Log in</title>', 'answer-malformed'],
    ['JSON', '{"error":"rate limit"}', 'answer-malformed'],
    ['a bad last line', `${good}\r\n${'0'.repeat(20)}`, 'answer-malformed'],
    ['a space', ` ${good}`, 'answer-malformed'],
    ['a carriage return in the middle', `${good}\r${good}`, 'answer-malformed'],
    ['letters that are no ASCII', `${'０'.repeat(35)}:1`, 'answer-malformed'],
    ['5,001 lines', filler(5001).join('\n'), 'answer-too-large'],
    ['more than 1 MiB', 'A'.repeat(RANGE_BYTES_LIMIT + 1), 'answer-too-large'],
  ])('refuses answers with %s', async (_, text, reason) => {
    expect(await failureOf(answering(text).lookUp([nameOf('password')]))).toEqual([
      'health/range-query-failed',
      reason,
    ]);
  });

  it('throws nothing but its own error on any answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (text) => {
        expect(await failureOf(answering(text).lookUp([nameOf('password')]))).toEqual([
          'health/range-query-failed',
          'answer-malformed',
        ]);
      }),
    );
  });

  it('ends the run at the first failure, takes back what is out, and names no range', async () => {
    const asked: string[] = [];
    const signals: AbortSignal[] = [];
    const client = new BreachRangeClient((prefix, signal) => {
      asked.push(prefix);
      signals.push(signal);
      if (asked.length === 3) return Promise.reject(new Error('ECONNRESET'));
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    });
    const names = Array.from({ length: 50 }, (_, index) => nameOf(`p${String(index)}`));
    const error: unknown = await client.lookUp(names).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(HealthError);
    expect(error).toMatchObject({ code: 'health/range-query-failed', reason: 'fetch-failed' });
    expect(asked).toHaveLength(4);
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
    const told = JSON.stringify([String(error), (error as HealthError).details]);
    expect(asked.some((prefix) => told.includes(prefix))).toBe(false);
  });

  it('rejects with the reason of the signal, and asks nothing after it', async () => {
    const { asked, fetchRange } = service([]);
    const stopping = new AbortController();
    const client = new BreachRangeClient(fetchRange);
    const names = Array.from({ length: 50 }, (_, index) => nameOf(`p${String(index)}`));
    const onProgress = () => stopping.abort(new Error('enough'));
    await expect(client.lookUp(names, { signal: stopping.signal, onProgress })).rejects.toThrow(
      'enough',
    );
    expect(asked).toHaveLength(4);
    const before = client.lookUp(names, { signal: AbortSignal.abort(new Error('no')) });
    await expect(before).rejects.toThrow('no');
    expect(asked).toHaveLength(4);
  });
});

/** A folder with all ranges, most of them alike. */
function folder(special: Readonly<Record<string, Uint8Array | null>> = {}): RangeDirectory {
  const usual = toUtf8(filler(30).join('\r\n'));
  return {
    readRange: (prefix) => Promise.resolve(prefix in special ? (special[prefix] ?? null) : usual),
  };
}

describe('BreachDirectory', () => {
  it('counts what is there', async () => {
    const range = toUtf8(`${filler(4).join('\n')}\n${suffixOf('password').toLowerCase()}:37\n`);
    const directory = await BreachDirectory.open(folder({ '5BAA6': range }));
    const seen: number[] = [];
    const counts = await directory.lookUp([nameOf('dragon'), nameOf('password')], {
      onProgress: (done) => seen.push(done),
    });
    expect([counts, seen]).toEqual([
      [0, 37],
      [1, 2],
    ]);
  });

  const ntlm = toUtf8(`${'0'.repeat(27)}:4\r\n`);
  it.each([
    ['an empty folder', { '00000': null, '7FFFF': null, FFFFF: null }, 'foreign'],
    ['a folder of NTLM ranges', { '00000': ntlm, '7FFFF': ntlm, FFFFF: ntlm }, 'ntlm'],
    ['empty files', { '00000': new Uint8Array() }, 'empty'],
    ['something else', { FFFFF: toUtf8('hello') }, 'foreign'],
  ])('refuses %s', async (_, special, reason) => {
    expect(await failureOf(BreachDirectory.open(folder(special)))).toEqual([
      'health/breach-file-not-recognised',
      reason,
    ]);
  });

  it('reports a download that is not complete when opened or when it comes upon it', async () => {
    expect(await failureOf(BreachDirectory.open(folder({ FFFFF: null })))).toEqual([
      'health/breach-file-damaged',
      'range-missing',
    ]);
    const cases: readonly (readonly [Uint8Array | null, string])[] = [
      [null, 'range-missing'],
      [new Uint8Array(), 'truncated'],
      [toUtf8(`${filler(3).join('\n')}\nABC`), 'malformed-line'],
      [new Uint8Array(RANGE_BYTES_LIMIT + 1), 'range-too-large'],
    ];
    for (const [range, reason] of cases) {
      const directory = await BreachDirectory.open(folder({ '5BAA6': range }));
      expect(await failureOf(directory.lookUp([nameOf('password')]))).toEqual([
        'health/breach-file-damaged',
        reason,
      ]);
    }
  });

  it('passes on what reading fails with as its own error, and stops when aborted', async () => {
    const failing = { readRange: () => Promise.reject(new Error('EIO')) };
    expect(await failureOf(BreachDirectory.open(failing))).toEqual([
      'health/breach-file-damaged',
      'read-failed',
    ]);
    const directory = await BreachDirectory.open(folder());
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(directory.lookUp([nameOf('a')], { signal })).rejects.toThrow('enough');
  });
});
