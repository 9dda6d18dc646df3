// Other people's test vectors: read from the folder that LATCHKEY_VECTORS names, or from `../shared/vectors` beside
// the checkout. They are not part of the project; tests that need them are skipped where they are missing.
// SPDX-License-Identifier: MIT

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT =
  process.env.LATCHKEY_VECTORS ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'vectors');

/** The text of the vector file, or `null` where it is not there. */
export function readVectors(...path: readonly string[]): string | null {
  const file = join(ROOT, ...path);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** The parsed vector file, or `null`. The caller knows its shape. */
export function readJsonVectors(...path: readonly string[]): unknown {
  const text = readVectors(...path);
  return text === null ? null : JSON.parse(text);
}

/** Appended to the name of a test that is skipped for want of vectors. */
export const NOT_PRESENT = 'vectors not present';
