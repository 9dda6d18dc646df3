// The error of the generator: rules that no password can meet, or numbers outside their limits.
// SPDX-License-Identifier: MIT

import { AppError, type ErrorDetails } from '../../shared/errors.ts';

/** Which rule it was; goes into the details, for the form to point at its field. */
export type ImpossibleReason =
  | 'length'
  | 'no-class'
  | 'empty-class'
  | 'minimum'
  | 'too-short'
  | 'words'
  | 'separator'
  | 'length-outside-rules'
  | 'too-many-requirements'
  | 'contradiction';

export class GeneratorError extends AppError<'generator/impossible-rules'> {
  constructor(reason: ImpossibleReason, message: string, details: ErrorDetails = {}) {
    super('generator/impossible-rules', `password generator: ${message}`, {
      details: { reason, ...details },
    });
  }
}

/** Throws unless `value` is a whole number within `limits`, both ends included. */
export function assertWithin(
  value: number,
  limits: { readonly min: number; readonly max: number },
  reason: ImpossibleReason,
): void {
  if (Number.isSafeInteger(value) && value >= limits.min && value <= limits.max) return;
  const { min, max } = limits;
  throw new GeneratorError(reason, `expected ${reason} from ${min} to ${max}, got ${value}`, {
    value,
    min,
    max,
  });
}
