// The one secret that is in sight, and its end: it hides by itself, when another item is chosen, or on request.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { Clock } from '../../shared/clock.ts';
import type { FieldRef, RevisionRef } from '../../shared/model/item.ts';
import { Store } from '../store.ts';

/** Names what is revealed: a field of an item, of one of its revisions or (null) as it is now. */
export interface RevealTarget {
  readonly id: ItemId;
  readonly field: FieldRef;
  readonly revision: RevisionRef | null;
}

export interface Revealed extends RevealTarget {
  readonly value: string;
  /** Milliseconds since the epoch. */
  readonly hidesAt: number;
}

type Reveal = (
  target: RevealTarget,
) => Promise<{ readonly value: string; readonly hideAfterMs: number }>;

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

  async reveal(id: ItemId, field: FieldRef, revision: RevisionRef | null = null): Promise<void> {
    this.hide();
    const generation = ++this.#generation;
    const { value, hideAfterMs } = await this.#reveal({ id, field, revision });
    if (generation !== this.#generation) return;
    const hidesAt = this.#clock.now() + hideAfterMs;
    this.state.set({ id, field, revision, value, hidesAt });
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

/** What is shown of `target` now; null while it is covered. */
export function revealedOf(shown: Revealed | null, target: RevealTarget): Revealed | null {
  const isIt =
    shown?.id === target.id && shown.field === target.field && shown.revision === target.revision;
  return isIt ? shown : null;
}
