// Bytes of the second implementation of the vault format: fixed-width numbers, a strict cursor, the canonical JSON of
// docs/vault-format.md, and the two failures that the format knows.
// SPDX-License-Identifier: MIT

import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

export { bytesToHex as hex, concatBytes as join, hexToBytes as unhex, utf8ToBytes as utf8 };

/** What the format calls a failure: the code of the document and the step that found it. */
export class Refused extends Error {
  readonly code: string;
  readonly step: string;

  constructor(code: string, step: string) {
    super(`${code} at ${step}`);
    this.code = code;
    this.step = step;
  }
}

/** Bytes that are not of the form that they should have; whoever reads them says what that means. */
export class Malformed extends Error {}

export function uint(value: number | bigint, width: number): Uint8Array {
  return hexToBytes(value.toString(16).padStart(width * 2, '0'));
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Reads from the front; what is missing or left over is malformed. */
export class Cursor {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get at(): number {
    return this.#at;
  }

  take(length: number): Uint8Array {
    if (this.#at + length > this.#bytes.length) throw new Malformed('too short');
    this.#at += length;
    return this.#bytes.slice(this.#at - length, this.#at);
  }

  uint(width: number): number {
    const value = BigInt(`0x${bytesToHex(this.take(width))}`);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Malformed('above 2^53 - 1');
    return Number(value);
  }

  /** `length u32 ‖ bytes`. */
  framed(): Uint8Array {
    return this.take(this.uint(4));
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw new Malformed('bytes left over');
  }
}

/** Strict UTF-8; a byte order mark is a character like any other. */
export function text(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Malformed('not UTF-8');
  }
}

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const record = value as Readonly<Record<string, Json>>;
  const members = Object.keys(record)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(record[name] ?? null)}`);
  return `{${members.join(',')}}`;
}

export function parseJson(bytes: Uint8Array): Json {
  const source = text(bytes);
  try {
    return JSON.parse(source) as Json;
  } catch {
    throw new Malformed('not JSON');
  }
}

/** JSON in the one form that its value has: a member that stands twice is seen by that. */
export function parseCanonical(bytes: Uint8Array): Json {
  const value = parseJson(bytes);
  if (canonical(value) !== text(bytes)) throw new Malformed('not canonical');
  return value;
}

export function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

/** Canonical base64url without padding, and nothing else. */
export function unbase64url(source: string): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(source, 'base64url'));
  if (base64url(bytes) !== source) throw new Malformed('not canonical base64url');
  return bytes;
}
