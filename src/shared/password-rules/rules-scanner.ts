// Reads the words, numbers and lists of characters of a `passwordrules` text, from left to right, each once.
// SPDX-License-Identifier: MIT

import { isAsciiPrintable } from './character-class.ts';

const IDENTIFIER = /[a-z-]*/iy;
const INTEGER = /[0-9]*/y;
const WHITE_SPACE = /[ \f\n\r\t]*/y;

export class RulesScanner {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** In the text, in UTF-16 code units. */
  get position(): number {
    return this.#position;
  }

  get isAtEnd(): boolean {
    return this.#position >= this.#text.length;
  }

  /** A declaration reaches to its semicolon or to the end of the text. */
  get isAtEndOfDeclaration(): boolean {
    return this.isAtEnd || this.isAt(';');
  }

  isAt(character: string): boolean {
    return this.#text[this.#position] === character;
  }

  /** Steps over `character` if it is the next one. */
  take(character: string): boolean {
    const isNext = this.isAt(character);
    if (isNext) this.#position += 1;
    return isNext;
  }

  skipWhiteSpace(): void {
    this.#takeMatch(WHITE_SPACE);
  }

  /** Letters and hyphens; empty when there are none. */
  takeIdentifier(): string {
    return this.#takeMatch(IDENTIFIER);
  }

  /** Null when no digit comes next. As large as a number can be when it is larger. */
  takeInteger(): number | null {
    const digits = this.#takeMatch(INTEGER);
    return digits === '' ? null : Math.min(Number(digits), Number.MAX_SAFE_INTEGER);
  }

  /**
   * The characters between brackets, opening one first. A hyphen counts at the front alone (elsewhere it is kept
   * free for ranges), a closing bracket only right before the one that closes, and what is not printable ASCII not
   * at all. Null when nothing closes the list: then the rest of the text was read.
   */
  takeList(): string | null {
    const start = this.#position + 1;
    const close = this.#text.indexOf(']', start);
    if (close < 0) {
      this.#position = this.#text.length;
      return null;
    }
    const end = this.#text[close + 1] === ']' ? close + 1 : close;
    this.#position = end + 1;
    const written = Array.from(this.#text.slice(start, end));
    return written.filter((c, at) => isAsciiPrintable(c) && (c !== '-' || at === 0)).join('');
  }

  /** To the semicolon that ends the declaration, not to one in a list of characters. */
  skipDeclaration(): void {
    while (!this.isAtEndOfDeclaration) {
      if (this.isAt('[')) this.takeList();
      else this.#position += 1;
    }
  }

  #takeMatch(pattern: RegExp): string {
    pattern.lastIndex = this.#position;
    const [match = ''] = pattern.exec(this.#text) ?? [];
    this.#position += match.length;
    return match;
  }
}
