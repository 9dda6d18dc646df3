// What a person types, pastes or scans for a recovery key, in the one form that is sent: 24 words, lower case, one space
// between them. Numbering, line breaks and marks are forgiven. Whether it is a recovery key is judged on the main side.
// SPDX-License-Identifier: MIT

/** How many words a recovery key has: 256 bits and a checksum (BIP 39). */
export const WORD_COUNT = 24;

const WORD = /[\p{L}\p{M}][\p{L}\p{M}\p{N}’']*/gu;
/** Shorter than any word of a list: what has no letter from a to z keeps its place, and is refused there. */
const NO_WORD = 'xx';

/** The words of `text` in their order, lower case. A mistyped word counts as one. */
export function toWordList(text: string): readonly string[] {
  return text.normalize('NFKC').toLowerCase().match(WORD) ?? [];
}

/** `text` as it is sent. Its words have the places that {@link toWordList} gives them. */
export function toRecoveryText(text: string): string {
  return toWordList(text)
    .map((word) => word.replaceAll(/[^a-z]/g, '') || NO_WORD)
    .join(' ');
}

/** One word of a rehearsal. */
export function toWord(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
