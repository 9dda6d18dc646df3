import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BreachFile } from '../../../src/main/health/breach-file.ts';
import { HealthError } from '../../../src/main/health/health-error.ts';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import {
  asName,
  byHash,
  CountingFile,
  entriesFor,
  listBytes,
  nameOf,
  sha1Digits,
  vastFile,
  vastHash,
  type Entry,
  type ListForm,
} from './breach-lists.ts';

const hexDigits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 15 }), { minLength: length, maxLength: length })
    .map((digits) =>
      digits
        .map((digit) => digit.toString(16))
        .join('')
        .toUpperCase(),
    );

/** Evenly spread hashes, and heaps of hashes that begin alike: there guessing a place by value fails. */
const hashes = fc.oneof(
  hexDigits(40),
  hexDigits(4).map((end) => `7${'A'.repeat(35)}${end}`),
  hexDigits(38).map((end) => `00${end}`),
);

const entries = fc
  .uniqueArray(fc.tuple(hashes, fc.integer({ min: 0, max: 999_999_999 })), {
    minLength: 1,
    maxLength: 500,
    selector: ([hash]) => hash,
    size: 'max',
  })
  .map((list): Entry[] => list.sort(byHash));

const form: fc.Arbitrary<ListForm> = fc.record({
  newline: fc.constantFrom('\n' as const, '\r\n' as const),
  isUpper: fc.boolean(),
  endsWithNewline: fc.boolean(),
  hasMark: fc.boolean(),
});

/** The answer by reading every line. */
function scan(bytes: Uint8Array, hash: string): number {
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  const line = lines.find((text) => text.slice(0, 40).toUpperCase() === hash);
  return line && /^[0-9A-Fa-f]{40}:\d{1,10}$/.test(line) ? Number(line.slice(41)) : 0;
}

const reasonOf = async (action: () => Promise<unknown>): Promise<unknown> => {
  try {
    await action();
  } catch (error) {
    if (error instanceof HealthError) return [error.code, error.details.reason];
    throw error;
  }
  return 'none';
};

const openReason = (bytes: Uint8Array) => reasonOf(() => BreachFile.open(CountingFile.of(bytes)));

