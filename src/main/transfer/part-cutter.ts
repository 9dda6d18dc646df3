// Cuts `length u32 ‖ bytes` out of a stream that comes in pieces of any size.
// SPDX-License-Identifier: MIT

import { TransferError } from './transfer-error.ts';

const LENGTH_BYTES = 4;

export class PartCutter implements Disposable {
  readonly #length = new Uint8Array(LENGTH_BYTES);
  /** The part that is being filled; null while its length is. */
  #part: Uint8Array<ArrayBuffer> | null = null;
  #filled = 0;
  #taken = 0;

  /** Whether nothing of a part is left over. */
  get isBetween(): boolean {
    return this.#part === null && this.#filled === 0;
  }

  /** The parts that are complete with these bytes, each the caller's. `most`: how long the whole stream is. */
  *push(bytes: Uint8Array, most: number): Generator<Uint8Array<ArrayBuffer>> {
    for (let rest = bytes; rest.length > 0;) {
      const target = this.#part ?? this.#length;
      const piece = rest.subarray(0, target.length - this.#filled);
      target.set(piece, this.#filled);
      this.#filled += piece.length;
      this.#taken += piece.length;
      rest = rest.subarray(piece.length);
      const part = this.#completed(most);
      if (part !== null) yield part;
    }
  }

  [Symbol.dispose](): void {
    this.#part?.fill(0);
  }

  #completed(most: number): Uint8Array<ArrayBuffer> | null {
    if (this.#part === null) {
      if (this.#filled < LENGTH_BYTES) return null;
      this.#part = new Uint8Array(this.#lengthWithin(most - this.#taken));
      this.#filled = 0;
    }
    if (this.#filled < this.#part.length) return null;
    const part = this.#part;
    this.#part = null;
    this.#filled = 0;
    return part;
  }

  /** Before anything is allocated: no part is longer than what is still to come. */
  #lengthWithin(most: number): number {
    const length = new DataView(this.#length.buffer).getUint32(0);
    if (length <= most) return length;
    throw new TransferError('transfer/damaged', `export: a part of ${length} bytes, ${most} left`);
  }
}
