// SPDX-License-Identifier: MIT

import { beforeEach, describe, expect, it } from 'vitest';
import { toCodeGroups } from '../../../src/renderer/items/detail/code-row.tsx';
import { LiveCode } from '../../../src/renderer/items/detail/live-code.ts';
import type { CurrentCode } from '../../../src/shared/model/one-time-code.ts';
import { HandClock } from '../../support/hand-clock.ts';
import { currentCode } from '../support/memory-codes.ts';
import { timeCode } from '../support/stored-items.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

let clock: HandClock;
let asked: number;

beforeEach(() => {
  // 10.4 seconds into a period of 30.
  clock = new HandClock(Date.UTC(2026, 0, 1) + 10_400);
  asked = 0;
});

function live(get: () => Promise<CurrentCode>): LiveCode {
  return new LiveCode(() => {
    asked += 1;
    return get();
  }, clock);
}

const byTime = () => Promise.resolve(currentCode(timeCode(), clock.now()));

describe('LiveCode', () => {
  it('counts down on whole seconds with one timer', async () => {
    const code = live(byTime);
    code.start();
    await settle();
    expect(code.state.get()).toMatchObject({ leftMs: 19_600, periodMs: 30_000 });
    clock.turn(600);
    expect(code.state.get().leftMs).toBe(19_000);
    clock.turn(1000);
    expect(code.state.get().leftMs).toBe(18_000);
    expect([asked, clock.pending]).toEqual([1, 1]);
  });

  it('asks for the next code when its time is up', async () => {
    const code = live(byTime);
    code.start();
    await settle();
    const before = code.state.get().code;
    clock.turn(19_600);
    await settle();
    expect(asked).toBe(2);
    expect(code.state.get().code).not.toBe(before);
    expect(code.state.get().leftMs).toBe(30_000);
  });

  it('has no timer once it is stopped, nor when the answer comes after that', async () => {
    const code = live(byTime);
    const stop = code.start();
    await settle();
    stop();
    expect(clock.pending).toBe(0);
    code.start()();
    await settle();
    expect(clock.pending).toBe(0);
  });

  it('has no timer for a counter', async () => {
    const code = live(() => Promise.resolve(currentCode(timeCode({ type: 'hotp' }), 0)));
    code.start();
    await settle();
    expect(code.state.get()).toMatchObject({ code: '000000', leftMs: null });
    expect(clock.pending).toBe(0);
  });

  it('does not ask without a pause when the other clock is behind', async () => {
    const code = live(() =>
      Promise.resolve({ code: '123456', validUntil: clock.now() - 5000, periodMs: 30_000 }),
    );
    code.start();
    await settle();
    expect([asked, clock.pending]).toEqual([1, 1]);
    clock.turn(249);
    await settle();
    expect(asked).toBe(1);
    clock.turn(1);
    await settle();
    expect(asked).toBe(2);
  });

  it('keeps an error and asks no more', async () => {
    const code = live(() => Promise.reject(new Error('gone')));
    code.start();
    await settle();
    expect(code.state.get()).toMatchObject({ code: null, error: { code: 'ipc/internal' } });
    expect(clock.pending).toBe(0);
  });
});

describe('toCodeGroups', () => {
  it.each([
    ['482913', ['482', '913']],
    ['4829137', ['482', '9137']],
    ['48291377', ['4829', '1377']],
    ['2B4KP', ['2B4KP']],
    ['', ['']],
  ])('%s', (code, groups) => {
    expect(toCodeGroups(code)).toEqual(groups);
  });
});
