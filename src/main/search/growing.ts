// Typed arrays that grow: none of them can by itself.
// SPDX-License-Identifier: MIT

type Words = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/**
 * `words` itself where it holds `length` elements, or a longer one that begins with the same. Then `words` is left empty:
 * transferring frees its memory at once, where large blocks waiting for the garbage collector would add up.
 */
export function withRoomFor<T extends Words>(words: T, length: number): T {
  if (length <= words.length) return words;
  const type = words.constructor as new (buffer: ArrayBuffer) => T;
  const room = Math.max(length, Math.ceil(words.length * 1.25), 16);
  return new type(words.buffer.transfer(room * words.BYTES_PER_ELEMENT));
}

/** A new list of one zero in the place of `words`, which is left empty: its memory is free at once. */
export function freed(words: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  words.buffer.transfer(0);
  return new Uint32Array(1);
}
