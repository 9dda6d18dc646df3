// The data types of the SSH protocol (RFC 4251, section 5) that keys are written in: uint32, string, mpint.
// Strict: numbers are positive and minimal, and nothing may be left over.
// SPDX-License-Identifier: MIT

import { concatBytes, toUtf8 } from '../../shared/bytes.ts';
import { damaged } from './ssh-key-error.ts';

const SIGN_BIT = 0x80;

export function encodeUint32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

export function encodeString(value: Uint8Array | string): Uint8Array {
  const bytes = typeof value === 'string' ? toUtf8(value) : value;
  return concatBytes(encodeUint32(bytes.length), bytes);
}

/** An mpint of an unsigned big-endian number; zeros in front do not matter. */
export function encodeMpint(unsigned: Uint8Array): Uint8Array {
  return encodeString(toSigned(unsigned));
}

/** Two's complement in as few bytes as it takes: how SSH and DER both write a number. */
export function toSigned(unsigned: Uint8Array): Uint8Array {
  const start = unsigned.findIndex((byte) => byte !== 0);
  if (start === -1) return new Uint8Array();
  const minimal = unsigned.subarray(start);
  return (minimal[0] ?? 0) >= SIGN_BIT ? concatBytes(Uint8Array.of(0), minimal) : minimal;
}

/** The unsigned bytes of a minimal positive two's complement number, or `null`. */
export function fromSigned(signed: Uint8Array): Uint8Array | null {
  const [first, second] = signed;
  if (first === undefined || first >= SIGN_BIT) return null;
  if (first !== 0) return signed;
  return second !== undefined && second >= SIGN_BIT ? signed.subarray(1) : null;
}

/** Reads one value after the other, as views of `bytes`. Every complaint is a `SshKeyError`. */
export class SshReader {
  readonly #bytes: Uint8Array;
  /** Names the structure in messages. */
  readonly #what: string;
  #offset = 0;

  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes;
    this.#what = what;
  }

  bytes(length: number): Uint8Array {
    const left = this.#bytes.length - this.#offset;
    if (length > left) throw damaged(`${this.#what}: expected ${length} bytes more, got ${left}`);
    this.#offset += length;
    return this.#bytes.subarray(this.#offset - length, this.#offset);
  }

  uint32(): number {
    const bytes = this.bytes(4);
    return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
  }

  string(): Uint8Array {
    return this.bytes(this.uint32());
  }

  /** A string of exactly `length` bytes. */
  fixedString(length: number): Uint8Array {
    const value = this.string();
    if (value.length === length) return value;
    throw damaged(`${this.#what}: expected a string of ${length} bytes, got ${value.length}`);
  }

  /** A name of printable ASCII (RFC 4251, section 6). */
  name(): string {
    const bytes = this.string();
    if (
      bytes.length === 0 ||
      bytes.length > 64 ||
      !bytes.every((byte) => byte > 0x20 && byte < 0x7f)
    ) {
      throw damaged(`${this.#what}: expected a name, got ${bytes.length} bytes`);
    }
    return String.fromCharCode(...bytes);
  }

  /** The unsigned bytes of a positive number. */
  mpint(): Uint8Array {
    const value = fromSigned(this.string());
    if (value === null) throw damaged(`${this.#what}: expected a positive, minimal number`);
    return value;
  }

  rest(): Uint8Array {
    return this.bytes(this.#bytes.length - this.#offset);
  }

  end(): void {
    const left = this.#bytes.length - this.#offset;
    if (left !== 0) throw damaged(`${this.#what}: expected its end, got ${left} bytes more`);
  }
}
