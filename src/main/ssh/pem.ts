// PEM (RFC 7468, and the header lines of RFC 1421 that old keys carry), read and written.
// The body never becomes a string on its way in, so that the caller can erase all of it.
// SPDX-License-Identifier: MIT

import { damaged, notRecognised } from './ssh-key-error.ts';

export interface PemBlock {
  readonly label: string;
  /** Such as `DEK-Info`; empty in all but old encrypted keys. */
  readonly headers: ReadonlyMap<string, string>;
  /** A copy: the caller erases it. */
  readonly body: Uint8Array;
}

const BOUNDARY = /^-----(BEGIN|END) ([A-Z0-9 ]{1,64})-----$/;
const HEADER = /^([A-Za-z0-9-]{1,32}):[ \t]*([!-~ ]{0,128})$/;
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE64_VALUE = new Map(
  Array.from(BASE64, (character, value) => [character.charCodeAt(0), value]),
);
const HYPHEN = 0x2d;
const COLON = 0x3a;
const EQUALS = 0x3d;
const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const LONGEST_BOUNDARY = 96;
const LONGEST_HEADER = 192;

/**
 * The blocks of `text`, with nothing but white space around them. Throws `SshKeyError`; blocks that were
 * already read are erased then.
 */
export function parsePem(text: Uint8Array): readonly PemBlock[] {
  const lines = new Lines(text);
  const blocks: PemBlock[] = [];
  try {
    for (let line = lines.nextFilled(); line !== null; line = lines.nextFilled()) {
      blocks.push(readBlock(line, lines));
    }
  } catch (error) {
    for (const block of blocks) block.body.fill(0);
    throw error;
  }
  return blocks;
}

/** One block with lines of `width` characters; 64 by RFC 7468, 70 in OpenSSH's own files. */
export function encodePem(label: string, body: Uint8Array, width: number): string {
  const base64 = toBase64(body);
  const lines = base64.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** Padded base64 (RFC 4648, section 4). */
export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}

function readBlock(first: Uint8Array, lines: Lines): PemBlock {
  const begin = boundaryOf(first);
  if (begin?.[1] !== 'BEGIN') throw notRecognised('extra-text', 'PEM: expected a BEGIN line');
  const label = begin[2] ?? '';
  const headers = readHeaders(lines);
  const content: Uint8Array[] = [];
  let line = lines.next();
  while (line !== null && line[0] !== HYPHEN) {
    content.push(line);
    line = lines.next();
  }
  const end = line === null ? null : boundaryOf(line);
  if (end?.[1] !== 'END' || end[2] !== label) {
    throw damaged('PEM: expected an END line with the label of its BEGIN line');
  }
  return { label, headers, body: decodeBase64(content.filter((part) => part.length > 0)) };
}

function boundaryOf(line: Uint8Array): RegExpExecArray | null {
  if (line[0] !== HYPHEN || line.length > LONGEST_BOUNDARY) return null;
  return BOUNDARY.exec(String.fromCharCode(...line));
}

function readHeaders(lines: Lines): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  while (lines.peek()?.includes(COLON)) {
    const line = lines.next() ?? new Uint8Array();
    const header = line.length > LONGEST_HEADER ? null : HEADER.exec(String.fromCharCode(...line));
    if (header === null) throw damaged('PEM: expected a header line with a name and a value');
    const [, name = '', value = ''] = header;
    if (headers.has(name)) throw damaged('PEM: the same header line twice');
    headers.set(name, value);
  }
  if (headers.size > 0 && lines.next()?.length !== 0) {
    throw damaged('PEM: expected a blank line after the header lines');
  }
  return headers;
}

/** Lines without their endings, and without the white space that pasting leaves on either side. */
class Lines {
  readonly #text: Uint8Array;
  #offset: number;

  constructor(text: Uint8Array) {
    this.#text = text;
    this.#offset = BYTE_ORDER_MARK.every((byte, index) => text[index] === byte) ? 3 : 0;
  }

  /** The next line, or `null` after the last. */
  next(): Uint8Array | null {
    if (this.#offset >= this.#text.length) return null;
    const line = this.#text.subarray(this.#offset, this.#end());
    this.#offset = this.#end() + 1;
    return trim(line);
  }

  /** The next line that is not blank. */
  nextFilled(): Uint8Array | null {
    let line = this.next();
    while (line?.length === 0) line = this.next();
    return line;
  }

  peek(): Uint8Array | null {
    return this.#offset >= this.#text.length
      ? null
      : trim(this.#text.subarray(this.#offset, this.#end()));
  }

  #end(): number {
    const found = this.#text.indexOf(LINE_FEED, this.#offset);
    return found === -1 ? this.#text.length : found;
  }
}

function trim(line: Uint8Array): Uint8Array {
  let start = 0;
  let end = line.length;
  while (start < end && isBlank(line[start])) start += 1;
  while (end > start && isBlank(line[end - 1])) end -= 1;
  return line.subarray(start, end);
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d;
}

/** Padded, canonical base64 over any number of lines. */
function decodeBase64(lines: readonly Uint8Array[]): Uint8Array {
  const characters = lines.reduce((sum, line) => sum + line.length, 0);
  const padding = countPadding(lines.at(-1));
  if (characters === 0 || characters % 4 !== 0) {
    throw damaged(`PEM: expected whole groups of base64, got ${characters} characters`);
  }
  const bytes = new Uint8Array((characters / 4) * 3 - padding);
  let left = characters - padding;
  let accumulator = 0;
  let bits = 0;
  let length = 0;
  for (const line of lines) {
    for (const character of line) {
      if (left-- <= 0) break;
      accumulator = ((accumulator << 6) | valueOf(character)) & 0xffff;
      bits += 6;
      if (bits < 8) continue;
      bits -= 8;
      bytes[length++] = accumulator >> bits;
    }
  }
  if ((accumulator & ((1 << bits) - 1)) !== 0) throw damaged('PEM: stray bits after the last byte');
  return bytes;
}

function countPadding(line: Uint8Array | undefined): number {
  if (line?.at(-1) !== EQUALS) return 0;
  return line.at(-2) === EQUALS ? 2 : 1;
}

function valueOf(character: number): number {
  const value = BASE64_VALUE.get(character);
  if (value === undefined) throw damaged('PEM: a character outside the base64 alphabet');
  return value;
}
