// The JSON of an item as a shape, made from the one table of kinds. Strict: a missing field and an unknown one are
// both refused.
// SPDX-License-Identifier: MIT

import { z } from 'zod';
import {
  CUSTOM_TYPES,
  fieldsOf,
  ITEM_KINDS,
  type ItemKind,
  URL_MATCHES,
  type UrlMatch,
} from '../../shared/model/item-kinds.ts';

const time = z.int().min(0);
const base64Url = z.string().regex(/^[A-Za-z0-9_-]*$/);
const shortId = z.string().regex(/^[0-9a-f]{16}$/);
const id = z.string().regex(/^[0-9a-f]{32}$/);

const oneTimeCode = z.strictObject({
  type: z.enum(['totp', 'hotp', 'steam']),
  secret: z.string(),
  algorithm: z.enum(['SHA-1', 'SHA-256', 'SHA-512']),
  digits: z.int().min(1).max(10),
  period: z.int().min(0),
  counter: z.int().min(0),
  issuer: z.string(),
  account: z.string(),
});

const base = {
  title: z.string(),
  note: z.string(),
  tags: z.array(z.string()),
  favourite: z.boolean(),
  createdAt: time,
  modifiedAt: time,
  archivedAt: time.nullable(),
  trashedAt: time.nullable(),
  urls: z.array(
    z.strictObject({
      url: z.string(),
      match: z.enum(Object.keys(URL_MATCHES) as [UrlMatch, ...UrlMatch[]]),
    }),
  ),
  sections: z.array(
    z.strictObject({
      id: shortId,
      title: z.string(),
      fields: z.array(
        z.strictObject({
          id: shortId,
          label: z.string(),
          type: z.enum(CUSTOM_TYPES),
          value: z.string(),
        }),
      ),
    }),
  ),
  attachments: z.array(z.strictObject({ id, name: z.string(), sizeBytes: time, addedAt: time })),
  oneTimeCode: oneTimeCode.nullable(),
  formerPasswords: z.array(z.strictObject({ value: z.string(), replacedAt: time })),
};

const credential = {
  loginId: id.nullable(),
  rpId: z.string(),
  rpName: z.string(),
  userHandle: base64Url,
  userName: z.string(),
  userDisplayName: z.string(),
  credentialId: base64Url,
  algorithm: z.string(),
  backupEligible: z.boolean(),
  backupState: z.boolean(),
  signCount: z.int().min(0).max(0xffff_ffff),
};

function shapeOf(kind: ItemKind) {
  const fields = Object.fromEntries(fieldsOf(kind).map(([name]) => [name, z.string()]));
  return z.strictObject({ kind: z.literal(kind), ...base, fields: z.strictObject(fields) });
}

const passkeyShape = z.strictObject({ ...shapeOf('passkey').shape, ...credential });
const shapes = new Map<unknown, z.ZodType>(
  ITEM_KINDS.map((kind) => [kind, kind === 'passkey' ? passkeyShape : shapeOf(kind)]),
);

/** The shape for items of `kind`; one that nothing fits where the kind is not known. */
export function itemShape(kind: unknown): z.ZodType {
  return shapes.get(kind) ?? z.never();
}
