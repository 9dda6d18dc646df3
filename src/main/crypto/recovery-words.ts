// A recovery key as 24 words: 256 bits and a checksum in the English word list of BIP 39. Sole door to `@scure/bip39`.
// SPDX-License-Identifier: MIT

import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { CryptoError } from './crypto-error.ts';
import { SecretBytes } from './secret-bytes.ts';

export const RECOVERY_WORDS = 24;
const KEY_BYTES = 32;
/** By which every word of the list is known; one that is shorter is there whole. */
const TELLING_LETTERS = 4;
const byTellingLetters = new Map(wordlist.map((word) => [word.slice(0, TELLING_LETTERS), word]));

/** The words of a key of 32 bytes, which is borrowed. */
export function toRecoveryWords(key: SecretBytes): readonly string[] {
  if (key.length !== KEY_BYTES) throw new Error(`recovery words: a key has ${KEY_BYTES} bytes`);
  return key.use((bytes) => entropyToMnemonic(bytes, wordlist)).split(' ');
}

/**
 * The key behind words that a person typed, in any case and with any white space; the first four letters of a word
 * will do, since no two words share them. Throws `keys/unknown-recovery-word` with the place of the word (from 1), and
 * `keys/recovery-damaged` where the number of words or the checksum is wrong.
 */
export function parseRecoveryWords(text: string): SecretBytes {
  const typed = text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean);
  const words = typed.map((word, index) => wholeWord(word, index));
  if (words.length !== RECOVERY_WORDS) {
    throw new CryptoError('keys/recovery-damaged', `expected ${RECOVERY_WORDS} words`, {
      details: { words: words.length },
    });
  }
  try {
    return SecretBytes.take(mnemonicToEntropy(words.join(' '), wordlist));
  } catch {
    // The reason may quote the words, so it is not kept as cause.
    throw new CryptoError('keys/recovery-damaged', 'the checksum of the words is wrong', {
      details: { words: words.length },
    });
  }
}

function wholeWord(typed: string, index: number): string {
  const word = byTellingLetters.get(typed.slice(0, TELLING_LETTERS));
  const isWhole = word === typed || typed.length >= TELLING_LETTERS;
  if (word?.startsWith(typed) && isWhole) return word;
  throw new CryptoError('keys/unknown-recovery-word', 'a word that is not in the list', {
    details: { place: index + 1 },
  });
}
