// What windows may send about items, checked.
// SPDX-License-Identifier: MIT

import { z } from 'zod';
import { FIELD_LIMITS, LIST_LIMITS } from '../../model/field-limits.ts';
import { CUSTOM_TYPES, ITEM_KINDS, KIND_FIELDS, URL_MATCHES } from '../../model/item-kinds.ts';
import type { ItemKind, UrlMatch } from '../../model/item-kinds.ts';
import {
  SSH_KEY_CHOICES,
  type ItemQuery,
  type SealedItemDraft,
  type SshKeyChoice,
} from '../../model/item.ts';
import { itemId, line, sealedPassword, sealedSecret, shortId } from '../request-row.ts';

export const itemKind = z.enum(ITEM_KINDS as [ItemKind, ...ItemKind[]]);

const customField = z.strictObject({
  id: shortId.nullable(),
  label: line(FIELD_LIMITS.label),
  type: z.enum(CUSTOM_TYPES),
  value: line(FIELD_LIMITS.value).nullable(),
});

const sshKey = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('keep') }),
  z.strictObject({
    action: z.literal('generate'),
    type: z.enum(Object.keys(SSH_KEY_CHOICES) as [SshKeyChoice, ...SshKeyChoice[]]),
    comment: line(FIELD_LIMITS.label),
  }),
  z.strictObject({
    action: z.literal('import'),
    key: sealedSecret(65_536),
    passphrase: sealedPassword.nullable(),
  }),
]);

export const itemDraft: z.ZodType<SealedItemDraft> = z
  .strictObject({
    kind: itemKind,
    id: itemId.nullable(),
    title: line(FIELD_LIMITS.title),
    note: line(FIELD_LIMITS.note),
    tags: z.array(line(FIELD_LIMITS.tag)).max(LIST_LIMITS.tags),
    favourite: z.boolean(),
    urls: z
      .array(
        z.strictObject({
          url: line(FIELD_LIMITS.url),
          match: z.enum(Object.keys(URL_MATCHES) as [UrlMatch, ...UrlMatch[]]),
        }),
      )
      .max(LIST_LIMITS.urls),
    fields: z.record(line(64), line(FIELD_LIMITS.value).nullable()),
    sections: z
      .array(
        z.strictObject({
          id: shortId.nullable(),
          title: line(FIELD_LIMITS.label),
          fields: z.array(customField).max(LIST_LIMITS.fields),
        }),
      )
      .max(LIST_LIMITS.sections),
    oneTimeCode: z.discriminatedUnion('action', [
      z.strictObject({ action: z.literal('keep') }),
      z.strictObject({ action: z.literal('remove') }),
      z.strictObject({ action: z.literal('set'), text: line(FIELD_LIMITS.url) }),
    ]),
    sshKey,
    loginId: itemId.nullable(),
  })
  .refine(
    ({ kind, fields }) =>
      Object.keys(fields).every((name) => Object.hasOwn(KIND_FIELDS[kind], name)),
    { path: ['fields'] },
  );

const queryMembers = {
  section: z.discriminatedUnion('in', [
    z.strictObject({ in: z.literal('all') }),
    z.strictObject({ in: z.literal('favourites') }),
    z.strictObject({ in: z.literal('archive') }),
    z.strictObject({ in: z.literal('trash') }),
    z.strictObject({ in: z.literal('kind'), kind: itemKind }),
    z.strictObject({ in: z.literal('tag'), tag: line(FIELD_LIMITS.tag) }),
  ]),
  text: line(512),
  sort: z.enum(['title', 'modified', 'created']),
};

export const itemQuery: z.ZodType<ItemQuery> = z.strictObject({
  ...queryMembers,
  offset: z.int().min(0),
  limit: z.int().min(1).max(200),
});

/** An item, and the list in which its place is asked for. */
export const placeQuery = z.strictObject({ ...queryMembers, id: itemId });

export const fieldRef = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,39}(:[0-9a-f]{1,32})?$/);
export const revisionRef = z.string().regex(/^[0-9]{1,16}-[0-9a-f]{32}$/);
