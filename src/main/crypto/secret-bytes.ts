// SecretBytes: a buffer with one owner, erased when that owner is done, and mute when printed.
// It shortens how long a secret lies in memory; it cannot promise that no copy was ever made.
// SPDX-License-Identifier: MIT

import { inspect } from 'node:util';

const MASK = '[secret]';

/** Owns secret bytes. Whoever holds one must `dispose()` it (or declare it with `using`). */
export class SecretBytes implements Disposable {
  #bytes: Uint8Array | null;

  private constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Takes ownership: `bytes` is copied and the argument is zeroed. */
  static take(bytes: Uint8Array): SecretBytes {
    const owned = Uint8Array.from(bytes);
    bytes.fill(0);
    return new SecretBytes(owned);
  }

  /** The number of bytes. Throws when disposed. */
  get length(): number {
    return this.#alive().length;
  }

  get isDisposed(): boolean {
    return this.#bytes === null;
  }

  /**
   * Lends the bytes for the length of `action`, which must neither keep nor change them.
   * An `async` action borrows until its promise settles; do not dispose before.
   */
  use<T>(action: (bytes: Uint8Array) => T): T {
    return action(this.#alive());
  }

  /** An independent owner of the same bytes. */
  clone(): SecretBytes {
    return new SecretBytes(Uint8Array.from(this.#alive()));
  }

  /** Zeroes the bytes. Safe to call again; any later use throws. */
  dispose(): void {
    this.#bytes?.fill(0);
    this.#bytes = null;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }

  #alive(): Uint8Array {
    if (this.#bytes === null) throw new Error('SecretBytes: used after dispose');
    return this.#bytes;
  }
}
