// The CBOR dialect of Chromium's DevTools pipe (crdtp): enveloped indefinite maps and arrays, 32-bit integers, UTF-16
// text as byte strings, binary as tag 22. Binary stays bytes, which is the reason to speak it instead of JSON.
// SPDX-License-Identifier: MIT

const TAG_ENVELOPE = 0xd8;
const TAG_BINARY = 0xd6;
const ENVELOPE_TAG_NUMBER = 0x18;
const BYTES_32 = 0x5a;
const MAP = 0xbf;
const ARRAY = 0x9f;
const STOP = 0xff;
const DOUBLE = 0xfb;
const FALSE = 0xf4;
const TRUE = 0xf5;
const NULL = 0xf6;

/** Bytes before the content of an envelope: tag, tag number, byte string marker, 32-bit length. */
export const ENVELOPE_HEADER_LENGTH = 7;

const encoder = new TextEncoder();
const utf8 = new TextDecoder('utf-8');
const utf16 = new TextDecoder('utf-16le');

/** The length of the message that starts with `header`, itself included. */
export function messageLength(header: Uint8Array): number {
  if (header[0] !== TAG_ENVELOPE || header[1] !== ENVELOPE_TAG_NUMBER || header[2] !== BYTES_32) {
    throw new Error('DevTools pipe: expected a CBOR envelope');
  }
  return ENVELOPE_HEADER_LENGTH + viewOf(header).getUint32(3);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Encodes a message. The caller owns the bytes and zeroes them when sent. */
export function encodeMessage(message: Readonly<Record<string, unknown>>): Uint8Array {
  const writer = new Writer(measure(message));
  writer.value(message);
  return writer.done();
}

/** An upper bound, so that the writer never has to grow (growing would leave copies behind). */
function measure(value: unknown): number {
  if (typeof value === 'string') return 5 + value.length * 3;
  if (value instanceof Uint8Array) return 6 + value.length;
  if (typeof value !== 'object' || value === null) return 9;
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, entry) => sum + measure(entry), 9);
  }
  return Object.entries(value).reduce((sum, [key, v]) => sum + measure(key) + measure(v), 9);
}

class Writer {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = viewOf(this.#bytes);
  }

  done(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }

  value(value: unknown): void {
    if (value === null) this.#byte(NULL);
    else if (typeof value === 'boolean') this.#byte(value ? TRUE : FALSE);
    else if (typeof value === 'number') this.#number(value);
    else if (typeof value === 'string') this.#text(value);
    else if (value instanceof Uint8Array) this.#binary(value);
    else if (Array.isArray(value))
      this.#enveloped(ARRAY, () => {
        for (const v of value) this.value(v);
      });
    else if (typeof value === 'object') this.#map(value);
    else throw new Error(`DevTools message: cannot encode a ${typeof value}`);
  }

  #map(map: object): void {
    this.#enveloped(MAP, () => {
      for (const [key, value] of Object.entries(map)) {
        if (value === undefined) continue;
        this.#text(key);
        this.value(value);
      }
    });
  }

  #enveloped(start: number, content: () => void): void {
    this.#byte(TAG_ENVELOPE);
    this.#byte(ENVELOPE_TAG_NUMBER);
    this.#byte(BYTES_32);
    const lengthAt = this.#at;
    this.#at += 4;
    this.#byte(start);
    content();
    this.#byte(STOP);
    this.#view.setUint32(lengthAt, this.#at - lengthAt - 4);
  }

  #number(value: number): void {
    if (Number.isInteger(value) && Math.abs(value) < 2 ** 31 && !Object.is(value, -0)) {
      if (value >= 0) this.#head(0, value);
      else this.#head(1, -1 - value);
      return;
    }
    this.#byte(DOUBLE);
    this.#view.setFloat64(this.#at, value);
    this.#at += 8;
  }

  #text(value: string): void {
    const bytes = encoder.encode(value);
    this.#head(3, bytes.length);
    this.#raw(bytes);
  }

  #binary(value: Uint8Array): void {
    this.#byte(TAG_BINARY);
    this.#head(2, value.length);
    this.#raw(value);
  }

  #head(major: number, argument: number): void {
    const top = major << 5;
    if (argument < 24) {
      this.#byte(top | argument);
    } else if (argument < 0x100) {
      this.#byte(top | 24);
      this.#byte(argument);
    } else if (argument < 0x10000) {
      this.#byte(top | 25);
      this.#view.setUint16(this.#at, argument);
      this.#at += 2;
    } else {
      this.#byte(top | 26);
      this.#view.setUint32(this.#at, argument);
      this.#at += 4;
    }
  }

  #raw(bytes: Uint8Array): void {
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  #byte(value: number): void {
    this.#bytes[this.#at++] = value;
  }
}

