// How ceremonies end before their time: the timer, the page's abort, a consent port that refuses.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/shared/errors.ts';
import {
  CeremonyWorld,
  creationOptions,
  failureOf,
  ORIGIN,
  requestOptions,
  worldWithPasskey,
} from '../../support/ceremony-world.ts';
import { approve, DENY, NO_ANSWER } from '../../support/scripted-consent.ts';

describe('time', () => {
  it.each([
    [undefined, 'required', 300_000],
    [undefined, 'preferred', 300_000],
    [undefined, 'discouraged', 120_000],
    [0, 'preferred', 30_000],
    [29_999, 'required', 30_000],
    [60_000, 'preferred', 60_000],
    [600_001, 'preferred', 600_000],
    [180_001, 'discouraged', 180_000],
    [1e300, 'required', 600_000],
  ])('turns the timeout %s with %s into %i ms', async (timeout, userVerification, expected) => {
    const { world } = await worldWithPasskey(() => NO_ANSWER);
    const asking = failureOf(world.get(requestOptions({ timeout, userVerification })));
    await new Promise(setImmediate);
    expect(world.consent.prompts[0]?.expiresAt).toBe(world.clock.now() + expected);
    world.clock.turn(expected - 1);
    await new Promise(setImmediate);
    expect(world.consent.closed).toBe(0);
    world.clock.turn(1);
    expect(await asking).toEqual({ name: 'NotAllowedError', reason: 'timed-out' });
    expect(world.consent.closed).toBe(1);
  });

  it('runs while the request waits for its turn, and ends the waiting', async () => {
    const world = new CeremonyWorld();
    const { promise: turn, resolve } = Promise.withResolvers<undefined>();
    world.consent.turn = turn;
    const asking = failureOf(world.create());
    world.clock.turn(300_000);
    expect((await asking).reason).toBe('timed-out');
    expect(world.consent.requests[0]?.signal.aborted).toBe(true);
    resolve(undefined);
    await new Promise(setImmediate);
    expect([world.consent.prompts.length, world.consent.closed]).toEqual([0, 1]);
  });

  it('takes no answer that comes too late', async () => {
    const { promise: late, resolve } = Promise.withResolvers<undefined>();
    const world = new CeremonyWorld('late', async (shown) => {
      await late;
      return approve(shown);
    });
    const asking = failureOf(world.create());
    await new Promise(setImmediate);
    world.clock.turn(300_000);
    expect((await asking).reason).toBe('timed-out');
    resolve(undefined);
    await new Promise(setImmediate);
    expect(world.store.sources).toEqual([]);
  });

  it('leaves no timer behind', async () => {
    const { world } = await worldWithPasskey();
    await world.get();
    world.consent.script = () => DENY;
    await failureOf(world.get());
    expect(world.clock.pending).toBe(0);
  });
});

describe('abort', () => {
  it('before the call: no window', async () => {
    const world = new CeremonyWorld();
    const failure = await failureOf(world.create(creationOptions(), ORIGIN, AbortSignal.abort()));
    expect(failure).toEqual({ name: 'AbortError', reason: 'aborted' });
    expect(world.consent.requests).toEqual([]);
  });

  it.each(['create', 'get'] as const)(
    'while the window is up closes it (%s)',
    async (operation) => {
      const { world } = await worldWithPasskey(() => NO_ANSWER);
      const controller = new AbortController();
      const asking =
        operation === 'create'
          ? failureOf(world.create(creationOptions(), ORIGIN, controller.signal))
          : failureOf(world.get(requestOptions(), ORIGIN, controller.signal));
      await new Promise(setImmediate);
      expect(world.consent.prompts.length).toBe(1);
      controller.abort('whatever the page says');
      expect(await asking).toEqual({ name: 'AbortError', reason: 'aborted' });
      expect(world.consent.closed).toBe(1);
      expect(world.consent.requests[0]?.signal.aborted).toBe(true);
    },
  );

  it('between approval and answer signs nothing', async () => {
    const controller = new AbortController();
    const { world } = await worldWithPasskey((shown) => {
      controller.abort();
      return approve(shown);
    });
    const failure = await failureOf(world.get(requestOptions(), ORIGIN, controller.signal));
    expect(failure).toEqual({ name: 'AbortError', reason: 'aborted' });
    expect(world.store.calls.openPrivateKey).toBe(0);
  });

  it('after the end changes nothing', async () => {
    const { world } = await worldWithPasskey();
    const controller = new AbortController();
    const response = await world.get(requestOptions(), ORIGIN, controller.signal);
    controller.abort();
    expect(response.type).toBe('public-key');
  });
});

describe('a consent port that refuses', () => {
  it.each([
    ['approvals/queue-full', 'NotAllowedError', 'too-many-requests'],
    ['approvals/gone', 'NotAllowedError', 'denied'],
    ['ipc/internal', 'UnknownError', 'internal'],
  ] as const)('%s becomes %s (%s)', async (code, name, reason) => {
    const { world } = await worldWithPasskey();
    world.consent.turn = Promise.reject(new AppError(code, 'told to refuse'));
    expect(await failureOf(world.get())).toEqual({ name, reason });
    expect(world.clock.pending).toBe(0);
  });
});
