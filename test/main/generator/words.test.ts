// The word list: as long as five dice say, no word twice, none that begins another.
// SPDX-License-Identifier: MIT

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { WORDS } from '../../../src/main/generator/words.ts';

describe('WORDS', () => {
  it('has a word for each throw of five dice', () => {
    expect(WORDS).toHaveLength(6 ** 5);
    expect([WORDS[0], WORDS[1], WORDS.at(-1)]).toEqual(['abacus', 'abdomen', 'zoom']);
  });

  it('has no word twice', () => {
    expect(new Set(WORDS).size).toBe(7776);
  });

  it('has small letters, and a hyphen within four of the words', () => {
    expect(WORDS.filter((word) => !/^[a-z]{3,9}$/.test(word))).toEqual([
      'drop-down',
      'felt-tip',
      't-shirt',
      'yo-yo',
    ]);
  });

  it('has no word that begins another, so that they can be told apart without a separator', () => {
    const sorted = [...WORDS].sort();
    const beginners = sorted.filter((word, index) => sorted[index + 1]?.startsWith(word));
    expect(beginners).toEqual([]);
  });

  it('is the list that it was when its entropy was claimed', () => {
    const digest = createHash('sha256').update(WORDS.join('\n')).digest('hex');
    expect(digest).toBe('abae49761b88f3f1ba31ef944bea1f61b795a3cd7e1cfb7d276ed45bf77967ba');
  });
});
