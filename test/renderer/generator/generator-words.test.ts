// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import {
  entropyWords,
  guessingWords,
  impossibleWords,
} from '../../../src/renderer/generator/generator-words.ts';

describe('entropyWords', () => {
  it.each([
    [131.08, '131 bits: beyond any guessing'],
    [99.99, '99 bits: very strong'],
    [64.6, '64 bits: strong'],
    [51.7, '51 bits: fair'],
    [30, '30 bits: weak'],
    [13.2, '13 bits: only where tries are limited'],
    [0, '0 bits: only where tries are limited'],
  ])('never says more than %d bits are worth', (bits, text) => {
    expect(entropyWords(bits)).toBe(text);
  });
});

describe('guessingWords', () => {
  // 2^(bits - 1) tries at 10^12 a second.
  it.each([
    [13, 'less than a second'],
    [41.9, 'about 2 seconds on average'],
    [48, 'about 2 minutes on average'],
    [64.6, 'about 160 days on average'],
    [77.5, 'about 3,300 years on average'],
    [100, 'longer than the universe has existed'],
    [900, 'longer than the universe has existed'],
  ])('says for %d bits how long that takes', (bits, time) => {
    expect(guessingWords(bits)).toBe(`At a trillion tries a second: ${time}.`);
  });
});

describe('impossibleWords', () => {
  it.each([
    [{ reason: 'no-class' }, 'No kind of characters'],
    [{ reason: 'empty-class', class: 'digits' }, 'All digits are left out'],
    [
      { reason: 'too-short', needed: 12, length: 8 },
      'add up to 12 characters, and the length is 8',
    ],
    [{ reason: 'length', min: 8, max: 128 }, 'from 8 to 128'],
    [{ reason: 'words', min: 3, max: 12 }, 'number of words'],
    [{ reason: 'minimum', min: 0, max: 0 }, 'A minimum'],
    [{ reason: 'separator', max: 4 }, 'room for 4'],
    [{ reason: 'length-outside-rules', min: 1, max: 6, length: 8 }, 'allow 1 to 6'],
    [{ reason: 'too-many-requirements', required: 9, max: 8 }, 'ask for 9'],
    [{ reason: 'contradiction', min: 9, max: 6 }, 'at least 9 and at most 6'],
    [{ reason: 'contradiction', length: 3 }, 'No text of 3 characters'],
  ])('explains %j', (details, part) => {
    expect(impossibleWords(details)).toContain(part);
  });

  it.each([[{}], [{ reason: 'unheard-of' }], [{ reason: 'toString' }]])(
    'has no words for %j',
    (details) => {
      expect(impossibleWords(details)).toBeNull();
    },
  );
});
