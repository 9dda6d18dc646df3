// What can be done to several items at once: each act is one change, with one way back.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { BulkReceipt } from '../../shared/model/item.ts';
import type { Api } from '../api.ts';
import { formatAmount, formatCount } from '../format.ts';
import type { ItemActions } from '../items/item-actions.ts';
import type { View } from '../main/view.ts';
import type { Store } from '../store.ts';
import type { BulkSelection } from './bulk-selection.ts';

type BulkApi = Pick<
  Api<'main'>,
  'items:set-favourite' | 'items:set-archived' | 'items:tag' | 'items:trash' | 'items:restore'
>;

export interface BulkActionParts {
  readonly api: BulkApi;
  readonly view: Store<View>;
  readonly selection: BulkSelection;
  readonly actions: ItemActions;
}

export class BulkActions {
  readonly #parts: BulkActionParts;

  constructor(parts: BulkActionParts) {
    this.#parts = parts;
  }

  /** The chosen rows, or the one item that is shown. */
  get ids(): ItemId[] {
    const { selection, view } = this.#parts;
    if (selection.isMany) return [...selection.rows.get().keys()];
    const { selectedId } = view.get();
    return selectedId === null ? [] : [selectedId];
  }

  /** Makes favourites of all, or of none where all are. */
  toggleFavourite(): void {
    const { api, selection } = this.#parts;
    const ids = this.ids;
    const favourite = ![...selection.rows.get().values()].every((row) => row.favourite);
    const text = (done: number) =>
      `${itemsAre(done)} ${favourite ? 'favourites' : 'no favourites'} now`;
    this.#change(() => api['items:set-favourite']({ ids, favourite }), text, {
      leaves: !favourite && this.#isIn('favourites'),
    });
  }

  setArchived(archived: boolean): void {
    const { api } = this.#parts;
    const ids = this.ids;
    const text = (done: number) => `${itemsAre(done)} ${archived ? 'in' : 'out of'} the archive`;
    this.#change(() => api['items:set-archived']({ ids, archived }), text, { leaves: true });
  }

  trash(): void {
    const { api } = this.#parts;
    const ids = this.ids;
    const text = (done: number) => `${itemsAre(done)} in the trash`;
    this.#change(() => api['items:trash']({ ids }), text, { leaves: true });
  }

  restore(): void {
    const { api } = this.#parts;
    const ids = this.ids;
    const text = (done: number) => `${itemsAre(done)} back`;
    this.#change(() => api['items:restore']({ ids }), text, { leaves: true });
  }

  addTags(tags: readonly string[]): void {
    const { api } = this.#parts;
    const ids = this.ids;
    const text = (done: number) =>
      `${formatAmount(done, 'item has', 'items have')} ${tagWords(tags)} now`;
    this.#change(() => api['items:tag']({ ids, add: tags.slice(), remove: [] }), text, {});
  }

  removeTags(tags: readonly string[]): void {
    const { api } = this.#parts;
    const ids = this.ids;
    const text = (done: number) =>
      done === 1
        ? `The item no longer has ${tagWords(tags)}`
        : `None of the ${formatAmount(done, 'item')} has ${tagWords(tags)} now`;
    this.#change(() => api['items:tag']({ ids, add: [], remove: tags.slice() }), text, {
      leaves: this.#isIn('tag'),
    });
  }

  /** `leaves`: the items go out of the list that is shown. */
  #change(
    change: () => Promise<BulkReceipt>,
    text: (done: number) => string,
    { leaves = false }: { readonly leaves?: boolean },
  ): void {
    const { actions, selection } = this.#parts;
    if (this.ids.length === 0) return;
    const isSearched = this.#parts.view.get().text !== '';
    void actions.undoable(change, ({ changed, passedOver }) => {
      if (leaves || isSearched) selection.clear();
      const said = `${text(changed)}${passedOverWords(passedOver.length)}.`;
      return { text: said, ...(leaves ? { select: null } : {}) };
    });
  }

  #isIn(section: View['section']['in']): boolean {
    return this.#parts.view.get().section.in === section;
  }
}

function itemsAre(done: number): string {
  return formatAmount(done, 'item is', 'items are');
}

/** Behind what was done: what could not be. */
export function passedOverWords(count: number): string {
  return count === 0 ? '' : `; ${formatCount(count)} could not be opened`;
}

/** `the tag “work”`, `the tags “work” and “bank”`. */
function tagWords(tags: readonly string[]): string {
  const quoted = tags.map((tag) => `“${tag}”`).join(', ');
  return `the ${tags.length === 1 ? 'tag' : 'tags'} ${quoted}`;
}
