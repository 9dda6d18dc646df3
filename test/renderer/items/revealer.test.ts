// SPDX-License-Identifier: MIT

import { beforeEach, describe, expect, it } from 'vitest';
import { revealedOf, Revealer } from '../../../src/renderer/items/revealer.ts';
import { HandClock } from '../../support/hand-clock.ts';
import { idOf } from '../support/memory-items.ts';

let clock: HandClock;
let revealer: Revealer;

beforeEach(() => {
  clock = new HandClock();
  revealer = new Revealer(
    ({ id }) => Promise.resolve({ value: `of ${id}`, hideAfterMs: 30_000 }),
    clock,
  );
});

describe('Revealer', () => {
  it('shows one secret until its time is up', async () => {
    await revealer.reveal(idOf(1), 'password');
    expect(revealer.state.get()).toMatchObject({ id: idOf(1), value: `of ${idOf(1)}` });
    clock.turn(29_999);
    expect(revealer.state.get()).not.toBeNull();
    clock.turn(1);
    expect(revealer.state.get()).toBeNull();
  });

  it('is not hidden early by the timer of the one before', async () => {
    await revealer.reveal(idOf(1), 'password');
    clock.turn(20_000);
    await revealer.reveal(idOf(2), 'password');
    clock.turn(20_000);
    expect(revealer.state.get()?.id).toBe(idOf(2));
  });

  it('hides when another item is chosen, and stays when the same is', async () => {
    await revealer.reveal(idOf(1), 'password');
    revealer.hideUnless(idOf(1));
    expect(revealer.state.get()).not.toBeNull();
    revealer.hideUnless(idOf(2));
    expect(revealer.state.get()).toBeNull();
  });

  it('does not show what was hidden before it came', async () => {
    const coming = revealer.reveal(idOf(1), 'password');
    revealer.hide();
    await coming;
    expect(revealer.state.get()).toBeNull();
  });

  it('shows nothing when it is refused', async () => {
    const refusing = new Revealer(() => Promise.reject(new Error('locked')), clock);
    await expect(refusing.reveal(idOf(1), 'password')).rejects.toThrow('locked');
    expect(refusing.state.get()).toBeNull();
  });

  it('tells fields and revisions of one item apart', async () => {
    await revealer.reveal(idOf(1), 'pin', `0-${idOf(1)}`);
    const shown = revealer.state.get();
    const target = { id: idOf(1), field: 'pin', revision: `0-${idOf(1)}` };
    expect(revealedOf(shown, target)).toBe(shown);
    expect(revealedOf(shown, { ...target, field: 'number' })).toBeNull();
    expect(revealedOf(shown, { ...target, revision: null })).toBeNull();
    expect(revealedOf(null, target)).toBeNull();
  });
});
