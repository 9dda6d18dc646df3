// ByteSlabs: many small byte strings that are kept, in few large pieces of memory. Each in memory of its own would lie
// among the short-lived ones that unlocking makes, and keep what those leave behind from going back to the system.
// SPDX-License-Identifier: MIT

const SLAB_BYTES = 1024 * 1024;

export class ByteSlabs {
  #slab = new Uint8Array(0);
  #end = 0;

  /** A copy of `bytes`, which are erased. */
  keep(bytes: Uint8Array): Uint8Array {
    if (this.#end + bytes.length > this.#slab.length) {
      this.#slab = new Uint8Array(Math.max(SLAB_BYTES, bytes.length));
      this.#end = 0;
    }
    const kept = this.#slab.subarray(this.#end, this.#end + bytes.length);
    kept.set(bytes);
    bytes.fill(0);
    this.#end += bytes.length;
    return kept;
  }
}
