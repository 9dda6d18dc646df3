// TextColumn: one field of all items in two long texts, each record ended by a zero byte. What was there when the
// column was sealed lies in the first; later records lie in the second, which stays short.
// Folded text holds no control characters, so 0 is free to end a record, 1 to part the values within one, and others to
// say what a record is like.
// SPDX-License-Identifier: MIT

import { asByteText, joinByteTexts, type ByteText } from './byte-text.ts';
import { fold, foldAsciiInto } from './fold.ts';
import { freed, withRoomFor } from './growing.ts';
import { heldIn } from './letters.ts';

/** Parts the values of a record. */
export const SEPARATOR = 1;

/** Bytes after which what was written becomes text: small enough to come and go without a trace. */
const PART_BYTES = 64 * 1024;

/** Records one after the other. */
export interface TextBlock {
  readonly text: ByteText;
  /** Number of the first record. */
  readonly first: number;
  readonly count: number;
  /** Where each record begins in `text`, and behind the last one where it ends. */
  readonly starts: Uint32Array;
  /** By record: the bits of the letters that it holds (letters.ts). */
  readonly held: Uint32Array;
  /** By record: those of the letters that words begin with; empty in a column where that makes no difference. */
  readonly initial: Uint32Array;
}

/** The bits of the letters that those words of a record begin with that count: it lies in `bytes` from `from` to `end`. */
export type InitialsOf = (bytes: Uint8Array, from: number, end: number) => number;

const NOTHING = new Uint32Array(0);

export class TextColumn {
  readonly #initialsOf: InitialsOf | null;
  #sealed: TextBlock = {
    ...{ text: joinByteTexts([]), first: 0, count: 0, starts: new Uint32Array(1) },
    ...{ held: NOTHING, initial: NOTHING },
  };
  /** The open block, until it is next looked at: whole parts, and the bytes behind them. */
  #parts: ByteText[] = [];
  #partsLength = 0;
  #bytes = Buffer.from(new ArrayBuffer(256));
  #end = 0;
  #starts = new Uint32Array(1);
  #held = new Uint32Array(0);
  #initial = new Uint32Array(0);
  #count = 0;

  /** `initialsOf` where it matters whether a word begins with what is looked for. */
  constructor(initialsOf: InitialsOf | null = null) {
    this.#initialsOf = initialsOf;
  }

  /** Makes room for so many records before they come: growing on the way leaves holes in the memory. */
  reserve(records: number): void {
    this.#held = withRoomFor(this.#held, records);
    if (this.#initialsOf !== null) this.#initial = withRoomFor(this.#initial, records);
    this.#starts = withRoomFor(this.#starts, records + 1);
  }

  /** Valid until the next change. */
  get blocks(): readonly TextBlock[] {
    if (this.#count === 0) return [this.#sealed];
    const open = {
      text: this.#openText(),
      first: this.#sealed.count,
      count: this.#count,
      starts: this.#starts,
      held: this.#held,
      initial: this.#initial,
    };
    return [this.#sealed, open];
  }

  get byteLength(): number {
    const sealed = this.#sealed;
    const tables = [sealed.starts, sealed.held, sealed.initial]
      .concat(this.#starts, this.#held, this.#initial)
      .reduce((sum, { byteLength }) => sum + byteLength, 0);
    return tables + this.#sealed.text.length + this.#partsLength + this.#bytes.length;
  }

  /** Adds to the record that {@link endRecord} will close. */
  put(text: string): void {
    this.#reserveBytes(text.length);
    if (foldAsciiInto(this.#bytes, this.#end, text)) {
      this.#end += text.length;
      return;
    }
    const folded = fold(text);
    this.#reserveBytes(folded.length * 3);
    this.#end += this.#bytes.write(folded, this.#end, 'utf8');
  }

  /** Adds a control character other than 0. */
  sign(byte: number): void {
    this.#reserveBytes(1);
    this.#bytes[this.#end++] = byte;
  }

  endRecord(): void {
    this.#reserveBytes(1);
    const from = (this.#starts[this.#count] ?? 0) - this.#partsLength;
    this.reserve(this.#count + 1);
    this.#held[this.#count] = heldIn(this.#bytes, from, this.#end);
    if (this.#initialsOf !== null) {
      this.#initial[this.#count] = this.#initialsOf(this.#bytes, from, this.#end);
    }
    this.#bytes[this.#end++] = 0;
    this.#count += 1;
    this.#starts[this.#count] = this.#partsLength + this.#end;
    if (this.#end > PART_BYTES) this.#endPart();
  }

  /** Joins both texts into one. The records for which `isLive` says so are kept and numbered anew, in the same order. */
  seal(isLive: (record: number) => boolean): void {
    this.#sealed = withoutGaps(this.blocks, this.#initialsOf !== null, isLive);
    this.#parts = [];
    this.#partsLength = 0;
    this.#bytes = Buffer.from(new ArrayBuffer(256));
    this.#end = 0;
    this.#starts = freed(this.#starts);
    this.#held = freed(this.#held);
    this.#initial = freed(this.#initial);
    this.#count = 0;
  }

  #openText(): ByteText {
    if (this.#end > 0) this.#endPart();
    if (this.#parts.length > 1) this.#parts = [joinByteTexts(this.#parts)];
    return this.#parts[0] ?? joinByteTexts([]);
  }

  #endPart(): void {
    this.#parts.push(asByteText(this.#bytes.subarray(0, this.#end)));
    this.#partsLength += this.#end;
    this.#end = 0;
  }

  #reserveBytes(length: number): void {
    const needed = this.#end + length;
    if (needed <= this.#bytes.length) return;
    const size = Math.max(needed, this.#bytes.length * 2);
    this.#bytes = Buffer.from(this.#bytes.buffer.transfer(size));
  }
}

/** The live records of the blocks in one block, taken over in runs as long as they come. */
function withoutGaps(
  blocks: readonly TextBlock[],
  hasInitials: boolean,
  isLive: (record: number) => boolean,
): TextBlock {
  const most = blocks.reduce((sum, { count }) => sum + count, 0);
  const starts = new Uint32Array(most + 1);
  const held = new Uint32Array(most);
  const initial = new Uint32Array(hasInitials ? most : 0);
  const runs: ByteText[] = [];
  let count = 0;
  let length = 0;
  for (const block of blocks) {
    let from = 0;
    let end = 0;
    for (let record = 0; record < block.count; record++) {
      if (!isLive(block.first + record)) continue;
      const start = block.starts[record] ?? 0;
      if (start !== end) {
        if (end > from) runs.push(sliceOf(block.text, from, end));
        from = start;
      }
      end = block.starts[record + 1] ?? start;
      held[count] = block.held[record] ?? 0;
      initial[count] = block.initial[record] ?? 0;
      starts[count++] = length;
      length += end - start;
    }
    if (end > from) runs.push(sliceOf(block.text, from, end));
  }
  starts[count] = length;
  return {
    ...{ text: joinByteTexts(runs), first: 0, count, starts: cut(starts, count + 1) },
    ...{ held: cut(held, count), initial: cut(initial, count) },
  };
}

function cut(words: Uint32Array, length: number): Uint32Array {
  return words.length > length ? words.slice(0, length) : words;
}

function sliceOf(text: ByteText, from: number, end: number): ByteText {
  return text.slice(from, end) as ByteText;
}
