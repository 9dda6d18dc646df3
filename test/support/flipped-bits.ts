// Bytes of which one bit is another, as a tired disk or an attacker without keys leaves them.
// SPDX-License-Identifier: MIT

/** With the lowest bit of the byte at `at` flipped. */
export function flipped(bytes: Uint8Array, at: number): Uint8Array<ArrayBuffer> {
  return flippedBit(bytes, at * 8);
}

/** With one bit flipped, counted from the lowest of the first byte. */
export function flippedBit(bytes: Uint8Array, bit: number): Uint8Array<ArrayBuffer> {
  const copy = Uint8Array.from(bytes);
  flipInPlace(copy, bit >> 3, 1 << (bit & 7));
  return copy;
}

/** Flips the bits of `mask` where the bytes lie. */
export function flipInPlace(bytes: Uint8Array, at: number, mask = 1): void {
  const byte = bytes[at];
  if (byte === undefined) throw new RangeError(`there is no byte ${String(at)}`);
  bytes[at] = byte ^ mask;
}
