// One door to the four ways, and errors that say which rule it was.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import type { GeneratorRequest } from '../../../src/shared/model/generator.ts';
import { isAppError } from '../../../src/shared/errors.ts';
import { generate } from '../../../src/main/generator/generate.ts';
import { GeneratorError } from '../../../src/main/generator/generator-error.ts';
import { systemRandom } from '../../../src/main/crypto/random.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const CHARACTERS: GeneratorRequest = {
  type: 'characters',
  length: 20,
  lower: true,
  upper: true,
  digits: true,
  symbols: true,
  avoidAmbiguous: true,
};

const WAYS: readonly [GeneratorRequest, RegExp][] = [
  [CHARACTERS, /^[!-~]{20}$/],
  [
    { type: 'passphrase', words: 4, separator: ' ', capitalise: false, addDigit: false },
    /^[a-z-]+( [a-z-]+){3}$/,
  ],
  [{ type: 'pin', length: 6 }, /^\d{6}$/],
  [{ type: 'site-rules', rules: 'allowed: digit', length: null }, /^\d{20}$/],
];

describe('generate', () => {
  it.each(WAYS)('answers %j', (request, pattern) => {
    const { value, entropyBits } = generate(request, systemRandom);
    expect(value).toMatch(pattern);
    expect(entropyBits).toBeGreaterThan(19);
  });

  it.each(WAYS)('takes nothing but the random source for %j', (request) => {
    const once = generate(request, seededRandom('same'));
    expect(generate(request, seededRandom('same'))).toEqual(once);
    expect(generate(request, seededRandom('other')).value).not.toBe(once.value);
  });

  it('throws its own error, with the reason and without anything that was generated', () => {
    let thrown: unknown;
    try {
      generate({ type: 'pin', length: 3 }, systemRandom);
    } catch (error) {
      thrown = error;
    }
    expect(isAppError(thrown) && thrown instanceof GeneratorError).toBe(true);
    expect(thrown).toMatchObject({
      name: 'GeneratorError',
      code: 'generator/impossible-rules',
      message: 'password generator: expected length from 4 to 16, got 3',
      details: { reason: 'length', value: 3, min: 4, max: 16 },
    });
  });
});
