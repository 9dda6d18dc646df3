// SPDX-License-Identifier: MIT

import { beforeEach, describe, expect, it } from 'vitest';
import {
  ApprovalArming,
  ARM_DELAY_MS,
  HOLD_MS,
} from '../../../src/renderer/approval/approval-arming.ts';
import { HandClock } from '../../support/hand-clock.ts';

let clock: HandClock;
let arming: ApprovalArming;

beforeEach(() => {
  clock = new HandClock();
  arming = new ApprovalArming(clock);
  arming.restart();
});

describe('ApprovalArming', () => {
  it('is not armed before the prompt has been shown at all', () => {
    expect(new ApprovalArming(clock).isArmed).toBe(false);
  });

  it.each([0, 1, 350, ARM_DELAY_MS - 1])('refuses a whole press after %i ms', (ms) => {
    clock.turn(ms);
    arming.pressBegins();
    expect(arming.pressEnds()).toBe(false);
  });

  it('takes a press that begins once it is armed', () => {
    clock.turn(ARM_DELAY_MS);
    expect(arming.state.get().isArmed).toBe(true);
    arming.pressBegins();
    expect(arming.pressEnds()).toBe(true);
  });

  it('refuses a press that began before and ended after arming', () => {
    clock.turn(ARM_DELAY_MS - 1);
    arming.pressBegins();
    clock.turn(500);
    expect(arming.pressEnds()).toBe(false);
  });

  it('refuses a release without a press', () => {
    clock.turn(ARM_DELAY_MS);
    expect(arming.pressEnds()).toBe(false);
  });

  it('takes one press for one approval', () => {
    clock.turn(ARM_DELAY_MS);
    arming.pressBegins();
    expect([arming.pressEnds(), arming.pressEnds()]).toEqual([true, false]);
  });

  it('starts over on a restart, and forgets the press in progress', () => {
    clock.turn(ARM_DELAY_MS);
    arming.pressBegins();
    arming.restart();
    expect(arming.isArmed).toBe(false);
    expect(arming.state.get().isArmed).toBe(false);
    clock.turn(ARM_DELAY_MS);
    expect(arming.pressEnds()).toBe(false);
  });

  it('does not arm from the timer of before a restart', () => {
    clock.turn(ARM_DELAY_MS - 100);
    arming.restart();
    clock.turn(100);
    expect(arming.state.get().isArmed).toBe(false);
    clock.turn(ARM_DELAY_MS - 100);
    expect(arming.state.get().isArmed).toBe(true);
  });

  it('takes a key that is held long enough', () => {
    clock.turn(ARM_DELAY_MS);
    arming.holdBegins(false);
    clock.turn(HOLD_MS);
    expect(arming.holdEnds()).toBe(true);
  });

  it('refuses a key that is let go too soon', () => {
    clock.turn(ARM_DELAY_MS);
    arming.holdBegins(false);
    clock.turn(HOLD_MS - 1);
    expect(arming.holdEnds()).toBe(false);
  });

  it('refuses a key that was held over from elsewhere', () => {
    clock.turn(ARM_DELAY_MS);
    arming.holdBegins(true);
    clock.turn(HOLD_MS * 3);
    expect(arming.holdEnds()).toBe(false);
  });

  it('refuses a key that went down before arming, however long it is held', () => {
    arming.holdBegins(false);
    clock.turn(ARM_DELAY_MS + HOLD_MS * 3);
    arming.holdBegins(true);
    expect(arming.holdEnds()).toBe(false);
  });

  it('is disarmed for good once stopped', () => {
    clock.turn(ARM_DELAY_MS);
    arming.stop();
    arming.pressBegins();
    expect(arming.pressEnds()).toBe(false);
  });
});
