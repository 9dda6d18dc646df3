// Which PINs are refused: five tries are few, but not for the PINs that everyone tries first. The main side checks
// length and digits again; what is easy to guess is judged here.
// SPDX-License-Identifier: MIT

export const SHORTEST_PIN = 6;

/** Often chosen, and of none of the patterns below. */
const COMMON = new Set([
  ...['112233', '332211', '123321', '321123', '159753', '159357', '147258', '258369', '147852'],
  ...['789456', '456123', '142536', '102030', '100200', '111222', '112211', '110110', '131452'],
  ...['520131', '007007', '201314', '11223344', '12344321', '14789632'],
]);

/** Why `pin` is not taken, in a sentence; null where it is. */
export function findPinFault(pin: string): string | null {
  const digits = pin.normalize('NFKC');
  if (!/^[0-9]*$/.test(digits)) return 'Digits only.';
  if (digits.length < SHORTEST_PIN) return `At least ${SHORTEST_PIN} digits.`;
  if (new Set(digits).size === 1) return 'The same digit throughout: the first thing anyone tries.';
  if (isRun(digits)) return 'Digits in a row, like 123456: among the first that anyone tries.';
  if (isRepetition(digits)) return 'The same digits over and over, like 121212: easy to guess.';
  if (COMMON.has(digits)) return 'One of the PINs that most people choose: easy to guess.';
  return null;
}

/** Each digit is as far from the one before it, round the corner from 9 to 0 as well. */
function isRun(digits: string): boolean {
  const steps = Array.from(digits.slice(1), (digit, index) => {
    return (Number(digit) - Number(digits[index]) + 10) % 10;
  });
  return new Set(steps).size === 1;
}

function isRepetition(digits: string): boolean {
  for (let length = 1; length <= digits.length / 2; length++) {
    const block = digits.slice(0, length);
    if (digits.length % length === 0 && block.repeat(digits.length / length) === digits)
      return true;
  }
  return false;
}
