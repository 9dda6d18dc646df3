// CTAP2 canonical CBOR (CTAP 2.1, section 8, over RFC 8949): the one encoding of each value, read and written.
// It refuses what the general libraries take: duplicate or unsorted keys, integers and lengths that are longer
// than need be, indefinite lengths, tags, floats, more than four levels, and bytes left over at the end.
// SPDX-License-Identifier: MIT

import { concatBytes, fromUtf8, toUtf8 } from '../../shared/bytes.ts';
import { CodecError } from './codec-error.ts';

export type CborKey = number | string;
export type CborMap = ReadonlyMap<CborKey, CborValue>;

/** Integers beyond 2^53 - 1 are `bigint`, all others `number`; byte strings are `Uint8Array`. */
export type CborValue =
  null | boolean | number | bigint | string | Uint8Array | readonly CborValue[] | CborMap;

/** CTAP 2.1, section 8: "at most four levels of any combination of CBOR maps and/or CBOR arrays". */
const MAX_DEPTH = 4;

const MAJOR = { unsigned: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5, tag: 6, simple: 7 };
const FALSE = 0xf4;
const TRUE = 0xf5;
const NULL = 0xf6;
const MAX_UINT64 = 0xffff_ffff_ffff_ffffn;

/** The value that `bytes` encode, all of them. Throws `CodecError`. */
export function parseCbor(bytes: Uint8Array): CborValue {
  const { value, length } = parseCborPrefix(bytes);
  if (length !== bytes.length) {
    throw new CodecError(`CBOR: expected ${length} bytes, got ${bytes.length}`);
  }
  return value;
}

/** The value at the beginning of `bytes` and how many bytes it took. Throws `CodecError`. */
export function parseCborPrefix(bytes: Uint8Array): { value: CborValue; length: number } {
  const reader = new CborReader(bytes);
  const value = reader.readValue(0);
  return { value, length: reader.offset };
}

/** The canonical encoding of `value`; map entries may come in any order. Throws `CodecError`. */
export function encodeCbor(value: CborValue): Uint8Array<ArrayBuffer> {
  return concatBytes(...encodeValue(value, 0));
}

class CborReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  readValue(depth: number): CborValue {
    const initial = this.#take(1)[0] ?? 0;
    const major = initial >> 5;
    if (major === MAJOR.simple) return toSimple(initial);
    if (major === MAJOR.tag) throw new CodecError('CBOR: tags are not canonical in CTAP2');
    const argument = this.#readArgument(initial & 0x1f);
    switch (major) {
      case MAJOR.unsigned:
        return toInteger(argument);
      case MAJOR.negative:
        return toInteger(-1n - argument);
      case MAJOR.bytes:
        return Uint8Array.from(this.#take(toLength(argument)));
      case MAJOR.text:
        return this.#readText(toLength(argument));
      case MAJOR.array:
        return this.#readArray(toLength(argument), depth + 1);
      default:
        return this.#readMap(toLength(argument), depth + 1);
    }
  }

  #take(length: number): Uint8Array {
    const end = this.offset + length;
    if (end > this.#bytes.length) {
      throw new CodecError(`CBOR: expected ${end} bytes, got ${this.#bytes.length}`);
    }
    const taken = this.#bytes.subarray(this.offset, end);
    this.offset = end;
    return taken;
  }

  #readArgument(information: number): bigint {
    if (information < 24) return BigInt(information);
    if (information > 27) throw new CodecError(`CBOR: length form ${information} is not canonical`);
    const at = this.offset;
    const size = 1 << (information - 24);
    this.#take(size);
    const argument = this.#readUnsigned(at, size);
    const smallest = size === 1 ? 24n : 1n << BigInt(size * 4);
    if (argument < smallest) throw new CodecError(`CBOR: ${size} bytes where fewer would do`);
    return argument;
  }

  #readUnsigned(at: number, size: number): bigint {
    if (size === 8) return this.#view.getBigUint64(at);
    if (size === 4) return BigInt(this.#view.getUint32(at));
    return BigInt(size === 2 ? this.#view.getUint16(at) : this.#view.getUint8(at));
  }

  #readText(length: number): string {
    try {
      return fromUtf8(this.#take(length));
    } catch (cause) {
      if (cause instanceof CodecError) throw cause;
      throw new CodecError('CBOR: a text string that is not UTF-8', { cause });
    }
  }

  #readArray(count: number, depth: number): readonly CborValue[] {
    this.#assertRoom(count, depth);
    return Array.from({ length: count }, () => this.readValue(depth));
  }

  #readMap(count: number, depth: number): CborMap {
    this.#assertRoom(count * 2, depth);
    const map = new Map<CborKey, CborValue>();
    let previous: Uint8Array | null = null;
    for (let index = 0; index < count; index += 1) {
      const start = this.offset;
      const key = this.readValue(depth);
      if (typeof key !== 'number' && typeof key !== 'string') {
        throw new CodecError('CBOR: a map key that is neither a small integer nor text');
      }
      const encoded = this.#bytes.subarray(start, this.offset);
      if (previous !== null && compareKeys(previous, encoded) >= 0) {
        throw new CodecError('CBOR: map keys out of order, or twice');
      }
      previous = encoded;
      map.set(key, this.readValue(depth));
    }
    return map;
  }

  /** Each announced item takes a byte at least: a lying count costs no memory. */
  #assertRoom(items: number, depth: number): void {
    if (depth > MAX_DEPTH) throw new CodecError(`CBOR: more than ${MAX_DEPTH} levels`);
    const left = this.#bytes.length - this.offset;
    if (items > left) throw new CodecError(`CBOR: expected ${items} items, got ${left} bytes`);
  }
}

