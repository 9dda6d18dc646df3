// SealedAttachment: the head of an attachment as it lies in a store. Its chunks are rows of their own.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { KeyRef, Revision } from './sealed-item.ts';

/** `keyVersion` and `keyDevice` say which of the item's keys its own key is derived from. */
export interface SealedAttachment extends KeyRef {
  /** From 1; finds the chunks in this file, and nothing is bound to it. */
  readonly number: number;
  /** 16 random bytes in hex, by which the item names it. */
  readonly id: string;
  readonly itemId: ItemId;
  readonly revision: Revision;
  /** Size, number of chunks and their digest, sealed under the attachment's key. */
  readonly sealed: Uint8Array;
}
