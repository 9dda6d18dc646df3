// Locks by itself: after idle time, when the machine sleeps, when the screen is locked or the user is switched.
// SPDX-License-Identifier: MIT

import type { Clock } from '../../shared/clock.ts';

/** The part of Electron's powerMonitor that says whether somebody is there. */
export interface PresencePort {
  /** Seconds since the last input anywhere on the desktop. */
  getSystemIdleTime(): number;
  on(event: 'suspend' | 'lock-screen' | 'user-did-resign-active', listener: () => void): unknown;
}

/** How often the idle time is looked at while the vault is unlocked. */
export const IDLE_CHECK_MS = 5_000;

export class AutoLock {
  readonly #presence: PresencePort;
  readonly #clock: Clock;
  readonly #lock: () => void;
  readonly #idleLimitSeconds: () => number;
  #cancelCheck: (() => void) | null = null;

  constructor(ports: {
    presence: PresencePort;
    clock: Clock;
    lock: () => void;
    idleLimitSeconds: () => number;
  }) {
    this.#presence = ports.presence;
    this.#clock = ports.clock;
    this.#lock = ports.lock;
    this.#idleLimitSeconds = ports.idleLimitSeconds;
    for (const event of ['suspend', 'lock-screen', 'user-did-resign-active'] as const) {
      this.#presence.on(event, () => {
        if (this.#cancelCheck) this.#lock();
      });
    }
  }

  /** Watches from now on: the vault is unlocked. */
  start(): void {
    this.#cancelCheck?.();
    this.#cancelCheck = this.#clock.after(IDLE_CHECK_MS, () => {
      if (this.#presence.getSystemIdleTime() >= this.#idleLimitSeconds()) this.#lock();
      else this.start();
    });
  }

  /** Stops watching: the vault is locked, and nothing ticks. */
  stop(): void {
    this.#cancelCheck?.();
    this.#cancelCheck = null;
  }
}
