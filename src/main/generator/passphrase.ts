// Passphrases of words from the EFF's long list, with a separator and, where a site insists, capitals and a digit.
// SPDX-License-Identifier: MIT

import {
  GENERATOR_LIMITS,
  type GeneratedPassword,
  type PassphraseRequest,
} from '../../shared/model/generator.ts';
import type { RandomSource } from '../crypto/random.ts';
import { assertWithin, GeneratorError } from './generator-error.ts';
import { entropyOf, pick, uniformBelow } from './uniform.ts';
import { WORDS } from './words.ts';

const DIGITS = '0123456789';

/**
 * Words drawn independently; the same one may come twice, as with dice.
 *
 * The entropy is exact: different draws give different texts. No word begins another one and all begin with a
 * letter, so words, separator and digit can be read back from the text, whatever the separator is. A digit
 * multiplies the count by ten, and by the number of words that it may stand behind.
 */
export function generatePassphrase(
  request: PassphraseRequest,
  random: RandomSource,
): GeneratedPassword {
  assertWithin(request.words, GENERATOR_LIMITS.words, 'words');
  assertSeparator(request.separator);
  const words = Array.from({ length: request.words }, () => {
    const word = pick(WORDS, random);
    return request.capitalise ? capitalised(word) : word;
  });
  let count = BigInt(WORDS.length) ** BigInt(request.words);
  if (request.addDigit) {
    const at = Number(uniformBelow(BigInt(words.length), random));
    words[at] = `${words[at] ?? ''}${pick(DIGITS, random)}`;
    count *= BigInt(words.length * DIGITS.length);
  }
  return { value: words.join(request.separator), entropyBits: entropyOf(count) };
}

function assertSeparator(separator: string): void {
  const { length } = separator;
  if (length <= GENERATOR_LIMITS.separator) return;
  throw new GeneratorError(
    'separator',
    `expected a separator of at most ${GENERATOR_LIMITS.separator}, got ${length}`,
    { value: length, max: GENERATOR_LIMITS.separator },
  );
}

function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
