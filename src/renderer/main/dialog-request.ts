// The dialog that stands over the main window: one at a time, asked for by a command or a button.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { AttachmentDetail, ItemSummary } from '../../shared/model/item.ts';

export type DialogRequest =
  | { readonly is: 'history'; readonly id: ItemId; readonly title: string }
  | {
      readonly is: 'preview' | 'rename-file';
      readonly id: ItemId;
      readonly attachment: AttachmentDetail;
      /** Whether more can be done than to look at it. */
      readonly isLive: boolean;
    }
  | { readonly is: 'tags'; readonly act: 'add' | 'remove' }
  /** What is wrong with the vault file, and what to do. */
  | { readonly is: 'damage' }
  | { readonly is: 'rename-tag'; readonly tag: string }
  /** `items` null: everything in the trash. */
  | { readonly is: 'erase'; readonly items: readonly ItemSummary[] | null }
  /** `id` null: a new one. */
  | {
      readonly is: 'search';
      readonly id: string | null;
      readonly name: string;
      readonly text: string;
    };
