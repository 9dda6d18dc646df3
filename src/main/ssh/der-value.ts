// The DER (X.690) that private keys are written in: SEQUENCE, INTEGER, OCTET STRING, BIT STRING, OBJECT IDENTIFIER.
// Strict: definite, minimal lengths, minimal positive integers, nothing left over.
// SPDX-License-Identifier: MIT

import { concatBytes, toHex } from '../../shared/bytes.ts';
import { damaged } from './ssh-key-error.ts';
import { fromSigned, toSigned } from './ssh-wire.ts';

export const DER_TAG = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  /** `[0]` and `[1]`, constructed, and `[1]` of a primitive type. */
  context0: 0xa0,
  context1: 0xa1,
  implicit1: 0x81,
} as const;
export type DerTag = (typeof DER_TAG)[keyof typeof DER_TAG];

const SHORT_FORM_LIMIT = 0x80;
const LONG_FORM_1 = 0x81;
const LONG_FORM_2 = 0x82;

export function encodeDer(tag: DerTag, ...content: readonly Uint8Array[]): Uint8Array {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  return concatBytes(Uint8Array.of(tag), encodeLength(length), ...content);
}

/** An INTEGER of an unsigned big-endian number. */
export function encodeDerInteger(unsigned: Uint8Array): Uint8Array {
  const signed = toSigned(unsigned);
  return encodeDer(DER_TAG.integer, signed.length === 0 ? Uint8Array.of(0) : signed);
}

/** Reads one value after the other, as views of `bytes`. Every complaint is a `SshKeyError`. */
export class DerReader {
  readonly #bytes: Uint8Array;
  readonly #what: string;
  #offset = 0;

  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes;
    this.#what = what;
  }

  /** Whether the next value has `tag`; false at the end. */
  isNext(tag: DerTag): boolean {
    return this.#bytes[this.#offset] === tag;
  }

  get isAtEnd(): boolean {
    return this.#offset === this.#bytes.length;
  }

  /** The content of the next value, which must have `tag`. */
  read(tag: DerTag): Uint8Array {
    const actual = this.#byte();
    if (actual !== tag) throw damaged(`${this.#what}: expected DER tag ${tag}, got ${actual}`);
    const length = this.#length();
    const left = this.#bytes.length - this.#offset;
    if (length > left) throw damaged(`${this.#what}: expected ${length} bytes more, got ${left}`);
    this.#offset += length;
    return this.#bytes.subarray(this.#offset - length, this.#offset);
  }

  /** A reader of the content of the next value. */
  enter(tag: DerTag = DER_TAG.sequence): DerReader {
    return new DerReader(this.read(tag), this.#what);
  }

  /** The unsigned bytes of a positive INTEGER. */
  unsigned(): Uint8Array {
    const value = fromSigned(this.read(DER_TAG.integer));
    if (value === null) throw damaged(`${this.#what}: expected a positive, minimal INTEGER`);
    return value;
  }

  /** An INTEGER from 0 to 2^31 - 1. */
  number(): number {
    const content = this.read(DER_TAG.integer);
    if (content.length === 1 && content[0] === 0) return 0;
    const unsigned = fromSigned(content);
    if (unsigned === null || content.length > 4) {
      throw damaged(`${this.#what}: expected a small INTEGER, got ${content.length} bytes`);
    }
    return unsigned.reduce((value, byte) => value * 256 + byte, 0);
  }

  /** The content of an OBJECT IDENTIFIER as hexadecimal digits. */
  oid(): string {
    return toHex(this.read(DER_TAG.oid));
  }

  /** The bytes of a BIT STRING of whole bytes. */
  bitString(tag: DerTag = DER_TAG.bitString): Uint8Array {
    const content = this.read(tag);
    if (content[0] !== 0) throw damaged(`${this.#what}: expected a BIT STRING of whole bytes`);
    return content.subarray(1);
  }

  end(): void {
    const left = this.#bytes.length - this.#offset;
    if (left !== 0) throw damaged(`${this.#what}: expected its end, got ${left} bytes more`);
  }

  #length(): number {
    const first = this.#byte();
    if (first < SHORT_FORM_LIMIT) return first;
    if (first === LONG_FORM_1) {
      const length = this.#byte();
      if (length >= SHORT_FORM_LIMIT) return length;
    } else if (first === LONG_FORM_2) {
      const length = this.#byte() * 256 + this.#byte();
      if (length > 0xff) return length;
    }
    throw damaged(`${this.#what}: expected a minimal DER length below 64 KiB`);
  }

  #byte(): number {
    const byte = this.#bytes[this.#offset];
    if (byte === undefined) throw damaged(`${this.#what}: ends too early`);
    this.#offset += 1;
    return byte;
  }
}

function encodeLength(length: number): Uint8Array {
  if (length < SHORT_FORM_LIMIT) return Uint8Array.of(length);
  if (length <= 0xff) return Uint8Array.of(LONG_FORM_1, length);
  if (length > 0xffff) throw new Error(`DER: keys stay below 64 KiB, got ${length} bytes`);
  return Uint8Array.of(LONG_FORM_2, length >>> 8, length);
}
