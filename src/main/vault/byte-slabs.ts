// ByteSlabs: many small byte strings that are kept, in few large pieces of memory. Each in memory of its own would lie
// among the short-lived ones that unlocking makes, and keep what those leave behind from going back to the system.
// SPDX-License-Identifier: MIT

const FIRST_SLAB_BYTES = 256 * 1024;
/** So large that allocators take it from the system by itself, and what was not written to yet costs nothing. */
const LARGEST_SLAB_BYTES = 8 * 1024 * 1024;

export class ByteSlabs {
  #slab = new Uint8Array(0);
  #end = 0;
  /** Of all slabs: the next one is as large as they are together. */
  #total = 0;

  /** A copy of `bytes`, which are erased. */
  keep(bytes: Uint8Array): Uint8Array {
    if (this.#end + bytes.length > this.#slab.length) this.#begin(bytes.length);
    const kept = this.#slab.subarray(this.#end, this.#end + bytes.length);
    kept.set(bytes);
    bytes.fill(0);
    this.#end += bytes.length;
    return kept;
  }

  #begin(fewest: number): void {
    const wanted = Math.min(LARGEST_SLAB_BYTES, Math.max(FIRST_SLAB_BYTES, this.#total));
    this.#slab = new Uint8Array(Math.max(wanted, fewest));
    this.#end = 0;
    this.#total += this.#slab.length;
  }
}
