// What was typed into an edit form and not saved: set aside when the person goes elsewhere, never thrown away.
// It lives in this window alone and ends with it on lock.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { ItemDraft } from '../../shared/model/item.ts';

export type DraftKey = ItemId | 'new';

export class ItemDrafts {
  readonly #drafts = new Map<DraftKey, ItemDraft>();

  get(key: DraftKey): ItemDraft | null {
    return this.#drafts.get(key) ?? null;
  }

  keep(key: DraftKey, draft: ItemDraft): void {
    this.#drafts.set(key, draft);
  }

  drop(key: DraftKey): void {
    this.#drafts.delete(key);
  }
}
