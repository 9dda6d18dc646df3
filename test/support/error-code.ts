// What a test expects to be thrown, by the code alone.
// SPDX-License-Identifier: MIT

import { expect } from 'vitest';

export function code(value: string): Error {
  return expect.objectContaining({ code: value }) as Error;
}
