// Fixed-width big-endian fields: how every canonical structure of the vault is written and read back.
// SPDX-License-Identifier: MIT

import { toHex } from '../../shared/bytes.ts';

export function u8(value: number): Uint8Array<ArrayBuffer> {
  return unsigned(value, 1);
}

export function u16(value: number): Uint8Array<ArrayBuffer> {
  return unsigned(value, 2);
}

export function u32(value: number): Uint8Array<ArrayBuffer> {
  return unsigned(value, 4);
}

/** Of a safe integer: what we count stays far below 2^53. */
export function u64(value: number): Uint8Array<ArrayBuffer> {
  return unsigned(value, 8);
}

/** The 16 bytes of an item or device id. Called several times for each row of a vault, hence Node's own decoder. */
export function id16(id: string): Uint8Array {
  const bytes = Buffer.from(id, 'hex');
  if (bytes.length !== 16 || id.length !== 32) {
    throw new Error(`an id has 16 bytes as 32 hex digits, got ${id.length} characters`);
  }
  return bytes;
}

function unsigned(value: number, length: number): Uint8Array<ArrayBuffer> {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 256 ** length) {
    throw new Error(`u${length * 8}: cannot hold ${value}`);
  }
  const bytes = new Uint8Array(length);
  let rest = value;
  for (let index = length - 1; index >= 0; index -= 1) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}

/** Reads one field after the other. Throws `TypeError` when the bytes run out or are left over. */
export class FixedWidthReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** How many bytes have been read. */
  get offset(): number {
    return this.#offset;
  }

  /** A copy of the next `length` bytes. */
  bytes(length: number): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.view(length));
  }

  /** The next `length` bytes in place. */
  view(length: number): Uint8Array {
    const end = this.#offset + length;
    if (end > this.#bytes.length) {
      throw new TypeError(`expected ${end} bytes or more, got ${this.#bytes.length}`);
    }
    const view = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return view;
  }

  u8(): number {
    return this.#unsigned(1);
  }

  u16(): number {
    return this.#unsigned(2);
  }

  u32(): number {
    return this.#unsigned(4);
  }

  u64(): number {
    const value = this.#unsigned(8);
    if (!Number.isSafeInteger(value)) throw new TypeError('u64: above what can be counted exactly');
    return value;
  }

  id16(): string {
    return toHex(this.view(16));
  }

  /** Throws unless everything has been read. */
  end(): void {
    if (this.#offset !== this.#bytes.length) {
      throw new TypeError(`expected ${this.#offset} bytes, got ${this.#bytes.length}`);
    }
  }

  #unsigned(length: number): number {
    let value = 0;
    for (const byte of this.view(length)) value = value * 256 + byte;
    return value;
  }
}
