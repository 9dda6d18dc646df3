// The fuzzer finds what it is there for: untyped errors, slow inputs, hungry inputs; and makes an input again.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { CodecError } from '../../../src/main/codec/codec-error.ts';
import { LONGEST_MS, MOST_BYTES, fuzzParser, inputOf } from './fuzz-parser.ts';
import { bytesTarget, type FuzzTarget, jsonTarget } from './fuzz-target.ts';
import { fuzzTargets } from './targets.ts';

const seeds = [Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)];
const run = (target: FuzzTarget, count: number) =>
  fuzzParser({ target, seed: 'test', collectGarbage: () => undefined }, count);

function faulty(parse: (input: Uint8Array) => unknown, throwsTypeError = false): FuzzTarget {
  return bytesTarget({ name: 'faulty', seeds, parse, throwsTypeError });
}

describe('fuzzParser', () => {
  it('counts what is taken and what is refused with a code', async () => {
    const target = faulty((input) => {
      if (input.length !== 8) throw new CodecError('another length');
    });
    const report = await run(target, 300);
    expect(report.faults).toEqual([]);
    expect(report.taken + (report.refused['codec/malformed'] ?? 0)).toBe(300);
    expect(report.taken).toBeGreaterThan(0);
  });

  it('reports an error without a code, with the number that makes the input again', async () => {
    const target = faulty((input) => {
      if (input.length === 0) throw new RangeError('out of range');
    });
    const { faults } = await run(target, 300);
    expect(faults.length).toBeGreaterThan(0);
    const number = Number(/input (\d+)/.exec(faults[0] ?? '')?.[1]);
    expect(faults[0]).toContain('seed test');
    expect(inputOf({ target, seed: 'test' }, number)).toHaveLength(0);
  });

  it('takes a TypeError from those alone that say they throw it', async () => {
    const parse = (): never => {
      throw new TypeError('by design');
    };
    expect((await run(faulty(parse, true), 10)).faults).toEqual([]);
    expect((await run(faulty(parse), 10)).faults).toHaveLength(10);
  });

  it('reports a rejected promise as it does a thrown error', async () => {
    const target = faulty(() => Promise.reject(new RangeError('later')));
    expect((await run(target, 5)).faults).toHaveLength(5);
  });

  it('reports an input that takes too long', async () => {
    const target = faulty(() => {
      // Of the processor's own time, so that a busy machine makes no difference.
      const before = process.threadCpuUsage();
      while (process.threadCpuUsage(before).user < 4000 * LONGEST_MS);
    });
    const { faults, slowest } = await run(target, 1);
    // Asking for the time leaves garbage behind, which may be a second fault.
    expect(faults.some((fault) => fault.includes(' ms '))).toBe(true);
    expect(slowest.ms).toBeGreaterThan(LONGEST_MS);
  });

  it('reports the one input that takes too much memory', async () => {
    let kept: Uint8Array | null = null;
    let calls = 0;
    const target = faulty((input) => {
      calls += 1;
      if (input[0] === 1 && input.length === 8) kept = new Uint8Array(2 * MOST_BYTES).fill(1);
    });
    const { faults } = await run(target, 40);
    expect(kept).not.toBeNull();
    expect(faults.some((fault) => fault.includes('bytes'))).toBe(true);
    expect(calls).toBeGreaterThan(80);
  });
});

describe('the table of parsers', () => {
  it('has no name twice', async () => {
    const names = (await fuzzTargets()).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('takes the sound inputs that it starts from', async () => {
    // Every target sees some of its seeds whole: of 400 inputs some keep what makes them sound.
    for (const target of await fuzzTargets()) {
      const { taken } = await run(target, 400);
      expect(taken, target.name).toBeGreaterThan(0);
    }
  });
});

describe('jsonTarget', () => {
  it('hands over values with keys that a careless parser would trip over', async () => {
    const keys = new Set<string>();
    const target = jsonTarget({
      name: 'keys',
      seeds: [{ a: { b: 1 } }],
      parse: (value) => {
        if (typeof value === 'object' && value !== null)
          Object.keys(value).forEach((k) => keys.add(k));
      },
    });
    await run(target, 500);
    expect(keys).toContain('__proto__');
  });
});