function toSimple(initial: number): boolean | null {
  if (initial === FALSE) return false;
  if (initial === TRUE) return true;
  if (initial === NULL) return null;
  throw new CodecError(`CBOR: simple or floating-point item ${initial} is not accepted`);
}

function toInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function toLength(argument: bigint): number {
  if (argument > 0x7fff_ffffn) throw new CodecError('CBOR: a length beyond 2 GiB');
  return Number(argument);
}

/** CTAP 2.1, section 8: lower major type first, then the shorter encoding, then byte-wise. */
function compareKeys(a: Uint8Array, b: Uint8Array): number {
  const byMajor = ((a[0] ?? 0) >> 5) - ((b[0] ?? 0) >> 5);
  if (byMajor !== 0) return byMajor;
  if (a.length !== b.length) return a.length - b.length;
  const at = a.findIndex((byte, index) => byte !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

function encodeValue(value: CborValue, depth: number): Uint8Array[] {
  if (value === null) return [Uint8Array.of(NULL)];
  if (typeof value === 'boolean') return [Uint8Array.of(value ? TRUE : FALSE)];
  if (typeof value === 'number' || typeof value === 'bigint') return [encodeInteger(value)];
  if (typeof value === 'string') return encodeText(value);
  if (value instanceof Uint8Array) return [encodeHead(MAJOR.bytes, BigInt(value.length)), value];
  if (depth >= MAX_DEPTH) throw new CodecError(`CBOR: more than ${MAX_DEPTH} levels`);
  return value instanceof Map
    ? encodeMap(value as CborMap, depth + 1)
    : encodeArray(value as readonly CborValue[], depth + 1);
}

function encodeText(text: string): Uint8Array[] {
  if (!text.isWellFormed()) throw new CodecError('CBOR: text with a lone surrogate');
  const bytes = toUtf8(text);
  return [encodeHead(MAJOR.text, BigInt(bytes.length)), bytes];
}

function encodeArray(items: readonly CborValue[], depth: number): Uint8Array[] {
  const head = encodeHead(MAJOR.array, BigInt(items.length));
  return [head, ...items.flatMap((item) => encodeValue(item, depth))];
}

function encodeMap(map: CborMap, depth: number): Uint8Array[] {
  const entries = [...map].map(([key, value]) => ({
    key: concatBytes(...encodeValue(key, depth)),
    value: encodeValue(value, depth),
  }));
  entries.sort((a, b) => compareKeys(a.key, b.key));
  const head = encodeHead(MAJOR.map, BigInt(map.size));
  return [head, ...entries.flatMap(({ key, value }) => [key, ...value])];
}

function encodeInteger(value: number | bigint): Uint8Array {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new CodecError('CBOR: a number that is not a safe integer');
  }
  const integer = BigInt(value);
  return integer < 0n
    ? encodeHead(MAJOR.negative, -1n - integer)
    : encodeHead(MAJOR.unsigned, integer);
}

function encodeHead(major: number, argument: bigint): Uint8Array {
  if (argument > MAX_UINT64) throw new CodecError('CBOR: an integer beyond 64 bits');
  const type = major << 5;
  if (argument < 24n) return Uint8Array.of(type | Number(argument));
  const size = [1, 2, 4, 8].find((bytes) => argument < 1n << BigInt(bytes * 8)) ?? 8;
  const head = new Uint8Array(1 + size);
  head[0] = type | (24 + Math.log2(size));
  const wide = new DataView(new ArrayBuffer(8));
  wide.setBigUint64(0, argument);
  head.set(new Uint8Array(wide.buffer, 8 - size), 1);
  return head;
}