describe('BreachFile.lookUp', () => {
  it('answers as reading every line does, for any list in any form and any hashes', async () => {
    await fc.assert(
      fc.asyncProperty(entries, form, fc.array(hashes), fc.nat(), async (list, how, more, seed) => {
        const bytes = listBytes(list, how);
        const present = list.filter((_, index) => (index + seed) % 3 === 0).map(([hash]) => hash);
        const asked = [...more, ...present, ...present.slice(0, 2)].sort(
          (a, b) => ((a.charCodeAt(39) * 31 + seed) % 7) - ((b.charCodeAt(39) * 31 + seed) % 7),
        );
        const file = await BreachFile.open(CountingFile.of(bytes));
        expect(await file.lookUp(asked.map(asName))).toEqual(
          asked.map((hash) => scan(bytes, hash)),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('finds every password of a list, first and last line among them, and none that is not in it', async () => {
    const list = entriesFor(2000);
    const file = await BreachFile.open(CountingFile.of(listBytes(list)));
    const names = Array.from({ length: 3000 }, (_, index) => nameOf(`password ${String(index)}`));
    const counts = await file.lookUp(names);
    expect(counts).toEqual(
      Array.from({ length: 3000 }, (_, index) => (index < 2000 ? index + 1 : 0)),
    );
    const ends = [list[0], list.at(-1)].map((entry) => entry ?? ['', 0]);
    expect(await file.lookUp(ends.map(([hash]) => asName(String(hash))))).toEqual(
      ends.map(([, count]) => count),
    );
  });

  it('answers with the known hash of "password"', async () => {
    const hash = '5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8';
    const list: Entry[] = [...entriesFor(50), [hash, 9_659_365] as const].sort(byHash);
    const file = await BreachFile.open(CountingFile.of(listBytes(list)));
    expect(await file.lookUp([nameOf('password'), nameOf('Password')])).toEqual([9_659_365, 0]);
  });

  it('reads at most 40 blocks of 4 KiB for one hash in 40 GB, mostly 5 or fewer', async () => {
    const lines = 930_000_000;
    const even = (line: number) => line / lines;
    const vast = vastFile(lines, even);
    const file = await BreachFile.open(vast);
    expect(file.facts.sizeBytes).toBeGreaterThan(40e9);
    const reads: number[] = [];
    for (let index = 0; index < 200; index++) {
      const line = Math.floor((index * lines) / 200.5);
      vast.reads = 0;
      expect(await file.lookUp([asName(vastHash(line, even))])).toEqual([7]);
      reads.push(vast.reads);
    }
    reads.sort((a, b) => a - b);
    expect(reads.at(-1)).toBeLessThanOrEqual(40);
    expect(reads[190]).toBeLessThanOrEqual(5);
    expect(vast.longestRead).toBe(4096);
  });

  it('reads at most 40 blocks where the hashes are spread as unevenly as can be', async () => {
    const lines = 930_000_000;
    for (const uneven of [
      (line: number) => (line / lines) ** 12,
      (line: number) => 1 - (1 - line / lines) ** 12,
      (line: number) => (line < lines - 2 ? line / lines / 1e6 : 0.999_999),
    ]) {
      const vast = vastFile(lines, uneven);
      const file = await BreachFile.open(vast);
      for (let index = 0; index < 60; index++) {
        const line = Math.floor((index * lines) / 59.5);
        vast.reads = 0;
        expect(await file.lookUp([asName(vastHash(line, uneven))])).toEqual([7]);
        expect(vast.reads).toBeLessThanOrEqual(40);
      }
    }
  });

  it('shares reads between hashes that lie near each other', async () => {
    const list = entriesFor(2000);
    const counting = CountingFile.of(listBytes(list));
    const file = await BreachFile.open(counting);
    counting.reads = 0;
    await file.lookUp(list.map(([hash]) => asName(hash)));
    const blocks = Math.ceil(counting.size / 4096);
    expect(counting.reads).toBeLessThanOrEqual(blocks * 3);
  });

  it('says how far it is, never backwards, and ends at the whole', async () => {
    const file = await BreachFile.open(CountingFile.of(listBytes(entriesFor(3000))));
    const seen: number[] = [];
    const names = Array.from({ length: 100 }, (_, index) =>
      nameOf(`password ${String(index * 40)}`),
    );
    await file.lookUp(names, {
      onProgress: (done, total) => {
        expect(total).toBe(100);
        seen.push(done);
      },
    });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(100);
    expect(seen.length).toBeGreaterThan(10);
  });

  it('answers nothing asked with nothing, without a read', async () => {
    const counting = CountingFile.of(listBytes(entriesFor(10)));
    const file = await BreachFile.open(counting);
    counting.reads = 0;
    expect([await file.lookUp([]), counting.reads]).toEqual([[], 0]);
  });

  it('stops before the next read when aborted', async () => {
    const counting = CountingFile.of(listBytes(entriesFor(3000)));
    const file = await BreachFile.open(counting);
    counting.reads = 0;
    const stopping = new AbortController();
    const looking = file.lookUp(
      entriesFor(500).map(([hash]) => asName(hash)),
      {
        signal: stopping.signal,
        onProgress: () => stopping.abort(new Error('enough')),
      },
    );
    await expect(looking).rejects.toThrow('enough');
    expect(counting.reads).toBe(1);
  });

  it('gives the right answer or the typed error whatever byte of the list is changed', async () => {
    const list = entriesFor(400);
    const names = list.map(([hash]) => hash);
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 17_000 }),
        fc.integer({ min: 0, max: 255 }),
        fc.nat({ max: 399 }),
        async (place, byte, asked) => {
          const bytes = listBytes(list);
          bytes[place % bytes.length] = byte;
          const hash = names[asked] ?? '';
          try {
            const file = await BreachFile.open(CountingFile.of(bytes));
            expect(await file.lookUp([asName(hash)])).toEqual([scan(bytes, hash)]);
          } catch (error) {
            if (!(error instanceof HealthError)) throw error;
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('BreachFile.open', () => {
  it('knows whether the list is whole, and about how long it is', async () => {
    const whole = [
      ...entriesFor(5000),
      ['00000' + 'A'.repeat(35), 3] as const,
      ['F'.repeat(40), 1] as const,
    ];
    const file = await BreachFile.open(CountingFile.of(listBytes(whole.sort(byHash))));
    expect(file.facts.isWhole).toBe(true);
    expect(file.facts.estimatedHashes).toBeGreaterThan(4900);
    expect(file.facts.estimatedHashes).toBeLessThan(5100);
    const part = await BreachFile.open(CountingFile.of(listBytes(entriesFor(50))));
    expect(part.facts.isWhole).toBe(false);
  });

  it('looks at no more than 18 blocks, however long the list', async () => {
    const vast = vastFile(930_000_000, (line) => line / 930_000_000);
    await BreachFile.open(vast);
    expect(vast.reads).toBeLessThanOrEqual(18);
  });

  const one = `${sha1Digits('a')}:1`;
  const lines = (line: (index: number) => string) =>
    toUtf8(Array.from({ length: 300 }, (_, index) => line(index)).join('\r\n'));
  const refused: readonly (readonly [string, Uint8Array, string])[] = [
    ['an empty file', new Uint8Array(), 'empty'],
    ['a byte order mark and nothing', toUtf8('\ufeff'), 'empty'],
    ['the NTLM list', lines((index) => `${sha1Digits(String(index)).slice(0, 32)}:4`), 'ntlm'],
    ['one NTLM line', toUtf8('8846F7EAEE8FB117AD06BDD830B7586C:3'), 'ntlm'],
    ['an NTLM range', toUtf8('7EAEE8FB117AD06BDD830B7586C:3\r\n'), 'ntlm'],
    ['one range of the folder', toUtf8(`${'0'.repeat(35)}:3\r\n`), 'single-range'],
    ['hashes without counts', lines((index) => sha1Digits(String(index))), 'without-counts'],
    ['the list sorted by count', lines((index) => `${sha1Digits(String(index))}:9`), 'not-sorted'],
    [
      'two lines in the wrong order',
      toUtf8(`${'B'.repeat(40)}:1\n${'A'.repeat(40)}:1\n`),
      'not-sorted',
    ],
    ['a zip', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), 'compressed'],
    ['a 7z', Uint8Array.of(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0), 'compressed'],
    ['a gzip', Uint8Array.of(0x1f, 0x8b, 8, 0), 'compressed'],
    ['prose', toUtf8('Dear all,\r\nplease find enclosed.\r\n'), 'foreign'],
    ['passwords in clear', toUtf8('123456\npassword\nqwerty\n'), 'foreign'],
    ['SHA-256', toUtf8(`${'a'.repeat(64)}:1\n`), 'foreign'],
    ['a semicolon', toUtf8(`${one.replace(':', ';')}\n`), 'foreign'],
    ['a space before the count', toUtf8(`${one.replace(':', ': ')}\n`), 'foreign'],
    ['a count of eleven digits', toUtf8(`${one}0000000000\n`), 'foreign'],
    ['a negative count', toUtf8(`${one.replace(':', ':-')}\n`), 'foreign'],
    ['UTF-16', new Uint8Array(Buffer.from(`\ufeff${one}\r\n`, 'utf16le')), 'foreign'],
    ['zeros', new Uint8Array(9000), 'foreign'],
  ];
  it.each(refused)('refuses %s', async (_, bytes, reason) => {
    expect(await openReason(bytes)).toEqual(['health/breach-file-not-recognised', reason]);
  });

  it('refuses two sorted lists one after the other', async () => {
    const half = listBytes(entriesFor(3000));
    const both = new Uint8Array([...half, ...half]);
    expect(await openReason(both)).toEqual(['health/breach-file-not-recognised', 'not-sorted']);
  });

  it('reports a download that broke off within a line, wherever it did', async () => {
    const bytes = listBytes(entriesFor(300));
    for (let cut = 4; cut < 40; cut++) {
      expect(await openReason(bytes.subarray(0, bytes.length - cut))).toEqual([
        'health/breach-file-damaged',
        'truncated',
      ]);
    }
  });

  it('reports zeros at the end, as a file that was made longer before it was written has', async () => {
    const bytes = new Uint8Array(200_000);
    bytes.set(listBytes(entriesFor(3000)));
    expect((await openReason(bytes)) as unknown[]).toContain('health/breach-file-damaged');
  });

  it('reports a file that got shorter, and one that cannot be read', async () => {
    const bytes = listBytes(entriesFor(3000));
    const shorter = new CountingFile(bytes.length + 5000, (offset, length) =>
      bytes.subarray(offset, offset + length),
    );
    const failing = new CountingFile(bytes.length, () => {
      throw new Error('EIO');
    });
    const expected = ['health/breach-file-damaged', 'read-failed'];
    expect(await reasonOf(() => BreachFile.open(shorter))).toEqual(expected);
    expect(await reasonOf(() => BreachFile.open(failing))).toEqual(expected);
  });

  it('reports disorder and damage between the samples when the search comes upon it', async () => {
    const list = entriesFor(20_000);
    const swapped = [...list];
    const at = 10_700;
    for (let index = at; index < at + 60; index++) {
      swapped[index] = list[at + 59 - (index - at)] ?? ['', 0];
    }
    const hash = asName(list[at + 20]?.[0] ?? '');
    const disordered = await BreachFile.open(CountingFile.of(listBytes(swapped)));
    expect(await reasonOf(() => disordered.lookUp([hash]))).toEqual([
      'health/breach-file-damaged',
      'out-of-order',
    ]);
    const bytes = listBytes(list);
    const middle = Math.floor((bytes.length * (at + 20)) / list.length);
    bytes.fill(0, middle - 2000, middle + 2000);
    const zeroed = await BreachFile.open(CountingFile.of(bytes));
    expect(await reasonOf(() => zeroed.lookUp([hash]))).toEqual([
      'health/breach-file-damaged',
      'malformed-line',
    ]);
  });

  it('reports two lines in the wrong order, and lines that are in order but out of place', async () => {
    const at = 10_700;
    const hash = asName(entriesFor(20_000)[at]?.[0] ?? '');
    const swapped = entriesFor(20_000);
    swapped.splice(at + 2, 2, ...swapped.slice(at + 2, at + 4).reverse());
    const misplaced = entriesFor(20_000);
    const low = Array.from({ length: 400 }, (_, index): Entry => [
      index.toString(16).padStart(40, '0'),
      1,
    ]);
    misplaced.splice(at - 200, 400, ...low);
    for (const list of [swapped, misplaced]) {
      const file = await BreachFile.open(CountingFile.of(listBytes(list)));
      expect(await reasonOf(() => file.lookUp([hash]))).toEqual([
        'health/breach-file-damaged',
        'out-of-order',
      ]);
    }
  });
});
