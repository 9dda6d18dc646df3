// Title keys: bytes whose plain order is the natural order of titles. Case and accents do not matter, numbers count
// by value ("Item 2" before "Item 10"), and titles that differ in spelling alone are ordered by that.
// A key is the fold with its numbers rewritten, a zero byte, and the title as it is.
// SPDX-License-Identifier: MIT

import { fold } from './fold.ts';

/** See {@link compareTitles}. */
export type TitleKey = Buffer;

const ZERO = 0x30;
const NINE = 0x39;

export function titleKey(title: string): TitleKey {
  const writer = new TitleKeyWriter();
  writer.write(title);
  return writer.bytes;
}

/** Negative where `a` comes first; zero only for one and the same title. */
export function compareTitles(a: TitleKey, b: TitleKey): number {
  return a.compare(b);
}

/** Writes keys one behind the other. */
export class TitleKeyWriter {
  #bytes = Buffer.from(new ArrayBuffer(256));
  #end = 0;

  get end(): number {
    return this.#end;
  }

  /** Valid until the next write. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#end);
  }

  /** Frees the memory of all keys at once, without waiting for the garbage collector. */
  release(): void {
    this.#bytes = Buffer.from(this.#bytes.buffer.transfer(0));
    this.#end = 0;
  }

  write(title: string): void {
    // A digit alone takes two bytes in the fold and one in the title, and nothing ASCII takes more.
    this.#reserve(title.length * 3 + 1);
    const start = this.#end;
    if (this.#writeAscii(title)) return;
    this.#end = start;
    const folded = fold(title).replace(/[0-9]+/g, numberKey);
    this.#reserve((folded.length + title.length) * 3 + 1);
    this.#end += this.#bytes.write(folded, this.#end, 'utf8');
    this.#bytes[this.#end++] = 0;
    this.#end += this.#bytes.write(title, this.#end, 'utf8');
  }

  #writeAscii(title: string): boolean {
    for (let index = 0; index < title.length;) {
      const unit = title.charCodeAt(index);
      if (unit < 0x20 || unit >= 0x7f) return false;
      if (unit >= ZERO && unit <= NINE) {
        index = this.#writeNumber(title, index);
      } else {
        this.#bytes[this.#end++] = unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit;
        index += 1;
      }
    }
    this.#bytes[this.#end++] = 0;
    for (let index = 0; index < title.length; index++) {
      this.#bytes[this.#end++] = title.charCodeAt(index);
    }
    return true;
  }

  #writeNumber(title: string, start: number): number {
    let end = start + 1;
    while (isDigit(title.charCodeAt(end))) end += 1;
    const key = numberKey(title.slice(start, end));
    for (let index = 0; index < key.length; index++) {
      this.#bytes[this.#end++] = key.charCodeAt(index);
    }
    return end;
  }

  #reserve(length: number): void {
    const needed = this.#end + length;
    if (needed <= this.#bytes.length) return;
    const size = Math.max(needed, Math.ceil(this.#bytes.length * 1.5));
    this.#bytes = Buffer.from(this.#bytes.buffer.transfer(size));
  }
}

/**
 * The digits behind their own number, so that longer numbers come later: `0` for one digit, `8` for nine, `90` for ten.
 * Numbers still stand among other characters where digits do.
 */
function numberKey(written: string): string {
  const digits = written.replace(/^0+(?=.)/, '');
  const more = digits.length - 1;
  return '9'.repeat(Math.floor(more / 9)) + String(more % 9) + digits;
}

/** Also false for the NaN behind the end of a text. */
function isDigit(unit: number): boolean {
  return unit >= ZERO && unit <= NINE;
}
