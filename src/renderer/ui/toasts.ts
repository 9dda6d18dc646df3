// Short messages that pass: what was done, with the way back where there is one. Time comes from a Clock.
// SPDX-License-Identifier: MIT

import type { Clock } from '../../shared/clock.ts';
import { Store } from '../store.ts';

export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

export interface ToastContent {
  readonly text: string;
  readonly tone?: 'plain' | 'good' | 'bad';
  readonly action?: ToastAction;
}

export interface Toast extends ToastContent {
  readonly id: number;
}

const SHOWN_MS = 6000;
/** Long enough to read three sentences, or to reach for the way back. */
const SHOWN_LONG_MS = 12_000;
const MOST_AT_ONCE = 2;

export class Toasts {
  readonly list = new Store<readonly Toast[]>([]);
  readonly #clock: Clock;
  #lastId = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Shows a message and returns the way to take it back. */
  show(content: ToastContent): () => void {
    const id = ++this.#lastId;
    this.list.update((toasts) => [...toasts, { ...content, id }].slice(-MOST_AT_ONCE));
    const isLong = content.action !== undefined || content.tone === 'bad';
    const close = (): void => {
      this.close(id);
    };
    this.#clock.after(isLong ? SHOWN_LONG_MS : SHOWN_MS, close);
    return close;
  }

  close(id: number): void {
    this.list.update((toasts) => toasts.filter((toast) => toast.id !== id));
  }
}