/**
 * Decodes one message. Binary values are views into `bytes`: who keeps one copies it, since the pipe zeroes the
 * message afterwards. Values under `skipKeys` are passed over without being turned into strings.
 */
export function decodeMessage(
  bytes: Uint8Array,
  skipKeys: ReadonlySet<string> = new Set(),
): Readonly<Record<string, unknown>> {
  const reader = new Reader(bytes, skipKeys);
  const value = reader.value();
  if (typeof value !== 'object' || value === null) throw new Error('DevTools pipe: not a map');
  return value as Record<string, unknown>;
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #skipKeys: ReadonlySet<string>;
  #at = 0;

  constructor(bytes: Uint8Array, skipKeys: ReadonlySet<string>) {
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
    this.#skipKeys = skipKeys;
  }

  value(): unknown {
    const initial = this.#next();
    switch (initial) {
      case TAG_ENVELOPE:
        this.#at += ENVELOPE_HEADER_LENGTH - 1;
        return this.value();
      case MAP:
        return this.#map();
      case ARRAY:
        return this.#array();
      case TAG_BINARY:
        return this.#take(this.#argument(this.#next()));
      case FALSE:
        return false;
      case TRUE:
        return true;
      case NULL:
        return null;
      case DOUBLE:
        return this.#double();
      default:
        return this.#scalar(initial);
    }
  }

  #scalar(initial: number): unknown {
    const argument = this.#argument(initial);
    switch (initial >> 5) {
      case 0:
        return argument;
      case 1:
        return -1 - argument;
      case 2:
        return utf16.decode(this.#take(argument));
      case 3:
        return utf8.decode(this.#take(argument));
      default:
        throw new Error(`DevTools pipe: unexpected initial byte ${String(initial)}`);
    }
  }

  #map(): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    while (this.#bytes[this.#at] !== STOP) {
      const key = this.value();
      if (typeof key !== 'string') throw new Error('DevTools pipe: a key is not text');
      if (this.#skipKeys.has(key)) this.#skip();
      else map[key] = this.value();
    }
    this.#at++;
    return map;
  }

  #array(): unknown[] {
    const array: unknown[] = [];
    while (this.#bytes[this.#at] !== STOP) array.push(this.value());
    this.#at++;
    return array;
  }

  /** Passes over a string; other values are small and are simply read. */
  #skip(): void {
    const initial = this.#bytes[this.#at] ?? 0;
    if (initial >> 5 !== 2 && initial >> 5 !== 3) {
      this.value();
      return;
    }
    this.#at++;
    this.#take(this.#argument(initial));
  }

  #argument(initial: number): number {
    const info = initial & 0x1f;
    if (info < 24) return info;
    const width = 2 ** (info - 24);
    const at = this.#at;
    this.#at += width;
    if (width === 1) return this.#view.getUint8(at);
    if (width === 2) return this.#view.getUint16(at);
    if (width === 4) return this.#view.getUint32(at);
    if (width === 8) return Number(this.#view.getBigUint64(at));
    throw new Error(`DevTools pipe: unexpected initial byte ${String(initial)}`);
  }

  #double(): number {
    const value = this.#view.getFloat64(this.#at);
    this.#at += 8;
    return value;
  }

  #take(length: number): Uint8Array {
    const taken = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    if (taken.length !== length) throw new Error('DevTools pipe: message cut short');
    return taken;
  }

  #next(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new Error('DevTools pipe: message cut short');
    return byte;
  }
}
