// What was typed into an edit form and not saved: set aside when the person goes elsewhere, never thrown away.
// It lives in this window alone and ends with it on lock.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { ItemKind } from '../../shared/model/item-kinds.ts';
import type { FormDraft } from './form/form-draft.ts';

/** An item, or the one that is being made of a kind. */
export type DraftKey = ItemId | `new:${ItemKind}`;

export class ItemDrafts {
  readonly #drafts = new Map<DraftKey, FormDraft>();

  get(key: DraftKey): FormDraft | null {
    return this.#drafts.get(key) ?? null;
  }

  keep(key: DraftKey, draft: FormDraft): void {
    this.#drafts.set(key, draft);
  }

  drop(key: DraftKey): void {
    this.#drafts.delete(key);
  }
}
