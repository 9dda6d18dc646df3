// Documents: small things that a vault keeps beside its items, each one sealed JSON object: the names that a person
// gave to key slots, saved searches, what the generator made.
// SPDX-License-Identifier: MIT

import { z } from 'zod';
import { pad, unpad } from '../crypto/padding.ts';
import type { ObjectSealer } from './object-sealer.ts';
import type { Revision } from './sealed-item.ts';
import { readJson, writeJson } from './strict-json.ts';
import type { ObjectRole, SealedObject } from './vault-store.ts';

const time = z.int().min(0);
const shortId = z.string().regex(/^[0-9a-f]{16}$/);
const longId = z.string().regex(/^[0-9a-f]{32}$/);

const shapes = {
  slotNames: z.array(z.strictObject({ slotId: longId, name: z.string(), createdAt: time })),
  savedSearches: z.array(z.strictObject({ id: shortId, name: z.string(), text: z.string() })),
  generatorHistory: z.array(z.strictObject({ value: z.string(), at: time })),
} as const;

export type DocumentRole = keyof typeof shapes;
export type Documents = {
  readonly [R in DocumentRole]: readonly Readonly<z.output<(typeof shapes)[R]>[number]>[];
};

export const NO_DOCUMENTS: Documents = { slotNames: [], savedSearches: [], generatorHistory: [] };

export function isDocument(role: ObjectRole): role is DocumentRole {
  return Object.hasOwn(shapes, role);
}

export function sealDocument<R extends DocumentRole>(
  role: R,
  content: Documents[R],
  input: { readonly sealer: ObjectSealer; readonly revision: Revision },
): SealedObject {
  const record = shapes[role].parse(content);
  return input.sealer.seal(role, input.revision, pad(writeJson(record)));
}

/** Null for one that does not open: what it held is a convenience, and must keep nobody out. */
export function openDocument<R extends DocumentRole>(
  role: R,
  object: SealedObject,
  sealer: ObjectSealer,
): Documents[R] | null {
  try {
    const content = readJson<unknown>(unpad(sealer.open(object)), (json) =>
      shapes[role].parse(json),
    );
    return content as Documents[R];
  } catch {
    return null;
  }
}
