// Which letters a record holds, one bit for each, and which of them begin a word of it: told from these bits, most records
// need no look at their text.
// SPDX-License-Identifier: MIT

import type { ByteText } from './byte-text.ts';

const A = 0x61;
const Z = 0x7a;
const DIGIT_BIT = 1 << 26;
const SIGN_BIT = 1 << 27;
const OTHER_BIT = 1 << 28;

/** Letters and digits of ASCII; every byte of any other character counts as a letter. */
export function isWordByte(byte: number): boolean {
  return byte >= 0x80 || (byte >= A && byte <= Z) || isDigit(byte);
}

/** A letter of a to z has a bit of its own; digits share one, and signs, and all bytes of other letters. */
export function bitOf(byte: number): number {
  if (byte >= A && byte <= Z) return 1 << (byte - A);
  if (isDigit(byte)) return DIGIT_BIT;
  return byte >= 0x80 ? OTHER_BIT : SIGN_BIT;
}

export function bitsOf(text: ByteText): number {
  let bits = 0;
  for (let index = 0; index < text.length; index++) bits |= bitOf(text.charCodeAt(index));
  return bits;
}

/** Whether the bit of a text says all that there is to know of it: one letter of a to z. */
export function isOneLetter(text: ByteText): boolean {
  return text.length === 1 && bitOf(text.charCodeAt(0)) < DIGIT_BIT;
}

/** The bits of all letters of a text from `from` to `end`. */
export function heldIn(bytes: Uint8Array, from: number, end: number): number {
  let held = 0;
  for (let index = from; index < end; index++) held |= bitOf(bytes[index] ?? 0);
  return held;
}

/** The bits of the letters that words of a text from `from` to `end` begin with. */
export function initialsIn(bytes: Uint8Array, from: number, end: number): number {
  let initial = 0;
  let isWithin = false;
  for (let index = from; index < end; index++) {
    const byte = bytes[index] ?? 0;
    if (!isWithin) initial |= bitOf(byte);
    isWithin = isWordByte(byte);
  }
  return initial;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
