// SealedAttachment: the head of an attachment as it lies in a store. Its chunks are rows of their own.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { Revision } from './sealed-item.ts';

export interface SealedAttachment {
  /** From 1; finds the chunks, and says nothing but the order in which attachments came to be. */
  readonly number: number;
  /** 16 random bytes in hex, by which the item names it. */
  readonly id: string;
  readonly itemId: ItemId;
  /** Which of the item's keys its own key is derived from. */
  readonly keyVersion: number;
  readonly revision: Revision;
  /** Size and number of chunks, sealed under the attachment's key. */
  readonly sealed: Uint8Array;
}
