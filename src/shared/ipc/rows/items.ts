// Requests about items: list, one item, changes, history, attachments, searches.
// SPDX-License-Identifier: MIT

import { z } from 'zod';
import type { ItemId } from '../../brand.ts';
import { FIELD_LIMITS } from '../../model/field-limits.ts';
import type {
  BulkReceipt,
  ChangeReceipt,
  DuplicateGroup,
  ItemCounts,
  ItemDetail,
  ItemPage,
  ItemSummary,
  OneTimeCodeDetail,
  RevisionDetail,
  RevisionInfo,
  SavedSearch,
  TagReceipt,
  UndoReceipt,
} from '../../model/item.ts';
import type { QrCode } from '../../model/keys.ts';
import type { CurrentCode } from '../../model/one-time-code.ts';
import type {
  AttachmentAdded,
  AttachmentPreview,
  AttachmentsSaved,
} from '../../model/attachment.ts';
import { fileNameProblem } from '../../model/file-name.ts';
import {
  itemId,
  itemIds,
  line,
  mainAnswers,
  nothing,
  shortId,
  token,
  vaultAnswers,
} from '../request-row.ts';
import { fieldRef, itemDraft, itemQuery, placeQuery, revisionRef } from './item-shapes.ts';
import { presentedSecret } from './vaults.ts';

const one = z.strictObject({ id: itemId });
const several = z.strictObject({ ids: itemIds });
const fileName = line(FIELD_LIMITS.fileName).refine((name) => fileNameProblem(name) === null);
const tag = line(FIELD_LIMITS.tag).min(1);

export const itemRows = {
  'items:list': vaultAnswers<ItemPage>()(itemQuery),
  /** Where in the list of a query an item stands; null where it is not in it. */
  'items:place': vaultAnswers<{ readonly index: number | null }>()(placeQuery),
  'items:count': vaultAnswers<ItemCounts>()(nothing),
  /** Rows for items that are shown outside the list, in the order asked for; those that are gone are left out. */
  'items:summaries': vaultAnswers<readonly ItemSummary[]>()(several),
  'items:get': vaultAnswers<ItemDetail>()(one),
  'items:save': vaultAnswers<ChangeReceipt & { readonly id: ItemId }>()(itemDraft),
  'items:set-favourite': vaultAnswers<BulkReceipt>()(
    z.strictObject({ ids: itemIds, favourite: z.boolean() }),
  ),
  'items:set-archived': vaultAnswers<BulkReceipt>()(
    z.strictObject({ ids: itemIds, archived: z.boolean() }),
  ),
  'items:tag': vaultAnswers<BulkReceipt>()(
    z.strictObject({ ids: itemIds, add: z.array(tag).max(16), remove: z.array(tag).max(16) }),
  ),
  'items:trash': vaultAnswers<BulkReceipt>()(several),
  'items:restore': vaultAnswers<BulkReceipt>()(several),
  /** Gives a tag another name, with those below it, on every item that has it; a name that is there already takes it in. */
  'tags:rename': vaultAnswers<TagReceipt>()(z.strictObject({ tag, name: tag })),
  /** Takes a tag and those below it off every item. */
  'tags:remove': vaultAnswers<BulkReceipt>()(z.strictObject({ tag })),
  /** Takes back one change of any of the rows above, as far as nothing newer stands in its place. */
  'items:undo': vaultAnswers<UndoReceipt>()(z.strictObject({ change: z.int().min(1) })),
  /** For good, with every revision and attachment; of items in the trash alone, after a secret that opens the vault. */
  'items:erase': vaultAnswers<null>()(z.strictObject({ ids: itemIds, present: presentedSecret })),
  'items:reveal-field': vaultAnswers<{ readonly value: string; readonly hideAfterMs: number }>()(
    z.strictObject({ id: itemId, field: fieldRef, revision: revisionRef.nullable() }),
  ),
  /** Copies inside the main side; the value never reaches the renderer. */
  'items:copy-field': vaultAnswers<{ readonly clearAfterMs: number }>()(
    z.strictObject({ id: itemId, field: fieldRef }),
  ),
  'items:history': vaultAnswers<readonly RevisionInfo[]>()(one),
  'items:revision': vaultAnswers<RevisionDetail>()(
    z.strictObject({ id: itemId, ref: revisionRef }),
  ),
  'items:restore-revision': vaultAnswers<ChangeReceipt>()(
    z.strictObject({ id: itemId, ref: revisionRef }),
  ),
  'items:duplicates': vaultAnswers<readonly DuplicateGroup[]>()(nothing),
  /** The code of now; of an HOTP the one that is next. */
  'items:one-time-code': vaultAnswers<CurrentCode>()(one),
  /** Uses up an HOTP code: the next one takes its place. */
  'items:advance-code': vaultAnswers<ChangeReceipt>()(one),
  /** What a text (otpauth URI or secret) stands for, for a form that is being filled in. */
  'items:read-one-time-code': vaultAnswers<OneTimeCodeDetail>()(
    z.strictObject({ text: line(FIELD_LIMITS.url) }),
  ),
  /** What another device's camera joins the network by. */
  'items:wifi-qr': vaultAnswers<QrCode>()(one),
  'searches:list': vaultAnswers<readonly SavedSearch[]>()(nothing),
  'searches:save': vaultAnswers<SavedSearch>()(
    z.strictObject({ id: shortId.nullable(), name: line(128).min(1), text: line(512).min(1) }),
  ),
  'searches:remove': vaultAnswers<null>()(z.strictObject({ id: shortId })),
  /** Opens a web address in the browser, once the person has seen its host and agreed; false where not. */
  'links:open': mainAnswers<boolean>()(z.strictObject({ url: line(FIELD_LIMITS.url).min(1) })),
  /** Asks for a file; null when the dialog was cancelled. */
  'attachments:add': mainAnswers<AttachmentAdded | null>()(one),
  /** Asks where to; null when the dialog was cancelled. */
  'attachments:save-as': mainAnswers<{ readonly fileName: string } | null>()(
    z.strictObject({ id: itemId, attachment: token }),
  ),
  /** Asks for a folder and puts every file of the item there, beside what is there; null when cancelled. */
  'attachments:save-all': mainAnswers<AttachmentsSaved | null>()(one),
  'attachments:preview': vaultAnswers<AttachmentPreview>()(
    z.strictObject({ id: itemId, attachment: token }),
  ),
  'attachments:remove': vaultAnswers<ChangeReceipt>()(
    z.strictObject({ id: itemId, attachment: token }),
  ),
  'attachments:rename': vaultAnswers<ChangeReceipt>()(
    z.strictObject({ id: itemId, attachment: token, name: fileName }),
  ),
  /** Stops what `attachments:add` or `attachments:save-as` has under way. */
  'attachments:cancel': vaultAnswers<null>()(nothing),
  /** A picture that was chosen or lies on the clipboard, for the window to find a QR code in; null where there is none. */
  'pictures:choose': mainAnswers<Uint8Array | null>()(nothing),
  'pictures:paste': mainAnswers<Uint8Array | null>()(nothing),
} as const;
