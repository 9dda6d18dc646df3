// Which PINs are refused, and why.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { findPinFault } from '../../../src/renderer/settings/pin-rules.ts';

describe('findPinFault', () => {
  it.each(['493027', '180465', '0072951', '9182736450', '４９３０２７'])('takes %s', (pin) => {
    expect(findPinFault(pin)).toBeNull();
  });

  it.each([
    ['', /6 digits/],
    ['12345', /6 digits/],
    ['49302', /6 digits/],
    ['49302a', /Digits only/],
    ['4930 27', /Digits only/],
    ['-49302', /Digits only/],
    ['٤٩٣٠٢٧', /Digits only/],
    ['000000', /same digit/],
    ['99999999', /same digit/],
    ['123456', /in a row/],
    ['654321', /in a row/],
    ['456789', /in a row/],
    ['890123', /in a row/],
    ['321098', /in a row/],
    ['135791', /in a row/],
    ['121212', /over and over/],
    ['123123', /over and over/],
    ['48104810', /over and over/],
    ['112233', /most people/],
    ['159753', /most people/],
  ])('refuses %j', (pin, why) => {
    expect(findPinFault(pin)).toMatch(why);
  });
});
