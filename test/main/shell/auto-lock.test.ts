import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { AutoLock, IDLE_CHECK_MS } from '../../../src/main/shell/auto-lock.ts';
import { HandClock } from '../../support/hand-clock.ts';

function world() {
  const presence = Object.assign(new EventEmitter(), {
    idle: 0,
    getSystemIdleTime: () => presence.idle,
  });
  const clock = new HandClock();
  let locks = 0;
  const autoLock: AutoLock = new AutoLock({
    presence,
    clock,
    lock: () => {
      locks += 1;
      autoLock.stop();
    },
    idleLimitSeconds: () => 600,
  });
  return { presence, clock, autoLock, locks: () => locks };
}

describe('AutoLock', () => {
  it('locks when nobody was there for the limit, not a second before', () => {
    const { presence, clock, autoLock, locks } = world();
    autoLock.start();
    presence.idle = 599;
    clock.turn(IDLE_CHECK_MS);
    expect(locks()).toBe(0);
    presence.idle = 600;
    clock.turn(IDLE_CHECK_MS);
    expect(locks()).toBe(1);
  });

  it.each(['suspend', 'lock-screen', 'user-did-resign-active'])('locks at once on %s', (event) => {
    const { presence, autoLock, locks } = world();
    autoLock.start();
    presence.emit(event);
    expect(locks()).toBe(1);
  });

  it('does nothing and ticks nowhere while the vault is locked', () => {
    const { presence, clock, autoLock, locks } = world();
    presence.emit('suspend');
    autoLock.start();
    autoLock.stop();
    presence.idle = 10_000;
    clock.turn(60_000);
    presence.emit('lock-screen');
    expect([locks(), clock.pending]).toEqual([0, 0]);
  });
});
