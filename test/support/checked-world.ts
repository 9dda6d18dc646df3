// A vault world on a clock that is turned by hand, past what begins with unlocking: the check of all rows and the upkeep.
// SPDX-License-Identifier: MIT

import { HandClock } from './hand-clock.ts';
import { PASSWORD } from './presented-secrets.ts';
import { VaultWorld } from './vault-world.ts';

export const DAY_MS = 24 * 60 * 60 * 1_000;

export class CheckedWorld extends VaultWorld {
  readonly clock: HandClock;

  constructor(clock = new HandClock()) {
    super(clock);
    this.clock = clock;
  }

  /** With an empty vault. */
  async make(): Promise<void> {
    await this.create();
    await this.#checkAll();
  }

  async unlockAndCheck(password = PASSWORD): Promise<void> {
    await this.unlock(password);
    await this.#checkAll();
  }

  async reopen(password = PASSWORD, afterMs = 0): Promise<void> {
    await this.close();
    this.clock.turn(afterMs);
    await this.unlockAndCheck(password);
  }

  async #checkAll(): Promise<void> {
    const before = this.announced['integrity:checked'].length;
    this.clock.turn(1);
    await this.checked(before + 1);
    await this.settled();
  }
}
