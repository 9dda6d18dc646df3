// PINs: digits without those that a thief tries first.
// The lists hold what studies of leaked and of collected PINs found on top: Amitay 2011 (phones), Berry 2012 (leaked
// passwords of digits alone) and Markert and others 2020 (phones). Runs and repeats are covered by a rule.
// SPDX-License-Identifier: MIT

import {
  GENERATOR_LIMITS,
  type GeneratedPassword,
  type PinRequest,
} from '../../shared/model/generator.ts';
import type { RandomSource } from '../crypto/random.ts';
import { assertWithin } from './generator-error.ts';
import { entropyOf, uniformBelow } from './uniform.ts';

const COMMON_PINS: readonly string[] = [
  ...['1212', '1004', '2000', '6969', '1122', '1313', '2001', '1010'],
  ...['2580', '0852', '5683', '1998'],
  ...['112233', '121212', '123123', '159753', '789456', '696969', '007007'],
  ...['8675309', '147258369', '789456123'],
];

/** From one digit to the next: all the same, up, down. From 9 on comes 0, as on the keys. */
const RUN_STEPS = [0, 1, 9];

/** Never a refused PIN; all others are equally likely, and the entropy counts only those. */
export function generatePin(request: PinRequest, random: RandomSource): GeneratedPassword {
  assertWithin(request.length, GENERATOR_LIMITS.pin, 'length');
  const refused = refusedPins(request.length).map(BigInt);
  const count = 10n ** BigInt(request.length) - BigInt(refused.length);
  let number = uniformBelow(count, random);
  // In rising order, each refused PIN that lies at or below pushes the rest up by one: no draw is wasted.
  for (const pin of refused) if (pin <= number) number += 1n;
  return { value: String(number).padStart(request.length, '0'), entropyBits: entropyOf(count) };
}

/** The PINs of this length that are never given, in rising order. */
export function refusedPins(length: number): readonly string[] {
  const common = COMMON_PINS.filter((pin) => pin.length === length);
  return Array.from(new Set([...runs(length), ...common])).sort();
}

function runs(length: number): readonly string[] {
  return RUN_STEPS.flatMap((step) =>
    Array.from({ length: 10 }, (_, start) =>
      Array.from({ length }, (_digit, at) => String((start + at * step) % 10)).join(''),
    ),
  );
}
