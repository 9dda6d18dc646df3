// The one secret that is in sight, and its end: it hides by itself, when another item is chosen, or on request.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { Clock } from '../../shared/clock.ts';
import type { ItemField } from '../../shared/model/item.ts';
import { Store } from '../store.ts';

export interface Revealed {
  readonly id: ItemId;
  readonly field: ItemField;
  readonly value: string;
  /** Milliseconds since the epoch. */
  readonly hidesAt: number;
}

type Reveal = (input: {
  id: ItemId;
  field: ItemField;
}) => Promise<{ readonly value: string; readonly hideAfterMs: number }>;

export class Revealer {
  readonly state = new Store<Revealed | null>(null);
  readonly #reveal: Reveal;
  readonly #clock: Clock;
  #generation = 0;
  #cancelTimer: () => void = () => undefined;

  constructor(reveal: Reveal, clock: Clock) {
    this.#reveal = reveal;
    this.#clock = clock;
  }

  async reveal(id: ItemId, field: ItemField): Promise<void> {
    this.hide();
    const generation = ++this.#generation;
    const { value, hideAfterMs } = await this.#reveal({ id, field });
    if (generation !== this.#generation) return;
    this.state.set({ id, field, value, hidesAt: this.#clock.now() + hideAfterMs });
    this.#cancelTimer = this.#clock.after(hideAfterMs, () => {
      this.hide();
    });
  }

  hide(): void {
    this.#generation += 1;
    this.#cancelTimer();
    this.#cancelTimer = () => undefined;
    this.state.set(null);
  }

  /** Hides what belongs to another item than `id`. */
  hideUnless(id: ItemId | null): void {
    const shown = this.state.get();
    if (shown && shown.id !== id) this.hide();
  }
}
