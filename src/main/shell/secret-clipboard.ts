// Secrets on the clipboard: put there by the main side, taken away after a while if they are still there, and at once
// on lock and quit. What somebody else copied meanwhile is left alone.
// SPDX-License-Identifier: MIT

import type { Clock } from '../../shared/clock.ts';

/** The clipboard of the desktop. */
export interface ClipboardPort {
  readText(): Promise<string>;
  writeText(text: string): Promise<void>;
  clear(): void;
}

export class SecretClipboard {
  readonly #clipboard: ClipboardPort;
  readonly #clock: Clock;
  readonly #onCleared: () => void;
  #ours: string | null = null;
  #cancelTimer: (() => void) | null = null;
  /** One access at a time: a clear between another's read and write would take the wrong thing away. */
  #last: Promise<void> = Promise.resolve();

  constructor(ports: { clipboard: ClipboardPort; clock: Clock; onCleared: () => void }) {
    this.#clipboard = ports.clipboard;
    this.#clock = ports.clock;
    this.#onCleared = ports.onCleared;
  }

  /** Puts `text` on the clipboard for `clearAfterMs`, in place of what we put there before. */
  write(text: string, clearAfterMs: number): Promise<void> {
    return this.#inTurn(async () => {
      this.#cancelTimer?.();
      // Known as ours before it is there, so that a lock in between still takes it away.
      this.#ours = text;
      await this.#clipboard.writeText(text);
      this.#cancelTimer = this.#clock.after(clearAfterMs, () => void this.clear());
    });
  }

  /** Clears the clipboard if it still holds what we put there; forgets it either way. */
  clear(): Promise<void> {
    return this.#inTurn(async () => {
      this.#cancelTimer?.();
      this.#cancelTimer = null;
      if (this.#ours === null) return;
      // Forgotten only once it was looked at: a read that fails leaves it to the next clear.
      const isStillOurs = (await this.#clipboard.readText()) === this.#ours;
      this.#ours = null;
      if (!isStillOurs) return;
      this.#clipboard.clear();
      this.#onCleared();
    });
  }

  #inTurn(action: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(action);
    // A failed access is the caller's to hear of; the next one starts all the same.
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
