// Two ends of a message pipe in one process: clones what it carries, delivers later and in order, can be closed.
// SPDX-License-Identifier: MIT

import type { MessagePipe } from '../../src/main/link/process-link.ts';

export interface PipeEnd {
  readonly pipe: MessagePipe;
  /** Ends the pipe on this side, as if the other process had gone. */
  close(): void;
}

class End implements PipeEnd, MessagePipe {
  readonly #listeners: ((message: unknown) => void)[] = [];
  readonly #closers: (() => void)[] = [];
  other: End | null = null;

  get pipe(): MessagePipe {
    return this;
  }

  post(message: unknown): void {
    const clone: unknown = structuredClone(message);
    queueMicrotask(() => {
      for (const listener of this.other?.listeners ?? []) listener(clone);
    });
  }

  get listeners(): readonly ((message: unknown) => void)[] {
    return this.#listeners;
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#listeners.push(listener);
  }

  onClose(listener: () => void): void {
    this.#closers.push(listener);
  }

  close(): void {
    for (const closer of this.#closers) closer();
  }
}

export function pipePair(): readonly [PipeEnd, PipeEnd] {
  const [left, right] = [new End(), new End()];
  left.other = right;
  right.other = left;
  return [left, right];
}
