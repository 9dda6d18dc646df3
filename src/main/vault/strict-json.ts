// JSON as the vault writes it: canonical. Read back, it has to be the very text that its value would be written as, so
// that a member that stands twice, which readers tell differently, is refused. docs/vault-format.md, "JSON".
// SPDX-License-Identifier: MIT

import { fromUtf8, toUtf8 } from '../../shared/bytes.ts';
import { toCanonicalJson } from '../../shared/canonical-json.ts';

export function writeJson(value: unknown): Uint8Array<ArrayBuffer> {
  return toUtf8(toCanonicalJson(value));
}

/** Throws on what is not JSON, not what `parse` takes, or not canonical. */
export function readJson<T>(bytes: Uint8Array, parse: (value: unknown) => T): T {
  const text = fromUtf8(bytes);
  const value: unknown = JSON.parse(text);
  // Its form first: what nests without end is refused there, and not followed.
  const parsed = parse(value);
  if (toCanonicalJson(value) !== text) throw new TypeError('JSON: not canonical');
  return parsed;
}
